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
    /// Threads for what keeps a processor busy.
    public let threads: any WorkThreads
    /// The way to other people's servers.
    public let peers: any Peers
    /// The SHA-256 (FIPS 180-4) of bytes, 32 of them: for digests that others compute anew. What must not be guessed from its
    /// digest is found by a ``BlindIndex`` instead.
    public let sha256: @Sendable ([UInt8]) -> [UInt8]
    /// The texts of the tenant's folder `content/<plugin>`, by name; each has been through the plugin's own check.
    public let content: [ContentFile]
    /// The pictures beside them.
    public let pictures: any ContentPictures

    public init(
        tenant: Tenant, log: any Log, clock: any TimeSource, zones: ZoneDatabase, threads: any WorkThreads,
        peers: any Peers, sha256: @escaping @Sendable ([UInt8]) -> [UInt8], content: [ContentFile] = [],
        pictures: any ContentPictures = NoPictures()
    ) {
        self.tenant = tenant
        self.log = log
        self.clock = clock
        self.zones = zones
        self.threads = threads
        self.peers = peers
        self.sha256 = sha256
        self.content = content
        self.pictures = pictures
    }
}

/// Threads apart from the event loops, for work that keeps a processor busy for more than a millisecond or two: comparing
/// records, making documents. What takes minutes is a ``LongJob``.
public protocol WorkThreads: Sendable {
    /// Does the work on one of the threads. The places are few and shared fairly between tenants.
    ///
    /// - Throws: what the work throws; at once, when too much waits, an error that clients see as 503 with `Retry-After`.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T
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
