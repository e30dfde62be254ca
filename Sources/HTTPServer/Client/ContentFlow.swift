internal import Synchronization

/// An answer's content between the connection that it comes on and the one who reads it.
// @unchecked: everything mutable is touched on the client's loop only; the others go there first.
final class ContentFlow: @unchecked Sendable {
    typealias Chunk = Result<[UInt8]?, ClientError>

    /// Bytes that wait here at which no more are read; one read of 64 KiB may come on top.
    static let highWater = 64 * 1024

    let loop: EventLoop
    /// Non-nil once the content comes, until its end.
    weak var connection: ClientConnection?
    private var chunks: [[UInt8]] = []
    private var held = 0
    private var ending: Result<Void, ClientError>?
    private var reader: Waiter<Chunk>?

    init(_ loop: EventLoop) { self.loop = loop }

    /// Whether the connection is to wait.
    var isFull: Bool { held > Self.highWater }

    /// The next chunk, or `nil` at the end.
    func next() async throws(ClientError) -> [UInt8]? {
        let waiter = Waiter<Chunk>()
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if !loop.submit({ [self] in wait(waiter) }) { waiter.resume(.failure(.closed)) }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { [self] in if reader === waiter { wake(.failure(.cancelled)) } }
        }
        return try result.get()
    }

    /// The reader has no use for the rest.
    func letGo() {
        loop.submit { [self] in
            discard()
            guard ending == nil, let connection, let exchange = connection.exchange, exchange.flow === self else {
                return
            }
            connection.core.end(exchange, .cancelled)
        }
    }
}

// On the loop.
extension ContentFlow {
    private func wait(_ waiter: Waiter<Chunk>) {
        guard reader == nil else { return waiter.resume(.failure(.misused)) }
        if let ready = take() { return waiter.resume(ready) }
        if waiter.isCancelled.load(ordering: .sequentiallyConsistent) { return waiter.resume(.failure(.cancelled)) }
        reader = waiter
    }

    /// What can be had without waiting.
    private func take() -> Chunk? {
        guard !chunks.isEmpty else { return ending.map { $0.map { nil } } }
        let wasFull = isFull
        let chunk = chunks.removeFirst()
        held -= chunk.count
        if wasFull, !isFull { connection?.readOn(self) }
        return .success(chunk)
    }

    private func wake(_ result: Chunk) {
        let waiting = reader
        reader = nil
        waiting?.resume(result)
    }

    func receive(_ bytes: [UInt8]) {
        if reader != nil { return wake(.success(bytes)) }
        chunks.append(bytes)
        held += bytes.count
    }

    func finish(_ result: Result<Void, ClientError>) {
        guard ending == nil else { return }
        ending = result
        wake(result.map { nil })
    }

    private func discard() {
        chunks = []
        held = 0
    }
}
