public import PluginAPI
internal import Synchronization

/// The time of a test: it stands still until the test moves it.
public final class TestClock: TimeSource {
    private let instant: Mutex<Instant>

    /// 2027-03-08T09:00:00Z, a Monday; New York changes its clocks in the week that follows, Berlin in the third.
    public static let start = Instant(seconds: 1_804_496_400)

    /// A clock that shows this moment.
    public init(_ start: Instant = TestClock.start) { instant = Mutex(start) }

    /// What it shows.
    public var now: Instant { instant.withLock { $0 } }

    /// Moves it forward.
    public func advance(by time: Duration) { instant.withLock { $0 = $0 + time } }

    /// Sets it.
    public func set(_ moment: Instant) { instant.withLock { $0 = moment } }
}
