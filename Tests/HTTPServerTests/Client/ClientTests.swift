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
}
