public import Time

/// What a tenant lends to one plugin instance for as long as it lives. Stores are lent by calls instead.
public struct Services: Sendable {
    /// Whose portal it is.
    public let tenant: Tenant
    /// Writes to the operator's log, with tenant and plugin already in it.
    public let log: any Log
    /// The time; tests set it.
    public let clock: any TimeSource
    /// Looks up zones by name.
    public let zones: ZoneDatabase

    public init(tenant: Tenant, log: any Log, clock: any TimeSource, zones: ZoneDatabase) {
        self.tenant = tenant
        self.log = log
        self.clock = clock
        self.zones = zones
    }
}

/// The operator's log. Personal data and secrets have no place in it.
public protocol Log: Sendable {
    /// One line: what happened in a few fixed words, and facts as fields.
    func write(_ level: LogLevel, _ message: StaticString, _ fields: [String: String])
}

/// How much a line matters.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case debug, info, warning, error

    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.order < right.order }
    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
