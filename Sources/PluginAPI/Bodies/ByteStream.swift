internal import Synchronization

/// Bytes that arrive or leave piece by piece. Whoever produces waits while whoever consumes is busy.
public struct ByteStream: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    private let make: @Sendable () -> @Sendable () async throws -> [UInt8]?

    /// - Parameter make: gives, for one walk, the function that returns the next piece, or nil at the end.
    public init(_ make: @escaping @Sendable () -> @Sendable () async throws -> [UInt8]?) { self.make = make }

    /// Bytes that are at hand, in pieces of 64 KiB. Can be walked more than once.
    public init(of bytes: [UInt8]) {
        self.init {
            let position = Mutex(0)
            return {
                position.withLock { position in
                    guard position < bytes.count else { return nil }
                    let end = Swift.min(position + 64 * 1024, bytes.count)
                    defer { position = end }
                    return Array(bytes[position..<end])
                }
            }
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: make()) }

    /// One walk through the bytes as the function that gives the next piece, for a reader in another isolation.
    public func walk() -> @Sendable () async throws -> [UInt8]? { make() }

    /// One walk through the bytes; a body can be walked once.
    public struct Iterator: AsyncIteratorProtocol {
        let pull: @Sendable () async throws -> [UInt8]?
        public mutating func next() async throws -> [UInt8]? { try await pull() }
    }
}
