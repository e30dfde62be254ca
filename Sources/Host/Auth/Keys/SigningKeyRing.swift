import Synchronization

/// A tenant's signing keys in memory, shared by all that sign and verify for it: a key that is added signs with the next
/// token, on every loop.
final class SigningKeyRing: Sendable {
    private let keys = Mutex(SigningKeys())

    func withLock<T>(_ body: (inout SigningKeys) throws -> T) rethrows -> T { try keys.withLock { try body(&$0) } }

    /// Takes over keys as they were read; of two readings the one that knows the newer key stays.
    func adopt(_ read: SigningKeys) {
        keys.withLock { keys in if read.newest >= keys.newest { keys = read } }
    }
}
