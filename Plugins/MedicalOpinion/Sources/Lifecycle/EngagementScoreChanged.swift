internal import PluginAPI

/// A customer's engagement score has changed (seed 000 §7.1); also the data of `health_score_update`.
struct EngagementScoreChanged: Event {
    static let name = "medical-opinion.engagement-score-changed"

    let previousScore: Int?
    let currentScore: Int
    let trend: Trend
    /// What became of the factors that changed.
    let factors: [String: String]

    static let schema = Schema<EngagementScoreChanged>.object(
        EngagementScoreChanged.init(previousScore:currentScore:trend:factors:),
        Field("previousScore", \.previousScore, .optional(.int(0...100))),
        Field("currentScore", \.currentScore, .int(0...100)), Field("trend", \.trend, .oneOf),
        Field("factors", \.factors, .map(.string(1...64))))

    private init(previousScore: Int?, currentScore: Int, trend: Trend, factors: [String: String]) {
        self.previousScore = previousScore
        self.currentScore = currentScore
        self.trend = trend
        self.factors = factors
    }

    /// - Returns: nil when the score is as it was.
    init?(from old: EngagementScore, to new: EngagementScore, _ settings: LifecycleSettings) {
        guard let current = new.total, current != old.total else { return nil }
        var factors: [String: String] = [:]
        for (name, before, after) in [
            ("activity", old.activity, new.activity), ("engagement", old.engagement, new.engagement),
            ("satisfaction", old.satisfaction, new.satisfaction),
        ] where before.score != after.score {
            factors[name] = (after.score ?? 0) > (before.score ?? 0) ? "increased_\(name)" : "decreased_\(name)"
        }
        self.init(
            previousScore: old.total, currentScore: current, trend: Trend(from: old.total ?? 0, to: current, settings),
            factors: factors)
    }
}

extension MedicalOpinion {
    /// How a change of the score goes on the wire.
    func healthScoreUpdate(_ event: EngagementScoreChanged) -> EngagementScoreChanged? { event }
}
