import Glibc
import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A server's life` {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `listens on several addresses`() async throws {
        var configuration = ServerConfiguration(listeners: [.init(), .init(host: "localhost"), .init(host: "::1")])
        configuration.drainGrace = .zero
        let server = try Server(configuration: configuration, responder: Routes { .answer(.text("\($0.listener)")) })
        let bound = try server.start()
        #expect(bound.map(\.index) == [0, 1, 2])
        #expect(Set(bound.map(\.address.port)).count == 3)
        #expect(bound[2].address.isIPv6)
        for listener in bound.prefix(2) {
            let text = try await onThread {
                Result {
                    let client = try RawClient(listener.address.port)
                    try client.send(Self.request)
                    return try client.readAnswer().text
                }
            }.get()
            #expect(text == "\(listener.index)")
        }
        await server.drain()
    }

    @Test func `does not share a port that is taken`() async throws {
        try await withServer({ _ in }, { _ in .answer(.text("hello")) }) { _, port in
            let second = try Server(
                configuration: ServerConfiguration(listeners: [.init(port: port)]),
                responder: Routes { _ in .answer(.text("")) })
            #expect(throws: ServerError.self) { try second.start() }
            do { _ = try second.start() } catch { #expect((error as? ServerError)?.code == EALREADY) }
        }
    }

    @Test func `does not begin with a host that is no address`() {
        #expect(throws: ServerError.self) {
            try Server(
                configuration: ServerConfiguration(listeners: [.init(host: "no such host")]),
                responder: Routes { _ in .answer(.text("")) })
        }
    }

    @Test func `ends by finishing what runs and closing what is idle`() async throws {
        let gate = Gate()
        var configuration = ServerConfiguration()
        configuration.drainGrace = .seconds(3600)
        let server = try Server(
            configuration: configuration,
            responder: Routes { request in
                if request.method == .post {
                    return .later { _ in
                        await gate.wait()
                        return .text("done")
                    }
                }
                return .answer(.text("hello"))
            })
        let port = try server.start()[0].address.port
        let hasDrained = Signal()
        await onThread {
            do {
                let (idle, fresh, busy) = (try RawClient(port), try RawClient(port), try RawClient(port))
                try idle.send(Self.request)
                #expect(try idle.readAnswer().header("connection") == nil)
                try busy.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n")
                wait { server.metrics.runningTasks == 1 && server.metrics.open == 3 }
                Task {
                    await server.drain()
                    hasDrained.set()
                }
                #expect(idle.readToEnd().isEmpty)
                #expect(fresh.readToEnd().isEmpty)
                // Each loop closes its own socket.
                wait { (try? RawClient(port)) == nil }
                #expect(!hasDrained.value)
                gate.open()
                let answer = try busy.readAnswer()
                #expect(answer.text == "done")
                #expect(answer.header("connection") == "close")
                #expect(busy.readToEnd().isEmpty)
                busy.close()
                hasDrained.waitBlocking()
                #expect(server.metrics.open == 0)
            } catch {
                Issue.record(error)
            }
        }
        await server.drain()
        #expect(server.loops.allSatisfy { !$0.submit {} || server.metrics.open == 0 })
    }

    @Test func `ends after the grace even when a handler does not`() async throws {
        let gate = Gate()
        var configuration = ServerConfiguration()
        configuration.drainGrace = .milliseconds(50)
        let server = try Server(
            configuration: configuration,
            responder: Routes { _ in
                .later { _ in
                    await gate.wait()
                    return .text("too late, cancelled: \(Task.isCancelled)")
                }
            })
        let port = try server.start()[0].address.port
        let client = try RawClient(port)
        try client.send(Self.request)
        await onThread { wait { server.metrics.runningTasks == 1 } }
        await server.drain()
        #expect(server.metrics.open == 0)
        #expect(client.readToEnd().isEmpty)
        gate.open()
        await onThread { wait { server.metrics.runningTasks == 0 } }
    }

    @Test func `cancels a handler whose client has gone`() async throws {
        let wasCancelled = Signal()
        try await withServer(
            { $0.halfClosedGrace = .milliseconds(50) },
            { _ in
                .later { _ in
                    await withTaskCancellationHandler {
                        while !Task.isCancelled { await Task.yield() }
                    } onCancel: {
                        wasCancelled.set()
                    }
                    return .text("nobody")
                }
            },
            { server, port in
                for vanish in [RawClient.close, RawClient.reset] {
                    let client = try RawClient(port)
                    try client.send(Self.request)
                    wait { server.metrics.runningTasks == 1 }
                    vanish(client)()
                    wasCancelled.waitBlocking()
                    wait { server.metrics.runningTasks == 0 && server.metrics.open == 0 }
                }
            })
    }

    @Test func `answers a client that has closed its half, however long it takes to notice`() async throws {
        let gate = Gate()
        try await withServer(
            { $0.halfClosedGrace = .seconds(1000) },
            { _ in
                .later { _ in
                    await gate.wait()
                    return .text("cancelled: \(Task.isCancelled)")
                }
            },
            { server, port in
                let client = try RawClient(port)
                try client.send(Self.request)
                wait { server.metrics.runningTasks == 1 }
                client.finishSending()
                // The loop has seen the end by the time it has served another client.
                for _ in 0..<8 {
                    let turned = Signal()
                    for loop in server.loops { loop.submit { turned.set() } }
                    turned.waitBlocking()
                }
                gate.open()
                #expect(try client.readAnswer().text == "cancelled: false")
                #expect(client.readToEnd().isEmpty)
            })
    }

    @Test func `goes on when clients vanish anywhere in a request`() async throws {
        let text = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        try await withServer({ _ in }, { _ in .body(limit: 10) { _, _ in .later { .text("hello") } } }) {
            server, port in
            for count in 0...text.utf8.count {
                for vanish in [RawClient.close, RawClient.reset] {
                    let client = try RawClient(port)
                    try client.send(Array(text.utf8.prefix(count)))
                    vanish(client)()
                }
            }
            let client = try RawClient(port)
            try client.send(text)
            #expect(try client.readAnswer().text == "hello")
            wait { server.metrics.open == 1 && server.metrics.runningTasks == 0 }
        }
    }

    @Test func `keeps every handler on its connection's loop`() async throws {
        try await withServer(
            { _ in },
            { _ in
                .later { request in
                    var places = [request.loop.isCurrent]
                    await Task.yield()
                    places.append(request.loop.isCurrent)
                    await Task.detached {}.value
                    places.append(request.loop.isCurrent)
                    try? await Task.sleep(for: .milliseconds(1))
                    places.append(request.loop.isCurrent)
                    return .text("\(places.allSatisfy { $0 })")
                }
            },
            { _, port in
                for _ in 0..<20 {
                    let client = try RawClient(port)
                    try client.send(Self.request)
                    #expect(try client.readAnswer().text == "true")
                }
            })
    }
}
