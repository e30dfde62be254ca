// @unchecked: immutable here; what it reaches is touched on the connection's loop only, where `write` goes first.
/// Writes the content of a streamed answer, as fast as the client reads. For one task at a time.
public final class BodyWriter: @unchecked Sendable {
    private let connection: Connection
    private let exchange: Exchange

    init(connection: Connection, exchange: Exchange) {
        self.connection = connection
        self.exchange = exchange
    }

    /// Queues the bytes, and waits while more than `ServerConfiguration.unsentHighWaterBytes` have not been taken by the
    /// client. What one turn of the loop writes goes out together.
    /// - Throws: `disconnected` when the client is gone, `tooMuch` past the declared length, `cancelled` when the task was
    ///   cancelled while waiting (the bytes are queued all the same).
    public func write(_ bytes: [UInt8]) async throws(BodyError) {
        let loop = connection.loop
        let outcome: Connection.WriteOutcome
        if loop.isCurrent {
            outcome = connection.write(bytes, exchange)
        } else {
            outcome = await withUnsafeContinuation { continuation in
                let accepted = loop.submit { [self] in continuation.resume(returning: connection.write(bytes, exchange))
                }
                if !accepted { continuation.resume(returning: .failed(.disconnected)) }
            }
        }
        switch outcome {
        case .done: return
        case .failed(let error): throw error
        case .yield, .wait: if let failure = await connection.room(exchange) { throw failure }
        }
    }

    /// Writes text as UTF-8; otherwise as `write(_:)`.
    public func write(_ text: String) async throws(BodyError) { try await write(Array(text.utf8)) }
}
