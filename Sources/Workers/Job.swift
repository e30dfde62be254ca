/// One piece of queued work. Exactly one of the two closures is called, once.
struct Job: Sendable {
    /// Does the work and returns what tells its waiter, to be called after the books are kept.
    let perform: @Sendable () -> @Sendable () -> Void
    /// Tells the waiter that the work was taken out of the queue.
    let abandon: @Sendable () -> Void
}
