import Glibc
// The toolchain's module that happens to define `timespec`; member import visibility wants it named.
import SwiftOverlayShims

/// Where the present comes from: the system's clock when serving, a hand-set one in tests.
public protocol TimeSource: Sendable {
    /// The present instant. Cheap enough for every request; may go back when the operator sets the clock.
    var now: Instant { get }
}

/// The system's wall clock, to the microsecond.
public struct SystemTime: TimeSource {
    /// The system's wall clock.
    public init() {}

    /// The present instant (`CLOCK_REALTIME`), read without entering the kernel.
    public var now: Instant {
        var time = timespec()
        // Safe: libc writes one timespec, into a local variable of exactly that type, before the call returns.
        // It cannot fail for CLOCK_REALTIME and a valid address.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

extension TimeSource where Self == SystemTime {
    /// The system's wall clock.
    public static var system: SystemTime { SystemTime() }
}
