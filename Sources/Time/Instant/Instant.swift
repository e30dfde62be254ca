/// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
/// Always within the years 0001...9999 of UTC; arithmetic that would leave them stops at the first or last instant,
/// so every instant has an RFC 3339 text.
public struct Instant: Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    public let microseconds: Int64

    /// 1970-01-01T00:00:00Z.
    public static let epoch = Instant(microseconds: 0)
    /// 0001-01-01T00:00:00Z.
    public static let minimum = Instant(microseconds: lowest)
    /// 9999-12-31T23:59:59.999999Z.
    public static let maximum = Instant(microseconds: highest)

    static let lowest: Int64 = -62_135_596_800_000_000
    static let highest: Int64 = 253_402_300_799_999_999

    /// The instant this many microseconds after 1970-01-01T00:00:00Z, or the nearest within the years 0001...9999.
    public init(microseconds: Int64) {
        self.microseconds = Swift.min(Swift.max(microseconds, Self.lowest), Self.highest)
    }

    /// The instant this many seconds after 1970-01-01T00:00:00Z, or the nearest within the years 0001...9999.
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        self.init(microseconds: overflow ? (seconds > 0 ? .max : .min) : product)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down: the Unix time.
    public var seconds: Int64 { Civil.floorDivide(microseconds, 1_000_000) }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded down.
    public var milliseconds: Int64 { Civil.floorDivide(microseconds, 1000) }

    /// What `source` shows now; the system's clock unless told otherwise.
    public static func now(_ source: some TimeSource = .system) -> Instant { source.now }
}
