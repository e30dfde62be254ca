import Synchronization

/// One connection of a client, kept alive between requests. It blocks, so use it on a thread of its own (``onThread(_:)``)
/// or through the asynchronous ``send(_:)``.
final class HTTPConnection: Sendable {
    /// What goes into `Host`.
    let host: String
    private let stream: Mutex<ByteStream>

    init(port: UInt16, host: String) throws {
        self.host = host
        stream = Mutex(try ByteStream(port: port))
    }

    /// Sends a request and waits for its answer.
    func sendNow(_ request: HTTPRequest) throws -> HTTPAnswer {
        try stream.withLock { stream in
            try stream.write(request.head(host: host) + (request.body ?? []))
            return try stream.answer(to: request.method)
        }
    }

    /// Sends a request and does not wait.
    func writeNow(_ request: HTTPRequest) throws {
        try stream.withLock { try $0.write(request.head(host: host) + (request.body ?? [])) }
    }

    /// Waits for the answer to a request that was sent.
    func answerNow(to request: HTTPRequest) throws -> HTTPAnswer {
        try stream.withLock { try $0.answer(to: request.method) }
    }

    /// Sends all requests at once, one behind the other, and waits for their answers.
    func sendAll(_ requests: [HTTPRequest]) throws -> [HTTPAnswer] {
        try stream.withLock { stream in
            try stream.write(requests.flatMap { $0.head(host: host) + ($0.body ?? []) })
            return try requests.map { try stream.answer(to: $0.method) }
        }
    }

    /// Sends a request and waits for its answer.
    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        try await onThread { try self.sendNow(request) }
    }

    /// Sends bytes as they are.
    func write(_ bytes: [UInt8]) async throws {
        try await onThread { try self.stream.withLock { try $0.write(bytes) } }
    }

    /// Waits for the next answer.
    func answer(to method: String = "GET") async throws -> HTTPAnswer {
        try await onThread { try self.stream.withLock { try $0.answer(to: method) } }
    }

    /// Whether the server closes the connection without another byte.
    func isClosedByServer() async throws -> Bool {
        try await onThread { try self.stream.withLock { try $0.isAtEnd() } }
    }
}
