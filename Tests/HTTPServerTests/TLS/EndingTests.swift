import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `The end of a TLS connection` {
    @Test func `is announced by the server`() async throws {
        try await withTLS { place in
            let client = try place.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            #expect(try client.readAnswer().text == "hello")
            #expect(client.readToEnd().isEmpty)
            #expect(!client.isCutOff)
        }
    }

    @Test func `is announced by the client, who still gets the answer`() async throws {
        let gate = Gate()
        try await withTLS(route: { request in
            if request.string(request.path) == "/now" { return .answer(.text("now")) }
            return .later { _ in
                await gate.wait()
                return .text("late")
            }
        }) { place in
            let client = try place.connect()
            try client.send(
                "GET /now HTTP/1.1\r\nHost: a.example\r\n\r\nGET /later HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().text == "now")
            client.finishSending()
            gate.open()
            #expect(try client.readAnswer().text == "late")
            #expect(client.readToEnd().isEmpty)
            #expect(!client.isCutOff)
        }
    }

    @Test func `in the middle of a body ends the body with an error`() async throws {
        let fault = Mutex<String?>(nil)
        try await withTLS(route: { _ in
            .stream(limit: 1000) { _, body in
                do { for try await _ in body {} } catch { fault.withLock { $0 = "\(error)" } }
                return .text("never")
            }
        }) { place in
            let client = try place.connect()
            try client.send("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100\r\n\r\nabc")
            // The tickets that the client has not read turn its end into a reset, which may overtake what it sent.
            wait { place.server.metrics.requests == 1 }
            // Without a word of TLS.
            client.close()
            wait { fault.withLock { $0 } != nil }
            #expect(fault.withLock { $0 } == "disconnected")
            wait { place.server.metrics.open == 0 }
        }
    }

    @Test func `is not announced when an answer breaks off`() async throws {
        struct Broken: Error {}
        try await withTLS(route: { _ in
            .answer(
                Response(
                    status: 200,
                    body: .stream(length: nil) { writer in
                        try await writer.write("part")
                        throw Broken()
                    }))
        }) { place in
            // In HTTP/1.0 the end of the connection is the end of the content: it must not look whole.
            let client = try place.connect()
            try client.send("GET / HTTP/1.0\r\nHost: a.example\r\n\r\n")
            #expect(client.readTextToEnd().hasSuffix("part"))
            #expect(client.isCutOff)
        }
    }

    @Test func `comes for those that are idle when the server stops`() async throws {
        try await withTLS { place in
            let client = try place.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
            for loop in place.server.loops { loop.drain(grace: .zero) {} }
            #expect(client.readToEnd().isEmpty)
            #expect(!client.isCutOff)
        }
    }

    @Test func `leaves nothing behind, however it comes`() async throws {
        try await withTLS { place in
            for number in 0..<60 {
                let client = try place.connect(number % 2 == 0 ? "a.example" : "b.example")
                if number % 3 == 0 { try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n") }
                switch number % 4 {
                case 0: client.reset()
                case 1: client.close()
                case 2:
                    client.finishSending()
                    _ = client.readToEnd()
                default:
                    client.finishSending()
                    client.close()
                }
            }
            wait { place.server.metrics.open == 0 }
            #expect(place.server.metrics.unsentBytes == 0)
            let client = try place.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
        }
    }
}
