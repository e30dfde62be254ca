internal import PluginAPI

/// A customer's engagement score (seed 000 §4.2, whose names stay); what there is none of is null.
struct HealthScoreAnswer: Described {
    let healthScore: Int?
    let previousScore: Int?
    let trend: Trend?
    let riskLevel: RiskLevel?
    let factors: Factors
    let recommendations: [Recommendation]
    let insights: [String]
    /// The scores at the end of earlier days, the latest at the end.
    let history: [Day]

    static let schema = Schema<HealthScoreAnswer>.object(
        HealthScoreAnswer.init(
            healthScore:previousScore:trend:riskLevel:factors:recommendations:insights:history:),
        Field("healthScore", \.healthScore, .optional(.int(0...100)), note: "The engagement score"),
        Field("previousScore", \.previousScore, .optional(.int(0...100)), note: "At the end of an earlier day"),
        Field("trend", \.trend, .optional(.oneOf)), Field("riskLevel", \.riskLevel, .optional(.oneOf)),
        Field("factors", \.factors, Factors.schema),
        Field("recommendations", \.recommendations, .list(Recommendation.schema)),
        Field("insights", \.insights, .list(.string(1...300))), Field("history", \.history, .list(Day.schema)))

    struct Factors: Described {
        let activity: Factor
        let engagement: Factor
        let satisfaction: Factor

        static let schema = Schema<Factors>.object(
            Factors.init(activity:engagement:satisfaction:), Field("activity", \.activity, Factor.schema),
            Field("engagement", \.engagement, Factor.schema), Field("satisfaction", \.satisfaction, Factor.schema))
    }

    struct Factor: Described {
        let score: Int?
        let weight: Int
        let description: String
        /// Beyond the seed: what the score is made of.
        let inputs: [EngagementInput]

        static let schema = Schema<Factor>.object(
            Factor.init(score:weight:description:inputs:), Field("score", \.score, .optional(.int(0...100))),
            Field("weight", \.weight, .int(0...100)), Field("description", \.description, .string(1...200)),
            Field("inputs", \.inputs, .list(EngagementInput.schema)))

        init(score: Int?, weight: Int, description: String, inputs: [EngagementInput]) {
            self.score = score
            self.weight = weight
            self.description = description
            self.inputs = inputs
        }

        init(_ factor: EngagementFactor, _ description: String) {
            self.init(score: factor.score, weight: factor.weight, description: description, inputs: factor.inputs)
        }
    }

    struct Day: Described {
        let date: Day_
        let score: Int
        typealias Day_ = Time.Day

        static let schema = Schema<Day>.object(
            Day.init(date:score:), Field("date", \.date, Day_.schema), Field("score", \.score, .int(0...100)))
    }
}

extension HealthScoreAnswer {
    init(
        _ state: JourneyState, _ score: EngagementScore, _ predictions: Predictions,
        recommendations: [Recommendation], insights: [String], _ settings: LifecycleSettings, _ now: Instant
    ) {
        let earlier = state.scores.filter { $0.day < now.dayNumber }
        let previous = earlier.last?.score
        let trend = score.total.flatMap { total in previous.map { Trend(from: $0, to: total, settings) } }
        self.init(
            healthScore: score.total, previousScore: previous, trend: trend, riskLevel: predictions.risk,
            factors: Factors(
                activity: Factor(score.activity, "Recent case submissions and portal usage"),
                engagement: Factor(score.engagement, "Response to communications and feature usage"),
                satisfaction: Factor(score.satisfaction, "Case ratings and feedback scores")),
            recommendations: recommendations, insights: insights,
            history: earlier.map {
                Day(date: Zone.utc.day(at: Instant(seconds: Int64($0.day) * 86_400)), score: $0.score)
            })
    }
}
