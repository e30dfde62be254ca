internal import COpenSSL
internal import Synchronization

/// The keys that seal session tickets (RFC 8446 §4.6.1, RFC 5077): one that seals, and the one before it, which still
/// opens. They live in memory only, so no one who takes the machine later can read what was said before.
final class TicketKeys: Sendable {
    // @unchecked: the bytes are written in `init` and cleansed in `deinit`; between, they are only read.
    /// One key. Its bytes are overwritten when it is let go.
    final class Key: @unchecked Sendable {
        static let nameCount = 16
        static let secretCount = 32
        /// The name, then the key of the cipher, then that of the authentication code.
        private let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: nameCount + 2 * secretCount, alignment: 16)

        init?() {
            guard RAND_bytes(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count)) == 1 else {
                return nil
            }
        }

        deinit {
            OPENSSL_cleanse(bytes.baseAddress, bytes.count)
            bytes.deallocate()
        }

        var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[..<Self.nameCount]) }
        var cipherKey: UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(rebasing: bytes[Self.nameCount..<Self.nameCount + Self.secretCount])
        }
        var macKey: UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(rebasing: bytes[(Self.nameCount + Self.secretCount)...])
        }
    }

    private struct State: Sendable {
        var current: Key?
        var previous: Key?
        /// When the current key began to seal, in milliseconds of the loops' clock.
        var since: Int64 = 0
    }

    private let state = Mutex(State())
    /// Milliseconds that a key seals.
    let lifetime: Int64

    init(lifetime: Int64) { self.lifetime = max(lifetime, 1000) }

    /// The key that seals now; `nil` when the system has no randomness, and then no ticket is given.
    func sealing(at now: Int64) -> Key? {
        state.withLock { state in
            rotate(&state, now)
            return state.current
        }
    }

    /// The key of that name, and whether it is still the one that seals.
    func opening(_ name: UnsafeRawBufferPointer, at now: Int64) -> (key: Key, isCurrent: Bool)? {
        let (current, previous) = state.withLock { state in
            rotate(&state, now)
            return (state.current, state.previous)
        }
        if let current, current.name.elementsEqual(name) { return (current, true) }
        if let previous, previous.name.elementsEqual(name) { return (previous, false) }
        return nil
    }

    private func rotate(_ state: inout State, _ now: Int64) {
        guard state.current == nil || now - state.since >= lifetime else { return }
        state.previous = now - state.since < 2 * lifetime ? state.current : nil
        state.current = Key()
        state.since = now
    }
}
