import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `The client` {
    /// Runs a server and an asynchronous body beside it.
    static func withServer<T>(
        _ route: @escaping @Sendable (Request) -> Reception, _ body: (Server, String) async throws -> T
    ) async throws -> T {
        try await withServer({ _ in }, route, body)
    }

    static func withServer<T>(
        _ change: (inout ServerConfiguration) -> Void, _ route: @escaping @Sendable (Request) -> Reception,
        _ body: (Server, String) async throws -> T
    ) async throws -> T {
        var configuration = ServerConfiguration()
        configuration.loops = 2
        configuration.drainGrace = .zero
        change(&configuration)
        let server = try Server(configuration: configuration, responder: Routes(route: route))
        let port = try server.start()[0].address.port
        do {
            let result = try await body(server, "http://a.example:\(port)")
            await server.drain()
            return result
        } catch {
            await server.drain()
            throw error
        }
    }

    @Test func `sends requests and gets answers on one connection`() async throws {
        try await Self.withServer { request in
            .body(limit: 100_000) { request, body in
                var response = Response.text(
                    "\(request.string(request.methodRange)) \(request.string(request.path)) "
                        + "\(request.query.map { request.string($0) } ?? "-") \(request.string(request.host ?? 0..<0)) "
                        + "\(request.header("x-own").map { request.string($0) } ?? "-") \(body.count)", status: 201)
                response.headers.add("x-answer", "a")
                response.headers.add("x-answer", "b")
                return .now(response)
            }
        } _: { server, base in
            try await withClient { client in
                for number in 0..<20 {
                    var request = ClientRequest(
                        "POST", try #require(ClientURL(base + "/p/\(number)?q=1")), policy: .anything)
                    request.headers.add("x-own", "mine")
                    request.body = [UInt8](repeating: 7, count: number * 1000)
                    let answer = try await client.send(request)
                    #expect(answer.status == 201)
                    #expect(
                        String(decoding: answer.body, as: UTF8.self)
                            == "POST /p/\(number) q=1 a.example mine \(number * 1000)")
                    #expect(answer.header("x-answer") == "a")
                    #expect(answer.fields.filter { $0.name == "x-answer" }.map(\.value) == ["a", "b"])
                    #expect(answer.address.host == "127.0.0.1")
                }
                #expect(server.metrics.accepted == 1)
                #expect(client.metrics == ClientMetrics(requests: 20, connections: 1))
            }
        }
    }

    @Test func `reads every kind of content`() async throws {
        let sample = Checksum.sample(500_000)
        try await Self.withServer { request in
            switch request.string(request.path) {
            case "/empty": .answer(Response(status: 204))
            case "/streamed":
                .answer(
                    Response(
                        status: 200,
                        body: .stream(length: nil) { writer in
                            for start in stride(from: 0, to: 500_000, by: 50_000) {
                                try await writer.write(Array(sample[start..<start + 50_000]))
                            }
                        }))
            default: .answer(Response(status: 200, body: .bytes(sample)))
            }
        } _: { server, base in
            try await withClient { client in
                #expect(try await client.send(.get(base + "/streamed")).body == sample)
                #expect(try await client.send(.get(base + "/whole")).body == sample)
                #expect(try await client.send(.get(base + "/empty")).status == 204)
                var head = try ClientRequest.get(base + "/whole")
                head.method = "HEAD"
                let answer = try await client.send(head)
                #expect(answer.body.isEmpty)
                #expect(answer.header("content-length") == "500000")
                #expect(server.metrics.accepted == 1)
                var small = try ClientRequest.get(base + "/whole")
                small.bodyLimit = 499_999
                #expect(await failure(client, small) == .bodyTooLarge)
                small = try ClientRequest.get(base + "/streamed")
                small.bodyLimit = 499_999
                #expect(await failure(client, small) == .bodyTooLarge)
                small.bodyLimit = 500_000
                #expect(try await client.send(small).body.count == 500_000)
            }
        }
    }

    @Test func `bounds its connections and lets the others wait their turn`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("done")
            }
        } _: { server, base in
            try await withClient({
                $0.connectionsPerTarget = 2
                $0.waitingPerTarget = 3
            }) { client in
                let outcomes = try await withThrowingTaskGroup(of: ClientError?.self) { group in
                    for _ in 0..<6 { group.addTask { await failure(client, try .get(base + "/")) } }
                    // Two run, three wait, and one is refused at once.
                    #expect(try await group.next() == .overloaded)
                    gate.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes == [nil, nil, nil, nil, nil])
                #expect(server.metrics.accepted == 2)
            }
        }
    }

    @Test func `gives an idle connection of one target up for another`() async throws {
        try await Self.withServer { _ in
            .answer(.text("one"))
        } _: { first, one in
            try await Self.withServer { _ in
                .answer(.text("two"))
            } _: { second, two in
                try await withClient({ $0.connections = 1 }) { client in
                    for _ in 0..<3 {
                        let bodies = [try await client.send(.get(one)).body, try await client.send(.get(two)).body]
                        #expect(bodies == [Array("one".utf8), Array("two".utf8)])
                    }
                    #expect(client.metrics.connections == 1)
                    #expect(first.metrics.accepted == 3)
                }
            }
        }
    }

    @Test func `keeps to its time-outs`() async throws {
        let gate = Gate()
        try await Self.withServer { request in
            if request.string(request.path) == "/drip" {
                return .answer(
                    Response(
                        status: 200,
                        body: .stream(length: 10) { writer in
                            try await writer.write("a")
                            await gate.wait()
                        }))
            }
            return .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            try await withClient(resolver: { host in
                if host == "never.example" { await gate.wait() }
                return [loopback]
            }) { client in
                var slow = try ClientRequest.get(base + "/")
                slow.firstByteTimeout = .milliseconds(50)
                #expect(await failure(client, slow) == .timedOut(.firstByte))
                slow = try ClientRequest.get(base + "/drip")
                slow.totalTimeout = .milliseconds(100)
                #expect(await failure(client, slow) == .timedOut(.total))
                slow = try ClientRequest.get("http://never.example/")
                slow.connectTimeout = .milliseconds(50)
                #expect(await failure(client, slow) == .timedOut(.connect))
                slow.totalTimeout = .zero
                #expect(await failure(client, slow) == .timedOut(.total))
                await onThread { wait { client.metrics.connections == 0 } }
                gate.open()
                await onThread { wait { server.metrics.open == 0 } }
            }
        }
    }

    @Test func `closes the connection of a request whose task is cancelled`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            try await withClient { client in
                let request = try ClientRequest.get(base)
                let task = Task { await failure(client, request) }
                await onThread { wait { server.metrics.requests == 1 } }
                task.cancel()
                #expect(await task.value == .cancelled)
                await onThread { wait { client.metrics.connections == 0 } }
                // Before it has begun.
                let early = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await failure(client, request)
                }
                #expect(await early.value == .cancelled)
                gate.open()
            }
        }
    }

    @Test func `follows redirects only when asked, each through the same checks`() async throws {
        let seen = Mutex<[String]>([])
        try await Self.withServer { request in
            let path = request.string(request.path)
            return .body(limit: 100) { request, body in
                seen.withLock {
                    $0.append(
                        "\(request.string(request.methodRange)) \(request.string(request.host ?? 0..<0))\(path) \(body.count)"
                            + (request.header("authorization") == nil ? "" : " authorized"))
                }
                var response = Response.text("end")
                let moves: [String: (Int, String)] = [
                    "/a": (302, "b"), "/b": (307, "//b.example:\(request.localPort)/c"), "/loop": (308, "/loop"),
                    "/inside": (301, "http://10.0.0.1/"), "/odd": (302, "gopher://x/"), "/post": (303, "/c"),
                    "/keep": (308, "/c"),
                ]
                if let (status, location) = moves[path] {
                    response = .text("moved", status: status)
                    response.headers.add("location", location)
                }
                return .now(response)
            }
        } _: { _, base in
            try await withClient { client in
                func send(_ path: String, _ limit: Int, method: String = "GET") async throws -> (
                    ClientResponse?, ClientError?
                ) {
                    var request = ClientRequest(
                        method, try #require(ClientURL(base + path)),
                        policy: .listed([try #require(AddressBlock("127.0.0.1"))]))
                    request.redirectLimit = limit
                    request.headers.add("authorization", "secret")
                    if method == "POST" { request.body = [1, 2, 3] }
                    do throws(ClientError) { return (try await client.send(request), nil) } catch {
                        return (nil, error)
                    }
                }
                #expect(try await send("/a", 0).0?.status == 302)
                let end = try await send("/a", 2).0
                #expect(end?.body == Array("end".utf8))
                #expect(end?.url.host == "b.example")
                #expect(try await send("/a", 1).1 == .tooManyRedirects)
                #expect(try await send("/loop", 5).1 == .tooManyRedirects)
                #expect(try await send("/odd", 5).1 == .badRedirect)
                guard case .addressRefused(let address)? = try await send("/inside", 5).1 else {
                    Issue.record("the address inside was not refused")
                    return
                }
                #expect(address.host == "10.0.0.1")
                seen.withLock { $0 = [] }
                _ = try await send("/a", 2)
                _ = try await send("/post", 1, method: "POST")
                _ = try await send("/keep", 1, method: "POST")
                #expect(
                    seen.withLock { $0 } == [
                        "GET a.example/a 0 authorized", "GET a.example/b 0 authorized", "GET b.example/c 0",
                        "POST a.example/post 3 authorized", "GET a.example/c 0 authorized",
                        "POST a.example/keep 3 authorized", "POST a.example/c 3 authorized",
                    ])
            }
        }
    }

    @Test func `refuses to send what is not the caller's to write`() async throws {
        try await withClient { client in
            var request = try ClientRequest.get("http://a.example/")
            request.method = "GET /x"
            #expect(await failure(client, request) == .invalidRequest)
            for name in ["host", "expect", "upgrade", "te"] as [HeaderName] {
                request = try ClientRequest.get("http://a.example/")
                request.headers.add(name, "x")
                #expect(await failure(client, request) == .invalidRequest)
            }
            // These are dropped already when they are added.
            let isAdded = request.headers.add("content-length", "7")
            #expect(!isAdded)
            #expect(client.metrics.requests == 0)
        }
    }

    @Test func `leaves a target alone that fails, and tries it again`() async throws {
        let isWell = Atomic<Bool>(false)
        try await Self.withServer { _ in
            .answer(.text("x", status: isWell.load(ordering: .sequentiallyConsistent) ? 200 : 503))
        } _: { server, base in
            try await withClient({
                $0.circuit = CircuitBreaker.Configuration()
                $0.circuit?.recovery = .milliseconds(50)
            }) { client in
                let request = try ClientRequest.get(base)
                for _ in 0..<5 { #expect(try await client.send(request).status == 503) }
                guard case .circuitOpen? = await failure(client, request) else {
                    Issue.record("the circuit is closed")
                    return
                }
                #expect(server.metrics.requests == 5)
                #expect(client.breakers?.metrics[base]?.openings == 1)
                isWell.store(true, ordering: .sequentiallyConsistent)
                var status = 0
                while status != 200 {
                    do throws(ClientError) { status = try await client.send(request).status } catch {
                        await Task.yield()
                    }
                }
                #expect(client.breakers?.metrics[base]?.state == .closed)
            }
        }
    }

    @Test func `ends what is under way when it is closed`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            let trust = try await onThread { Result { try Authority.shared.trust } }.get()
            let client = HTTPClient(ClientConfiguration(resolver: { _ in [loopback] }, trust: trust))
            let request = try ClientRequest.get(base)
            let task = Task { await failure(client, request) }
            await onThread { wait { server.metrics.requests == 1 } }
            await client.close()
            #expect(await task.value == .closed)
            #expect(await failure(client, request) == .closed)
            gate.open()
        }
    }
}
