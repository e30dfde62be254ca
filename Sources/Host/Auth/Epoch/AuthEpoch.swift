import Synchronization

/// A tenant's count of changes to what its people may do. Whoever keeps something read from the accounts keeps the
/// epoch of before the reading with it, and reads again when the two differ.
final class AuthEpoch: Sendable {
    private let count = Atomic<UInt64>(1)
    private let observer = Mutex<(@Sendable () -> Void)?>(nil)

    /// The epoch now.
    var current: UInt64 { count.load(ordering: .acquiring) }

    /// Makes everything that was read before stale. After the commit of the change, never before: a reader in between
    /// would keep the old rows under the new epoch.
    func raise() {
        count.add(1, ordering: .releasing)
        observer.withLock { $0 }?()
    }

    /// Who is told of every raise, behind it and on the thread that raises: it must not block.
    func onRaise(_ observer: @escaping @Sendable () -> Void) { self.observer.withLock { $0 = observer } }
}
