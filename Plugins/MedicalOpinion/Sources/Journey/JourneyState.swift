internal import PluginAPI

/// All that is kept of a customer's events to tell of their journey: small however many events there were. It is folded
/// from the events in their order, in integers alone, so that folding them one by one as they come and all of them anew
/// give the same.
struct JourneyState: Described, Equatable {
    /// When the first event happened.
    var joinedAt: Instant?
    /// When the latest event happened that was folded.
    var lastEventAt: Instant?
    /// When the customer last did something themselves.
    var lastActAt: Instant?
    /// How often each kind of event happened.
    var counts: [String: Int] = [:]
    var stages: [StageSpan] = []
    var milestones: [Milestone] = []
    /// The weeks of the last quarter in which the customer did something.
    var weeks: [ActiveWeek] = []
    var cases = CaseRecord()
    var money = MoneyRecord()
    var persona = PersonaRecord()
    /// The engagement score at the end of the days on which something happened, the last thirty of them.
    var scores: [DayScore] = []

    static let schema = Schema<JourneyState>.object(
        JourneyState.init(
            joinedAt:lastEventAt:lastActAt:counts:stages:milestones:weeks:cases:money:persona:scores:),
        Field("joinedAt", \.joinedAt, .optional(Instant.schema)),
        Field("lastEventAt", \.lastEventAt, .optional(Instant.schema)),
        Field("lastActAt", \.lastActAt, .optional(Instant.schema)), Field("counts", \.counts, .map(.tally)),
        Field("stages", \.stages, .list(StageSpan.schema)), Field("milestones", \.milestones, .list(Milestone.schema)),
        Field("weeks", \.weeks, .list(ActiveWeek.schema)), Field("cases", \.cases, CaseRecord.schema),
        Field("money", \.money, MoneyRecord.schema), Field("persona", \.persona, PersonaRecord.schema),
        Field("scores", \.scores, .list(DayScore.schema)))

    /// How often something happened.
    func count(_ kind: LifecycleEvent.Kind) -> Int { counts[kind.rawValue] ?? 0 }

    /// Whether the customer has done anything yet.
    var hasActed: Bool { lastActAt != nil }

    /// Where they stand.
    var stage: JourneyStage { stages.last?.stage ?? .onboarding }

    /// Days since their last act; nil when there was none.
    func idleDays(at now: Instant) -> Int? { lastActAt.map { max(0, $0.days(to: now)) } }
}

extension Schema where Value == Int {
    /// How many; a sum may fall below nothing.
    static var tally: Schema<Int> { .int(-(1 << 53)...(1 << 53)) }
}

extension Instant {
    /// The number of its day in UTC, from 1970-01-01.
    var dayNumber: Int { Int((Double(microseconds) / 86_400_000_000).rounded(.down)) }

    /// Whole days until another moment.
    func days(to other: Instant) -> Int { Int((other.microseconds - microseconds) / 86_400_000_000) }
}
