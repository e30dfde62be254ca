internal import Synchronization

/// A task suspended until its loop has something for it. Resumed once.
// @unchecked: `continuation` is touched on the loop only; the flag is atomic.
final class Waiter<Value: Sendable>: @unchecked Sendable {
    private var continuation: UnsafeContinuation<Value, Never>?
    /// Set before the loop is told, so that a wait that comes to the loop later than its cancellation sees it.
    let isCancelled = Atomic<Bool>(false)

    func begin(_ continuation: UnsafeContinuation<Value, Never>) { self.continuation = continuation }

    func resume(_ value: Value) {
        let waiting = continuation
        continuation = nil
        waiting?.resume(returning: value)
    }
}
