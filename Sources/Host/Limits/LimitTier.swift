import PluginAPI

/// How much a customer may ask, by plan (seed 000 §10.1): by the hour, by the day and in one second.
enum LimitTier: String, Sendable, CaseIterable {
    case free, standard, premium

    /// The tier's limit for each person.
    var limit: RateLimit {
        switch self {
        case .free: Self.limit(hour: 100, day: 1000, burst: 10)
        case .standard: Self.limit(hour: 500, day: 5000, burst: 25)
        case .premium: Self.limit(hour: 2000, day: 20_000, burst: 50)
        }
    }

    private static func limit(hour: Int, day: Int, burst: Int) -> RateLimit {
        RateLimit(
            per: .person,
            [
                RateLimit.Window(hour, each: .seconds(3600)), RateLimit.Window(day, each: .seconds(86400)),
                RateLimit.Window(burst, each: .seconds(1)),
            ])
    }
}

extension RateLimit {
    /// Pages and static files, which no tier counts.
    static let pages = RateLimit(per: .address, [Window(600, each: .seconds(60))])
}
