internal import PluginAPI

/// The answer of `GET /representative/{salesId}/dashboard`.
struct RepresentativeDashboard: Described {
    let salesId: PersonID
    let name: String
    let today: DayMetrics
    let metrics: PerformerMetrics
    let callbacks: Int
    let holding: Int
    let skillsScore: SkillsScore

    static let schema = Schema<RepresentativeDashboard>.object(
        RepresentativeDashboard.init(salesId:name:today:metrics:callbacks:holding:skillsScore:),
        Field("salesId", \.salesId, PersonID.schema), Field("name", \.name, .string(0...201)),
        Field("today", \.today, DayMetrics.schema, note: "Today in the company's zone"),
        Field("metrics", \.metrics, PerformerMetrics.schema, note: "Of the period"),
        Field("callbacks", \.callbacks, .count, note: "Agreed on and not made"),
        Field("holding", \.holding, .count, note: "Customers in their hands"),
        Field("skillsScore", \.skillsScore, SkillsScore.schema))
}

/// A representative of the team's dashboard.
struct TeamMember: Described {
    let salesId: PersonID
    let name: String
    let team: String?
    let metrics: PerformerMetrics
    let holding: Int

    static let schema = Schema<TeamMember>.object(
        TeamMember.init(salesId:name:team:metrics:holding:), Field("salesId", \.salesId, PersonID.schema),
        Field("name", \.name, .string(0...201)), Field("team", \.team, .optional(.string(0...100))),
        Field("metrics", \.metrics, PerformerMetrics.schema), Field("holding", \.holding, .count))
}

/// Seed 004's scores of a representative, from the calls of the last 90 days; null with fewer than five calls.
struct SkillsScore: Described, Equatable {
    let communication: Double?
    let persuasion: Double?
    let empathy: Double?

    static let schema = Schema<SkillsScore>.object(
        SkillsScore.init(communication:persuasion:empathy:),
        Field("communication", \.communication, .optional(.percent), note: "The mean quality score"),
        Field(
            "persuasion", \.persuasion, .optional(.percent), note: "Successful calls in percent of those that reached"),
        Field("empathy", \.empathy, .optional(.percent), note: "The mean sentiment score, from 0 to 100"))

    /// Calls before which nothing is said.
    static let least = 5

    init(communication: Double?, persuasion: Double?, empathy: Double?) {
        self.communication = communication
        self.persuasion = persuasion
        self.empathy = empathy
    }

    init(_ sums: CallSums) {
        guard sums.calls >= Self.least else {
            self.init(communication: nil, persuasion: nil, empathy: nil)
            return
        }
        self.init(
            communication: Rounded.mean(sums.qualitySum, of: sums.calls),
            persuasion: Rounded.percent(sums.successes, of: sums.reached),
            empathy: Rounded.twoDecimals((Double(sums.moodSum) / Double(sums.calls) + 100) / 2))
    }
}

extension Reading where Self: ~Copyable {
    /// A representative's scores.
    borrowing func skills(of rep: PersonID) throws(StoreError) -> SkillsScore {
        guard let range = InstantRange(start: now - .seconds(90 * 86_400), end: now + .seconds(120)) else {
            return SkillsScore(CallSums())
        }
        return SkillsScore(try sums(in: range, of: rep))
    }
}

/// The input of `GET /representative/{salesId}/dashboard`.
struct OwnPeriodAsked: Described {
    let salesId: PersonID
    let startDate: LocalMoment?
    let endDate: LocalMoment?
    let timeZone: Zone?

    static let schema = Schema<OwnPeriodAsked>.object(
        OwnPeriodAsked.init(salesId:startDate:endDate:timeZone:),
        Field("salesId", \.salesId, PersonID.schema, in: .path),
        Field("startDate", \.startDate, .optional(LocalMoment.schema), in: .query),
        Field("endDate", \.endDate, .optional(LocalMoment.schema), in: .query),
        Field("timeZone", \.timeZone, .optional(Zone.schema), in: .query, note: "The company's without it"))
}
