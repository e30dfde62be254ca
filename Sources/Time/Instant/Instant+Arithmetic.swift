extension Instant: InstantProtocol {
    /// Orders by time.
    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The instant `duration` later; what is finer than a microsecond is cut off. Stops at `minimum` and `maximum`.
    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        // Two instants are at most 3.2e11 s apart, so clamping here loses nothing and keeps the product in range.
        let bounded = Swift.min(Swift.max(seconds, -1_000_000_000_000), 1_000_000_000_000)
        return Instant(microseconds: microseconds + bounded * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// The time from this instant to `other`; negative where `other` is earlier.
    public func duration(to other: Instant) -> Duration { .microseconds(other.microseconds - microseconds) }

    /// The instant `duration` later; what is finer than a microsecond is cut off. Stops at `minimum` and `maximum`.
    public static func + (instant: Instant, duration: Duration) -> Instant { instant.advanced(by: duration) }

    /// The instant `duration` earlier; what is finer than a microsecond is cut off. Stops at `minimum` and `maximum`.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let bounded = Swift.min(Swift.max(seconds, -1_000_000_000_000), 1_000_000_000_000)
        return Instant(microseconds: instant.microseconds - bounded * 1_000_000 - attoseconds / 1_000_000_000_000)
    }

    /// The time from `right` to `left`.
    public static func - (left: Instant, right: Instant) -> Duration { right.duration(to: left) }
}
