internal import PluginAPI

/// What came of the opinions of one specialty, one professional, or all, that were delivered in a time.
struct ReportLine: Described {
    /// The professional's; nil for other lines.
    let id: PersonID?
    let name: String
    let delivered: Int
    /// From sending to delivery, the customer's own delays among them.
    let medianMinutes: Int?
    let p90Minutes: Int?
    /// How many of those that had a time were delivered in it, 0 to 1.
    let withinTime: Double?
    let rated: Int
    let meanRating: Double?

    static let schema = Schema<ReportLine>.object(
        ReportLine.init(id:name:delivered:medianMinutes:p90Minutes:withinTime:rated:meanRating:),
        .leftOutWhenNil("id", \.id, .optional(PersonID.schema)), Field("name", \.name, .string(0...300)),
        Field("delivered", \.delivered, .tally),
        Field("medianMinutes", \.medianMinutes, .optional(.tally), note: "From sending to delivery"),
        Field("p90Minutes", \.p90Minutes, .optional(.tally), note: "Nine of ten were faster, or as fast"),
        Field(
            "withinTime", \.withinTime, .optional(.share),
            note: "Of those that had an expert's time to keep, the share that kept it"),
        Field("rated", \.rated, .tally), Field("meanRating", \.meanRating, .optional(.double(1...5))))
}

/// Collects what a line says.
struct ReportTally {
    private var minutes: [Int] = []
    private var timed = 0
    private var inTime = 0
    private var rated = 0
    private var stars = 0

    /// Adds a delivered opinion.
    mutating func add(_ opinion: DeliveredOpinion) {
        minutes.append(max(0, Int((opinion.delivered - opinion.submitted) / 60_000_000)))
        if let expected = opinion.expected {
            timed += 1
            if opinion.delivered <= expected { inTime += 1 }
        }
    }

    mutating func add(rating: Int) {
        rated += 1
        stars += rating
    }

    func line(_ name: String, id: PersonID? = nil) -> ReportLine {
        let sorted = minutes.sorted()
        return ReportLine(
            id: id, name: name, delivered: sorted.count, medianMinutes: Self.rank(50, of: sorted),
            p90Minutes: Self.rank(90, of: sorted), withinTime: Self.quotient(inTime, timed), rated: rated,
            meanRating: Self.quotient(stars, rated))
    }

    /// The nearest rank: the least value that so many in a hundred do not exceed.
    static func rank(_ percent: Int, of sorted: [Int]) -> Int? {
        guard !sorted.isEmpty else { return nil }
        return sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
    }

    /// To three digits.
    private static func quotient(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : (Double(part) / Double(whole) * 1000).rounded() / 1000
    }
}

/// An opinion that was delivered, as reports see it; moments in microseconds.
struct DeliveredOpinion: Record {
    let specialty: String
    let expert: PersonID?
    let submitted: Int64
    let delivered: Int64
    let expected: Int64?
    let rating: Int?
    /// Whose opinion was rated: a case may have gone on with another.
    let ratedExpert: PersonID?

    static let select: SQL = """
        SELECT specialty, expert_id, submitted_at, delivered_at, expected_at, rating,
            rated_expert_id
        FROM medicalopinion_case
        """

    init(row: borrowing Row) throws(StoreError) {
        specialty = try row.get(at: 0)
        expert = try row.get(at: 1)
        submitted = try row.get(at: 2)
        delivered = try row.get(at: 3)
        expected = try row.get(at: 4)
        rating = try row.get(at: 5)
        ratedExpert = try row.get(at: 6)
    }
}
