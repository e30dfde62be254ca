/// How often one key may do something.
public struct RateLimit: Sendable, Equatable {
    /// So many in so long, sliding.
    public struct Window: Sendable, Equatable {
        public let count: Int
        public let length: Duration

        public init(_ count: Int, each length: Duration) {
            self.count = count
            self.length = length
        }
    }

    /// Whose use is counted.
    public enum Key: Sendable, Equatable {
        /// The client's address; IPv6 by /64.
        case address
        /// The person signed in; the address for strangers.
        case person
        case apiKey
        case tenant
        /// The value of one of the input's fields.
        case field(String)
    }

    public let key: Key
    /// All of them hold at once.
    public let windows: [Window]

    public init(per key: Key, _ windows: [Window]) {
        self.key = key
        self.windows = windows
    }
}

/// A limit of one route; it takes the place of the plugin's general one for the same key.
public struct RouteLimit<Input: Sendable>: Sendable {
    let limit: RateLimit
    @usableFromInline let value: (@Sendable (Input) -> String)?

    /// Counted by who calls.
    public static func per(_ key: RateLimit.Key, _ windows: RateLimit.Window...) -> RouteLimit {
        RouteLimit(limit: RateLimit(per: key, windows), value: nil)
    }

    /// Counted by a field of the input, e.g. the phone number that gets a code.
    public static func per(
        _ name: String, _ value: @escaping @Sendable (Input) -> String, _ windows: RateLimit.Window...
    ) -> RouteLimit {
        RouteLimit(limit: RateLimit(per: .field(name), windows), value: value)
    }
}
