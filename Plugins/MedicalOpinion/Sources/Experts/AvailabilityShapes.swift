internal import PluginAPI

/// When an expert takes cases, how many, and how many there are.
struct AvailabilityShown: Described {
    let accepting: Bool
    let awayFrom: Day?
    let awayUntil: Day?
    let capacity: Int
    let load: Int
    let availableToday: Bool
    let rating: RatingMean

    static let schema = Schema<AvailabilityShown>.object(
        AvailabilityShown.init(accepting:awayFrom:awayUntil:capacity:load:availableToday:rating:),
        Field("accepting", \.accepting, .bool), Field("awayFrom", \.awayFrom, .optional(Day.schema)),
        Field("awayUntil", \.awayUntil, .optional(Day.schema), note: "The last day; null for until further notice"),
        Field("capacity", \.capacity, .int(0...10_000)),
        Field("load", \.load, .int(0...1_000_000), note: "Cases they work on"),
        Field("availableToday", \.availableToday, .bool, note: "Accepting, not away, and with room"),
        Field("rating", \.rating, RatingMean.schema))
}

extension AvailabilityShown {
    init(_ row: ExpertRow, today: Day) {
        let availability = row.availability
        self.init(
            accepting: availability.isAccepting, awayFrom: availability.awayFrom, awayUntil: availability.awayUntil,
            capacity: row.capacity, load: row.load,
            availableToday: row.isActive && availability.isAccepting && !availability.isAway(on: today)
                && row.load < row.capacity, rating: RatingMean(row.rating))
    }
}

/// What customers say of an expert's opinions.
struct RatingMean: Described {
    let count: Int
    let mean: Double?
    static let schema = Schema<RatingMean>.object(
        RatingMean.init(count:mean:), Field("count", \.count, .int(0...1_000_000_000)),
        Field("mean", \.mean, .optional(.double(1...5)), note: "1 to 5; null without ratings"))
}

extension RatingMean {
    /// To two digits behind the point.
    init(_ rating: Rating) {
        self.init(count: rating.count, mean: rating.mean.map { ($0 * 100).rounded() / 100 })
    }
}

/// When an expert takes cases from now on. The whole of it: what is left out is as for whoever was never away.
struct NewAvailability: NamesExpert {
    let id: PersonID
    let accepting: Bool
    let awayFrom: Day?
    let awayUntil: Day?
    let capacity: Int?

    static let schema = Schema<NewAvailability>.object(
        NewAvailability.init(id:accepting:awayFrom:awayUntil:capacity:), Field("id", \.id, PersonID.schema, in: .path),
        Field("accepting", \.accepting, .bool, default: true), Field("awayFrom", \.awayFrom, .optional(Day.schema)),
        Field("awayUntil", \.awayUntil, .optional(Day.schema), note: "The last day; left out for until further notice"),
        Field("capacity", \.capacity, .optional(.int(1...10_000)), note: "Left out, it stays"))
}
