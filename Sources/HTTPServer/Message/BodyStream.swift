internal import Synchronization

// @unchecked: the mutable state is touched on the connection's loop only; `next` goes there first.
/// The body of a request as it comes, in chunks of up to 64 KiB, for one consumer.
///
/// Reading from the client pauses while more than `ServerConfiguration.bodyHighWaterBytes` wait here. Iterate it once,
/// from one task.
public final class BodyStream: AsyncSequence, @unchecked Sendable {
    /// A chunk, never empty.
    public typealias Element = [UInt8]
    /// See `BodyError`.
    public typealias Failure = BodyError

    typealias Chunk = Result<[UInt8]?, BodyError>

    let connection: Connection
    let limit: Int
    var received = 0
    private var chunks: [[UInt8]] = []
    private(set) var held = 0
    private var ending: Result<Void, BodyError>?
    private var reader: Waiter<Chunk>?
    weak var exchange: Exchange?

    init(connection: Connection, limit: Int) {
        self.connection = connection
        self.limit = limit
    }

    /// Iterates over the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let stream: BodyStream

        /// The next chunk, or `nil` at the end.
        public mutating func next(isolation: isolated (any Actor)?) async throws(BodyError) -> [UInt8]? {
            try await stream.next()
        }

        /// The next chunk, or `nil` at the end.
        public mutating func next() async throws(BodyError) -> [UInt8]? { try await stream.next() }
    }

    /// An iterator over what has not been read.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }

    /// The next chunk, or `nil` at the end.
    public func next() async throws(BodyError) -> [UInt8]? {
        let loop = connection.loop
        if loop.isCurrent, let ready = take() { return try ready.get() }
        let waiter = Waiter<Chunk>()
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if loop.isCurrent {
                    wait(waiter)
                } else if !loop.submit({ self.wait(waiter) }) {
                    waiter.resume(.failure(.disconnected))
                }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { if self.reader === waiter { self.wake(.failure(.cancelled)) } }
        }
        return try result.get()
    }
}

// On the loop.
extension BodyStream {
    /// What can be had without waiting.
    private func take() -> Chunk? {
        if reader != nil { return .failure(.misused) }
        if !chunks.isEmpty {
            let chunk = chunks.removeFirst()
            held -= chunk.count
            connection.loop.counters.heldBodyBytes.add(-chunk.count)
            connection.bodyTaken(exchange)
            return .success(chunk)
        }
        return ending.map { $0.map { nil } }
    }

    private func wait(_ waiter: Waiter<Chunk>) {
        if let ready = take() { return waiter.resume(ready) }
        if waiter.isCancelled.load(ordering: .sequentiallyConsistent) { return waiter.resume(.failure(.cancelled)) }
        reader = waiter
        connection.loop.counters.suspendedReaders.increment()
        connection.bodyTaken(exchange)
    }

    private func wake(_ result: Chunk) {
        guard let waiting = reader else { return }
        reader = nil
        connection.loop.counters.suspendedReaders.decrement()
        waiting.resume(result)
    }

    func receive(_ bytes: [UInt8]) {
        if reader != nil {
            wake(.success(bytes))
        } else {
            chunks.append(bytes)
            held += bytes.count
            let counters = connection.loop.counters
            counters.heldBodyBytes.add(bytes.count)
            counters.peakHeldBodyBytes.raise(to: counters.heldBodyBytes.read())
        }
    }

    func finish(_ result: Result<Void, BodyError>) {
        guard ending == nil else { return }
        ending = result
        wake(result.map { nil })
    }

    /// Drops what nobody will read.
    func discard() {
        connection.loop.counters.heldBodyBytes.add(-held)
        held = 0
        chunks = []
    }
}
