import HTTPServer

/// What the probe answers.
///
/// | path | answer |
/// |---|---|
/// | `/health` | 13 fixed bytes, as the C baseline of `Benchmarks/` |
/// | `/bytes/{n}` | n bytes, made as fast as the client reads |
/// | `/echo` | the body of a POST, up to 16 MiB, with its content type |
/// | `/ws` | a WebSocket that sends every message back, up to 16 MiB |
/// | `/events` | a stream of events: a heartbeat every second |
struct ProbeRoutes: Responder {
    private static let health = text(Array("Hello, world!".utf8))
    private static let echoLimit = 16 << 20
    private static let chunk = 64 << 10

    func receive(_ request: Request) -> Reception {
        if request.isPath("/health") { return .answer(Self.health) }
        let path = request.string(request.path)
        switch path {
        case "/echo":
            guard request.method == .post else { return .answer(Response(status: 405)) }
            return .body(limit: Self.echoLimit) { request, body in
                var answer = Response(status: 200, body: .bytes(body))
                if let type = request.header(.contentType) { answer.headers.add(.contentType, request.string(type)) }
                return .now(answer)
            }
        case "/ws": return .answer(Self.socket(request))
        case "/events":
            var options = EventStreamOptions()
            options.heartbeatInterval = .seconds(1)
            return .answer(.events(to: request, options: options, handler: SilentStream()))
        case _ where path.hasPrefix("/bytes/"):
            guard let count = Int(path.dropFirst("/bytes/".count)), count >= 0 else { break }
            return .answer(Self.bytes(count))
        default: break
        }
        return .answer(Response(status: 404))
    }

    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response {
        var answer = Self.text(Array("\(fault)\n".utf8))
        answer.status = fault.status
        return answer
    }

    private static func socket(_ request: Request) -> Response {
        do throws(WebSocketHandshakeFault) {
            var options = WebSocketOptions()
            options.messageBytes = echoLimit
            // The public suite sends 4 MiB in frames of 64 bytes.
            options.fragmentCount = 1 << 17
            return .webSocket(try WebSocketHandshake(request), options: options, handler: SocketEcho())
        } catch {
            return Response(status: error.status, headers: error.headers, body: .bytes(Array("\(error)\n".utf8)))
        }
    }

    private static func text(_ bytes: [UInt8]) -> Response {
        var answer = Response(status: 200, body: .bytes(bytes))
        answer.headers.add(.contentType, "text/plain")
        return answer
    }

    /// Every chunk has memory of its own, as when a file is read, so that what the server holds for slow readers shows.
    private static func bytes(_ count: Int) -> Response {
        let body = Response.Body.stream(length: count) { writer in
            var left = count
            while left > 0 {
                let size = min(left, chunk)
                try await writer.write([UInt8](repeating: UInt8(ascii: "x"), count: size))
                left -= size
            }
        }
        var answer = Response(status: 200, body: body)
        answer.headers.add(.contentType, "application/octet-stream")
        return answer
    }
}
