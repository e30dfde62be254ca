/// A result that a thread waits for.
final class Latch<T: Sendable>: Sendable {
    private let result = Signal<Result<T, any Error>?>(nil)

    func set(_ value: Result<T, any Error>) { result.change { $0 = value } }

    /// Blocks the thread until there is a result.
    func wait() throws -> T {
        try result.wait { $0.map { .ready($0) } ?? .wait(until: nil) }.get()
    }
}
