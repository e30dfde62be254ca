internal import PluginAPI

/// A customer's engagement score has changed.
struct EngagementScoreChanged: Event {
    static let name = "medical-opinion.engagement-score-changed"

    let customerId: PersonID
    let previousScore: Int?
    let currentScore: Int
    let trend: Trend
    /// What became of the factors that changed.
    let factors: [String: String]

    static let schema = Schema<EngagementScoreChanged>.object(
        EngagementScoreChanged.init(customerId:previousScore:currentScore:trend:factors:),
        Field("customerId", \.customerId, PersonID.schema),
        Field("previousScore", \.previousScore, .optional(.int(0...100))),
        Field("currentScore", \.currentScore, .int(0...100)), Field("trend", \.trend, .oneOf),
        Field("factors", \.factors, .map(.string(1...64))))

    private init(
        customerId: PersonID, previousScore: Int?, currentScore: Int, trend: Trend, factors: [String: String]
    ) {
        self.customerId = customerId
        self.previousScore = previousScore
        self.currentScore = currentScore
        self.trend = trend
        self.factors = factors
    }

    /// - Returns: nil when the score is as it was.
    init?(of customer: PersonID, from old: EngagementScore, to new: EngagementScore, _ settings: LifecycleSettings) {
        guard let current = new.total, current != old.total else { return nil }
        var factors: [String: String] = [:]
        for (name, before, after) in [
            ("activity", old.activity, new.activity), ("engagement", old.engagement, new.engagement),
            ("satisfaction", old.satisfaction, new.satisfaction),
        ] where before.score != after.score {
            factors[name] = (after.score ?? 0) > (before.score ?? 0) ? "increased_\(name)" : "decreased_\(name)"
        }
        self.init(
            customerId: customer, previousScore: old.total, currentScore: current,
            trend: Trend(from: old.total ?? 0, to: current, settings),
            factors: factors)
    }
}

/// The data of `health_score_update` (seed 000 §7.1).
struct HealthScoreUpdate: Described {
    let previousScore: Int?
    let currentScore: Int
    let trend: Trend
    let factors: [String: String]

    static let schema = Schema<HealthScoreUpdate>.object(
        HealthScoreUpdate.init(previousScore:currentScore:trend:factors:),
        Field("previousScore", \.previousScore, .optional(.int(0...100))),
        Field("currentScore", \.currentScore, .int(0...100)), Field("trend", \.trend, .oneOf),
        Field("factors", \.factors, .map(.string(1...64))))
}

extension MedicalOpinion {
    /// How a change of the score goes on the wire.
    func healthScoreUpdate(_ event: EngagementScoreChanged) -> HealthScoreUpdate? {
        HealthScoreUpdate(
            previousScore: event.previousScore, currentScore: event.currentScore, trend: event.trend,
            factors: event.factors)
    }
}
