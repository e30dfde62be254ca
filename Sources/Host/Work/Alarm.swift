import Synchronization

/// Wakes the scheduler, which is made after what wakes it.
final class Alarm: Sendable {
    private let scheduler = Mutex<Scheduler?>(nil)

    func use(_ scheduler: Scheduler) { self.scheduler.withLock { $0 = scheduler } }

    func ring() { scheduler.withLock { $0 }?.wake() }
}
