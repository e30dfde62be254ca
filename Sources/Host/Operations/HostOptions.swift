public import PluginAPI

/// What an operator decides when starting the host.
public struct HostOptions: Sendable {
    /// The folder of tenants: `<slug>/tenant.json` and what belongs to it.
    public var tenants: String
    /// The folder of data: one folder for each tenant, and the host's own database.
    public var data: String
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port: UInt16 = 8080
    /// The port on which TLS is spoken, for tenants that have a certificate; 0 takes a free one, nil speaks none.
    public var tlsPort: UInt16?
    /// A port that sends everyone to ``tlsPort``.
    public var redirectPort: UInt16?
    /// The operator's own certificate and key, PEM files, for names that no tenant's certificate covers.
    public var tlsFiles: (certificate: String, key: String)?
    /// A PEM file with the authorities whose certificates are believed when the host asks others; the system's when nil.
    public var outboundAuthorities: String?
    /// Tenants answer at `<slug>.<baseDomain>`.
    public var baseDomain = "localhost"
    /// A file with the master key: 32 bytes as base64. Without it the environment's `PORTICO_MASTER_KEY` counts.
    public var masterKeyFile: String?
    /// Addresses and blocks of addresses (`10.0.0.0/8`) of proxies that tell who their clients are.
    public var trustedProxies: [String] = []
    /// Whether servers that tenants name may be on private and loopback addresses.
    public var allowsPrivateTargets = false
    /// Loads demo data, captures messages, shows `/_dev/`; only on loopback.
    public var isDemo = false
    /// In the demo, each tenant also answers on a port of its own, counted from ``port``.
    public var hasDemoPorts = true
    /// Multiplies every rate limit, for load tests.
    public var rateLimitScale = 1
    /// Event loops; one for each core when nil.
    public var loops: Int?
    /// Lines below this level are left out of the log.
    public var logLevel = LogLevel.info
    /// Lines for people instead of JSON.
    public var logsForPeople = false
    /// The time; tests set it.
    public var clock: any TimeSource = .system

    public init(tenants: String, data: String) {
        self.tenants = tenants
        self.data = data
    }
}

extension HostOptions {
    /// The level of a word; nil when it is none.
    public static func logLevel(_ word: String) -> LogLevel? { LogLevel(rawValue: word) }
}

/// Why the host does not start; every reason names what to change.
public struct StartFailure: Error, Sendable, CustomStringConvertible {
    /// For the operator.
    public let description: String

    init(_ description: String) { self.description = description }
}
