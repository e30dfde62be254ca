import PluginAPI

/// How much a customer of one plan may ask: by the hour, by the day and in one second.
struct TierNumbers: Sendable, Hashable {
    var perHour: Int
    var perDay: Int
    var perSecond: Int

    /// The numbers of seed 000 §10.1.
    static let free = TierNumbers(perHour: 100, perDay: 1000, perSecond: 10)
    static let standard = TierNumbers(perHour: 500, perDay: 5000, perSecond: 25)
    static let premium = TierNumbers(perHour: 2000, perDay: 20_000, perSecond: 50)

    /// - Parameter numbers: those of members that are left out.
    static func schema(default numbers: TierNumbers) -> Schema<TierNumbers> {
        Schema.object(
            Self.init(perHour:perDay:perSecond:),
            Field("perHour", \.perHour, .int(1...10_000_000), default: numbers.perHour, note: "Requests in an hour"),
            Field("perDay", \.perDay, .int(1...100_000_000), default: numbers.perDay, note: "Requests in a day"),
            Field(
                "perSecond", \.perSecond, .int(1...10_000), default: numbers.perSecond, note: "Requests in one second")
        )
    }

    /// The same as a limit of each person.
    var limit: RateLimit {
        RateLimit(
            per: .person,
            [
                RateLimit.Window(perHour, each: .seconds(3600)), RateLimit.Window(perDay, each: .seconds(86_400)),
                RateLimit.Window(perSecond, each: .seconds(1)),
            ])
    }
}

/// The numbers of all plans at one tenant: `limits.tiers`.
struct TierTable: Described, Equatable {
    var free = TierNumbers.free
    var standard = TierNumbers.standard
    var premium = TierNumbers.premium

    static let schema = Schema.object(
        Self.init(free:standard:premium:),
        Field("free", \.free, TierNumbers.schema(default: .free), default: .free),
        Field("standard", \.standard, TierNumbers.schema(default: .standard), default: .standard),
        Field("premium", \.premium, TierNumbers.schema(default: .premium), default: .premium))

    subscript(plan: Plan) -> TierNumbers {
        switch plan {
        case .free: free
        case .standard: standard
        case .premium: premium
        }
    }
}

extension RateLimit {
    /// Pages and static files, which no tier counts (contract §4).
    static let pages = RateLimit(per: .address, [Window(600, each: .seconds(60))])
}
