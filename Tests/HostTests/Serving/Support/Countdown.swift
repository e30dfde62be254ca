import Synchronization

/// Counts down to 1, then ends.
final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func next() -> Int? {
        left.withLock { left in
            guard left > 0 else { return nil }
            defer { left -= 1 }
            return left
        }
    }
}
