import HTTPServer
import PluginAPI

/// An answer as a client gets it.
package struct TestAnswer: Sendable {
    package var status: Int
    /// Names in lower case, in order.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, fields: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

extension TestHost {
    /// The answer to a request that is given as the bytes a client sends.
    ///
    /// - Returns: nil for requests whose body or answer goes piece by piece: these need a connection, so ask over a socket.
    package func exchange(_ bytes: [UInt8]) async -> TestAnswer? {
        var parser = RequestParser()
        var position = 0
        var head: RequestHead?
        var body: [UInt8] = []
        reading: while true {
            switch parser.next(bytes.span, at: &position) {
            case .head(let found): head = found
            case .body(let range): body += bytes[range]
            case .end: break reading
            case .fault(let fault): return answer(parts.pipeline.refuse(fault, head.map(request)), to: head)
            case .needsMore: return nil
            }
        }
        guard let head else { return nil }
        let request = request(head)
        if let fault = head.fault { return answer(parts.pipeline.refuse(fault, request), to: head) }
        guard !needsConnection(request) else { return nil }
        let sent = body
        let response = await withTaskExecutorPreference(loop) { await respond(to: request, body: sent) }
        return response.flatMap { answer($0, to: head) }
    }

    private func respond(to request: Request, body: [UInt8]) async -> Response? {
        switch parts.pipeline.receive(request) {
        case .answer(let response): return response
        case .later(let make): return await make(request)
        case .stream: return nil
        case .body(let limit, let make):
            guard body.count <= limit else { return parts.pipeline.refuse(.contentTooLarge, request) }
            switch make(request, body) {
            case .now(let response): return response
            case .later(let make): return await make()
            }
        }
    }

    private func request(_ head: RequestHead) -> Request {
        Request(head: head, remoteAddress: client, localPort: port, listener: 0, loop: loop)
    }

    private func needsConnection(_ request: Request) -> Bool {
        guard let method = HTTPMethod(request.method),
            let match = parts.pipeline.plugins.routes.match(request.bytes, request.path, where: { _ in true }),
            let found = match.endpoints.first(where: { $0.method == method }),
            case .route(_, let declaration) = found.endpoint.target
        else { return false }
        return declaration.isStreamed || declaration.answersContent
    }

    private func answer(_ response: Response, to head: RequestHead?) -> TestAnswer? {
        var body: [UInt8] = []
        switch response.body {
        case .none: break
        case .bytes(let bytes): if head?.method != .head { body = bytes }
        case .literal(let text): if head?.method != .head { body = Array("\(text)".utf8) }
        case .stream, .takeover: return nil
        }
        let lines = String(decoding: response.headers.bytes, as: UTF8.self).split(separator: "\r\n")
        let fields = lines.map { line in
            let name = line.prefix { $0 != ":" }
            return (name: name.lowercased(), value: String(line.dropFirst(name.count + 2)))
        }
        return TestAnswer(status: response.status, fields: fields, body: body)
    }
}
