import Synchronization

/// Opens when so many have arrived.
final class Gate: Sendable {
    private let left: Atomic<Int>
    init(_ count: Int) { left = Atomic(count) }
    func arrive() { left.subtract(1, ordering: .acquiringAndReleasing) }
    var isOpen: Bool { left.load(ordering: .acquiring) <= 0 }
}
