import PluginAPI
import Synchronization

/// A clock that a test sets.
final class MovableClock: TimeSource {
    private let moment: Mutex<Instant>

    init(_ now: Instant = Instant(seconds: 1_760_000_000)) { moment = Mutex(now) }

    var now: Instant { moment.withLock { $0 } }

    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
