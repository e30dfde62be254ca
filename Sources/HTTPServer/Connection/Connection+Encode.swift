// A response on the wire (RFC 9112 §4, §6).
extension Connection {
    enum Encoded {
        case complete
        case streamed(Exchange.Framing, @Sendable (BodyWriter) async throws -> Void)
        case taken(Takeover, isChunked: Bool)
    }

    /// Gathers the head, and the content unless it is streamed.
    func encode(_ response: Response, for request: Request, keepsAlive: Bool) -> Encoded {
        encode(
            response, isHead: request.method == .head, isOld: request.version == .http10, keepsAlive: keepsAlive)
    }

    /// Gathers a refusal of what was no request.
    func encodeRefusal(_ response: Response) {
        var response = response
        if response.isStreamed { response.body = .none }
        _ = encode(response, isHead: false, isOld: false, keepsAlive: false)
    }

    private func encode(_ response: Response, isHead: Bool, isOld: Bool, keepsAlive: Bool) -> Encoded {
        guard let batch else { return .complete }
        if case .takeover(let takeover) = response.body, case .upgrade(let fields) = takeover.head {
            batch.appendStatusLine(101)
            batch.append(loop.dateField)
            batch.append(response.headers.bytes)
            batch.append(fields)
            batch.append("\r\n")
            return .taken(takeover, isChunked: false)
        }
        guard 200...999 ~= response.status else {
            return encode(Response(status: 500), isHead: isHead, isOld: isOld, keepsAlive: keepsAlive)
        }
        batch.appendStatusLine(response.status)
        batch.append(loop.dateField)
        batch.append(response.headers.bytes)
        let isBodiless = response.status == 204 || response.status == 304
        var keepsAlive = keepsAlive
        var framing: Exchange.Framing?
        switch response.body {
        case .none: if !isBodiless { batch.append("content-length: 0\r\n") }
        case .bytes(let bytes): if !isBodiless { batch.appendLength(bytes.count) }
        case .literal(let text): if !isBodiless { batch.appendLength(text.utf8CodeUnitCount) }
        case .stream(let length?, _) where length >= 0:
            if !isBodiless { batch.appendLength(length) }
            framing = .length(left: length)
        case .stream, .takeover:
            if isBodiless {
                break
            } else if isOld {
                keepsAlive = keepsAlive && isHead
                framing = .untilClose
            } else {
                batch.append("transfer-encoding: chunked\r\n")
                framing = .chunked
            }
        }
        if case .takeover = response.body { keepsAlive = false }
        // Who is told to upgrade is told that it is about this connection (RFC 9110 §7.8).
        if response.status == 426 { batch.append("connection: upgrade\r\n") }
        if !keepsAlive {
            batch.append("connection: close\r\n")
        } else if isOld {
            batch.append("connection: keep-alive\r\n")
        }
        batch.append("\r\n")
        guard !isHead, !isBodiless else { return .complete }
        switch response.body {
        case .none: return .complete
        case .bytes(let bytes):
            if bytes.count < OutputQueue.joinLimit {
                batch.append(bytes)
            } else {
                queueBatch()
                queue(bytes)
            }
            return .complete
        case .literal(let text):
            batch.append(text)
            return .complete
        case .takeover(let takeover): return .taken(takeover, isChunked: !isOld)
        case .stream(_, let write): return .streamed(framing ?? .untilClose, write)
        }
    }
}

extension Response {
    /// Whether more than the head and what is at hand is to come.
    var isStreamed: Bool {
        switch body {
        case .stream, .takeover: true
        case .none, .bytes, .literal: false
        }
    }
}

extension OutputBuffer {
    func appendLength(_ length: Int) {
        append("content-length: ")
        append(decimal: length)
        append("\r\n")
    }
}
