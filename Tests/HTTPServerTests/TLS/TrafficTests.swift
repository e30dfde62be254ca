import Testing

@testable import HTTPServer

@Suite struct `Traffic over TLS` {
    @Test func `says that it is secure, and for which host`() async throws {
        try await withTLS(route: { request in
            .answer(.text("\(request.isSecure) \(request.host.map { request.string($0) } ?? "")"))
        }) { place in
            #expect(place.curl("URL/").output == "true a.example")
            let client = try place.connect()
            // The port, and a point at the end, change nothing; another's host is not for this connection.
            for (host, status) in [("a.example", 200), ("A.example:8443", 200), ("b.example", 421), ("c.example", 421)]
            {
                try client.send("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                let answer = try client.readAnswer()
                #expect(answer.status == status)
                if status == 421 { #expect(answer.text == "misdirected!") }
            }
        }
    }

    @Test func `keeps pipelined answers in order`() async throws {
        try await withTLS(route: { .answer(.text($0.string($0.path))) }) { place in
            let client = try place.connect()
            try client.send(
                (0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: a.example\r\n\r\n" }.joined())
            for number in 0..<500 { #expect(try client.readAnswer().text == "/\(number)") }
        }
    }

    @Test func `carries large bodies both ways`() async throws {
        let size = 6_000_000
        try await withTLS(route: { request in
            if request.method == .post {
                return .stream(limit: size) { _, body in
                    var sum = Checksum()
                    do { for try await chunk in body { sum.add(chunk) } } catch {
                        return .text("\(error)", status: 500)
                    }
                    return .text("\(sum.count) \(sum.value)")
                }
            }
            if request.string(request.path) == "/whole" {
                return .answer(Response(status: 200, body: .bytes(Checksum.sample(size))))
            }
            return .later { _ in
                Response(
                    status: 200,
                    body: .stream(length: nil) { writer in
                        let all = Checksum.sample(size)
                        for start in stride(from: 0, to: size, by: 77_777) {
                            try await writer.write(Array(all[start..<min(start + 77_777, size)]))
                        }
                    })
            }
        }) { place in
            let workshop = try Workshop()
            try workshop.write(Checksum.sample(size), to: "sent")
            let (status, output) = place.curl("--data-binary @sent -H 'Expect:' URL/", in: workshop)
            #expect(status == 0)
            var sum = Checksum()
            sum.add(Checksum.sample(size))
            #expect(output == "\(size) \(sum.value)")
            for path in ["/whole", "/streamed"] {
                #expect(place.curl("-o got URL\(path)", in: workshop).status == 0)
                #expect(workshop.attempt("cmp sent got").status == 0)
            }
        }
    }

    @Test func `waits for a slow reader without losing a byte`() async throws {
        let size = 3_000_000
        try await withTLS(route: { _ in .answer(Response(status: 200, body: .bytes(Checksum.sample(size)))) }) {
            place in
            let client = try place.connect(receiveBuffer: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\nGET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            wait { place.server.metrics.unsentBytes > 100_000 }
            for _ in 0..<2 { #expect(try client.readAnswer().body == Checksum.sample(size)) }
        }
    }

    @Test func `is read on when a handler wakes up`() async throws {
        let gate = Gate()
        try await withTLS(
            { $0.bodyHighWaterBytes = 1000 },
            route: { _ in
                .stream(limit: 1_000_000) { _, body in
                    await gate.wait()
                    var sum = Checksum()
                    do { for try await chunk in body { sum.add(chunk) } } catch {
                        return .text("\(error)", status: 500)
                    }
                    return .text("\(sum.count) \(sum.value)")
                }
            },
            { place in
                let sample = Checksum.sample(300_000)
                let client = try place.connect()
                try client.send("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 300000\r\n\r\n")
                try client.send(Array(sample[..<150_000]))
                wait { place.server.metrics.heldBodyBytes > 1000 }
                gate.open()
                try client.send(Array(sample[150_000...]))
                var sum = Checksum()
                sum.add(sample)
                #expect(try client.readAnswer().text == "300000 \(sum.value)")
            })
    }

    @Test func `is kept through a change of certificates`() async throws {
        try await withTLS { place in
            let client = try place.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
            place.certificates.use([])
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
            #expect(throws: (any Error).self) { try place.connect() }
            let fresh = try place.authority.fresh("DNS:a.example")
            place.certificates.use([.init(owner: "a.example", names: ["a.example"], identity: fresh)])
            let second = try place.connect()
            try second.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try second.readAnswer().status == 200)
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
        }
    }

    @Test func `in the clear is answered in the clear`() async throws {
        try await withTLS { place in
            for method in ["GET", "DELETE", "PATCH"] {
                let client = try RawClient(place.port)
                try client.send("\(method) / HTTP/1.1\r\nHost: a.example\r\n\r\n")
                let answer = try client.readAnswer()
                #expect(answer.status == 400)
                #expect(answer.text == "tlsRequired")
                #expect(answer.header("connection") == "close")
                #expect(client.readToEnd().isEmpty)
            }
            let garbage = try RawClient(place.port)
            try garbage.send([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
            #expect(!String(decoding: garbage.readToEnd(), as: UTF8.self).contains("HTTP"))
        }
    }
}

/// A body that is easy to make and to compare.
struct Checksum {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var count = 0

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        count += bytes.count
    }

    /// Bytes that look like chance and repeat after a prime number of them.
    private static let pattern: [UInt8] = {
        var state: UInt32 = 1
        return (0..<99_991).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }()

    static func sample(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += pattern.prefix(count - bytes.count) }
        return bytes
    }
}
