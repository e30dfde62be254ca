internal import Synchronization

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
        if loop.isCurrent {
            switch connection.write(bytes, exchange) {
            case .done: return
            case .failed(let error): throw error
            case .yield: return await Task.yield()
            case .wait: break
            }
        } else {
            let failure: BodyError? = await withUnsafeContinuation { continuation in
                let accepted = loop.submit { [self] in
                    switch connection.write(bytes, exchange) {
                    case .done, .yield, .wait: continuation.resume(returning: nil)
                    case .failed(let error): continuation.resume(returning: error)
                    }
                }
                if !accepted { continuation.resume(returning: .disconnected) }
            }
            if let failure { throw failure }
        }
        if let failure = await room() { throw failure }
    }

    /// Writes text as UTF-8; otherwise as `write(_:)`.
    public func write(_ text: String) async throws(BodyError) { try await write(Array(text.utf8)) }

    private func room() async -> BodyError? {
        let loop = connection.loop
        let waiter = Waiter<BodyError?>()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if loop.isCurrent {
                    connection.awaitRoom(exchange, waiter)
                } else if !loop.submit({ [self] in connection.awaitRoom(exchange, waiter) }) {
                    waiter.resume(.disconnected)
                }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { [self] in if exchange.writer === waiter { connection.wakeWriter(exchange, .cancelled) } }
        }
    }
}
