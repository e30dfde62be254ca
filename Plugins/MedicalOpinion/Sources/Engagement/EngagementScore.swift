internal import PluginAPI

/// How much a customer uses the service, 0 to 100: what seed 000 §4.2 calls the health score. It says nothing of anybody's
/// health. README.md has the formulas.
struct EngagementScore: Sendable, Equatable {
    /// Of what a customer did of late.
    let activity: EngagementFactor
    /// Of how they answer and what they use.
    let engagement: EngagementFactor
    /// Of how they rate.
    let satisfaction: EngagementFactor
    /// The weighted mean of the factors that something is known of, halves to the even number; nil before the first act.
    let total: Int?

    init(_ state: JourneyState, _ settings: LifecycleSettings, at now: Instant) {
        let weights = settings.weights
        activity = EngagementFactor(weight: weights.activity, Self.activity(state, settings, now))
        engagement = EngagementFactor(weight: weights.engagement, Self.engagement(state))
        satisfaction = EngagementFactor(weight: weights.satisfaction, Self.satisfaction(state))
        let known = [activity, engagement, satisfaction].compactMap { factor in
            factor.score.map { (score: $0, weight: factor.weight) }
        }
        let weight = known.reduce(0) { $0 + $1.weight }
        total =
            state.hasActed && weight > 0
            ? Rounding.quotient(known.reduce(0) { $0 + $1.score * $1.weight }, weight) : nil
    }

    private static func activity(
        _ state: JourneyState, _ settings: LifecycleSettings, _ now: Instant
    ) -> [EngagementInput] {
        guard let idle = state.idleDays(at: now) else { return [] }
        // A week without an act costs nothing; from there it falls evenly until the customer counts as inactive.
        let fall = max(1, settings.inactiveAfterDays - 7)
        let recency = Rounding.quotient(100 * max(0, fall - max(0, idle - 7)), fall)
        let week = now.dayNumber / 7
        let days = state.weeks.filter { $0.week > week - 13 && $0.week <= week }.reduce(0) {
            $0 + $1.days.nonzeroBitCount
        }
        let recentCase = state.cases.active > 0 || state.cases.lastAt.map { $0.days(to: now) < 180 } ?? false
        return [
            EngagementInput("days_since_last_activity", idle, score: recency, weight: 40),
            EngagementInput(
                "active_days_in_13_weeks", days, score: min(100, Rounding.quotient(days * 100, 12)), weight: 30),
            EngagementInput("active_cases", state.cases.active, score: recentCase ? 100 : 0, weight: 30),
        ]
    }

    private static func engagement(_ state: JourneyState) -> [EngagementInput] {
        guard state.hasActed else { return [] }
        var inputs: [EngagementInput] = []
        func share(_ name: String, _ part: LifecycleEvent.Kind, of whole: LifecycleEvent.Kind, weight: Int) {
            let (part, whole) = (state.count(part), state.count(whole))
            guard whole > 0 else { return }
            inputs.append(
                EngagementInput(name, part, score: min(100, Rounding.quotient(part * 100, whole)), weight: weight))
        }
        share("messages_read", .messageRead, of: .messageReceived, weight: 25)
        share("requests_answered", .informationProvided, of: .informationRequested, weight: 25)
        share("opinions_read", .opinionRead, of: .opinionDelivered, weight: 20)
        let read = state.count(.contentRead)
        inputs.append(EngagementInput("articles_read", read, score: min(100, read * 20), weight: 15))
        let features: [LifecycleEvent.Kind] = [
            .profileCompleted, .deviceRegistered, .preferencesChanged, .messageSent, .documentUploaded,
        ]
        let used = features.count { state.count($0) > 0 }
        inputs.append(EngagementInput("features_used", used, score: used * 20, weight: 15))
        return inputs
    }

    private static func satisfaction(_ state: JourneyState) -> [EngagementInput] {
        let ratings = state.cases.ratings
        guard !ratings.isEmpty else { return [] }
        let above = ratings.reduce(0) { $0 + $1 - 1 }
        return [
            EngagementInput(
                "ratings", ratings.count, score: Rounding.quotient(above * 25, ratings.count), weight: 100)
        ]
    }
}

/// One of the three factors.
struct EngagementFactor: Sendable, Equatable {
    /// The weighted mean of its inputs; nil when there are none.
    let score: Int?
    let weight: Int
    let inputs: [EngagementInput]

    init(weight: Int, _ inputs: [EngagementInput]) {
        self.weight = weight
        self.inputs = inputs
        let sum = inputs.reduce(0) { $0 + $1.weight }
        score = sum > 0 ? Rounding.quotient(inputs.reduce(0) { $0 + $1.score * $1.weight }, sum) : nil
    }
}

/// A number that a factor goes by, and what it counts for.
struct EngagementInput: Described, Equatable {
    let name: String
    /// What was counted.
    let value: Int
    /// What that is worth, 0 to 100.
    let score: Int
    /// Its weight among the inputs of its factor.
    let weight: Int

    init(name: String, value: Int, score: Int, weight: Int) {
        self.name = name
        self.value = value
        self.score = score
        self.weight = weight
    }

    init(_ name: String, _ value: Int, score: Int, weight: Int) {
        self.init(name: name, value: value, score: score, weight: weight)
    }

    static let schema = Schema<EngagementInput>.object(
        EngagementInput.init(name:value:score:weight:), Field("name", \.name, .string(1...64)),
        Field("value", \.value, .tally), Field("score", \.score, .int(0...100)),
        Field("weight", \.weight, .int(0...100)))
}

/// How whole numbers are divided.
enum Rounding {
    /// The nearest whole number to `part / whole`, halves to the even one. `whole` is above 0.
    static func quotient(_ part: Int, _ whole: Int) -> Int {
        let (quotient, rest) = part.quotientAndRemainder(dividingBy: whole)
        if rest * 2 > whole || rest * 2 == whole && quotient % 2 != 0 { return quotient + 1 }
        return quotient
    }

    /// The nearest number with two decimals.
    static func twoDecimals(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
