import HTTPServer
import PluginAPI
import Testing
import WebSocketClient
import Workers

@testable import Host

@Suite struct `A host route that pushes` {
    struct Greeter: WebSocketHandler {
        func opened(_ socket: WebSocket) { socket.send(text: "welcome") }
        func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction {
            socket.send(.message(message))
            return .done
        }
    }

    struct Ticker: EventStreamHandler {
        func opened(_ stream: EventStream) {
            if let event = try? ServerSentEvent(event: "tick", data: "1", id: "1") { stream.send(event) }
            stream.close()
        }
        func replay(after id: String, to stream: EventStream) async -> Replay { .rest([]) }
    }

    private static let routes = [
        HostRoute(.get, "/socket") { call in
            let handshake = try call.handshake()
            return .webSocket(handshake, subprotocol: handshake.subprotocol(of: "portal"), handler: Greeter())
        },
        HostRoute(.get, "/stream") { call in .events(to: call.inbound.request, handler: Ticker()) },
    ]

    private static let key = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="
    private static let upgrade = ["upgrade: websocket", "connection: upgrade", "sec-websocket-version: 13", key]

    @Test func `opens a WebSocket, with the fields of every answer`() async throws {
        try await withPortal(hostRoutes: Self.routes) { portal in
            let port = portal.client.port
            let pool = WorkerPool(name: "socket", threads: 1, queueLimit: 4)
            // The first finds the tenant closed, the second open.
            for _ in 0..<2 {
                let (head, events) = try await pool.run {
                    let client = try WebSocketClient(
                        port: port, path: "/socket", host: "desk.localhost:\(port)",
                        fields: [
                            "X-Request-Id: mine", "Origin: http://desk.localhost:\(port)",
                            "Sec-WebSocket-Protocol: other, portal",
                        ])
                    try client.send(.text("hello"))
                    let events = [client.receive(), client.receive()]
                    try client.send(.close(1000))
                    return (client.head, events + client.receiveAll())
                }
                #expect(head.hasPrefix("HTTP/1.1 101 "))
                #expect(head.contains("x-request-id: mine\r\n"))
                #expect(head.contains("sec-websocket-protocol: portal"))
                #expect(events == [.text("welcome"), .text("hello"), .close(1000, "")])
            }
            await pool.close()
        }
    }

    @Test func `says in the tenant's dialect what is wrong with a handshake`() async throws {
        try await withPortal(hostRoutes: Self.routes) { portal in
            let plain = try await portal.get("/socket")
            #expect(plain.status == 426)
            #expect(plain.field("upgrade") == "websocket")
            #expect(plain.field("sec-websocket-version") == "13")
            #expect(plain.json["error"]?["code"]?.string == "UPGRADE_REQUIRED")
            let old = try await portal.get(
                "/socket", Self.upgrade.filter { !$0.hasPrefix("sec-websocket-version") } + ["sec-websocket-version: 8"]
            )
            #expect(old.status == 426)
            let keyless = try await portal.get("/socket", Self.upgrade.filter { $0 != Self.key })
            #expect(keyless.status == 400)
            #expect(keyless.text.contains(#""field":"Sec-WebSocket-Key""#))
            #expect(keyless.json["error"]?["code"]?.string == "VALIDATION_ERROR")
            let foreign = try await portal.get("/socket", Self.upgrade + ["origin: https://evil.example"])
            #expect(foreign.status == 403)
            let problem = try await portal.get("/socket", ["accept: application/problem+json"])
            #expect(problem.status == 426)
            #expect(problem.field("content-type") == "application/problem+json")
        }
    }

    @Test func `answers with a stream of events`() async throws {
        try await withPortal(hostRoutes: Self.routes) { portal in
            for _ in 0..<2 {
                let answer = try await portal.get("/stream", ["last-event-id: 0"])
                #expect(answer.status == 200)
                #expect(answer.field("content-type") == "text/event-stream")
                #expect(answer.field("cache-control") == "no-store")
                #expect(answer.field("x-request-id") != nil)
            }
            let listed = try await portal.get("/stream", ["origin: https://app.example"])
            #expect(listed.field("access-control-allow-origin") == "https://app.example")
            #expect(listed.text.contains("id: 1\nevent: tick\ndata: 1\n\n"))
        }
    }
}
