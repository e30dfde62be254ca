internal import PluginAPI

/// A customer's persona (seed 000 §5.1); what there is none of is null or empty.
struct PersonaAnswer: Described {
    let persona: Shown
    let insights: [String]
    let recommendations: PersonaRecommendations?
    /// Beyond the seed: why it is this one.
    let explanation: Explanation

    static let schema = Schema<PersonaAnswer>.object(
        PersonaAnswer.init(persona:insights:recommendations:explanation:), Field("persona", \.persona, Shown.schema),
        Field("insights", \.insights, .list(.string(1...300))),
        Field("recommendations", \.recommendations, .optional(PersonaRecommendations.schema)),
        Field("explanation", \.explanation, Explanation.schema))

    struct Shown: Described {
        let type: PersonaType?
        let confidence: Double
        let lastUpdated: Instant?
        let characteristics: PersonaCharacteristics?
        let preferences: PersonaPreferences?
        let behaviorPredictors: BehaviorPredictors

        static let schema = Schema<Shown>.object(
            Shown.init(type:confidence:lastUpdated:characteristics:preferences:behaviorPredictors:),
            Field("type", \.type, .optional(PersonaType.schema)), Field("confidence", \.confidence, .share),
            Field("lastUpdated", \.lastUpdated, .optional(Instant.schema)),
            Field("characteristics", \.characteristics, .optional(PersonaCharacteristics.schema)),
            Field("preferences", \.preferences, .optional(PersonaPreferences.schema)),
            Field("behaviorPredictors", \.behaviorPredictors, BehaviorPredictors.schema))
    }

    struct Explanation: Described {
        let source: PersonaVerdict.Source
        let signals: [PersonaSignal]

        static let schema = Schema<Explanation>.object(
            Explanation.init(source:signals:),
            Field("source", \.source, .oneOf, note: "Computed, chosen by the customer, switched off, or unknown yet"),
            Field("signals", \.signals, .list(PersonaSignal.schema)))
    }

    init(persona: Shown, insights: [String], recommendations: PersonaRecommendations?, explanation: Explanation) {
        self.persona = persona
        self.insights = insights
        self.recommendations = recommendations
        self.explanation = explanation
    }

    init(_ state: JourneyState, _ predictions: Predictions) {
        let verdict = PersonaVerdict(state)
        let traits = verdict.type?.traits
        self.init(
            persona: Shown(
                type: verdict.type, confidence: verdict.confidence,
                lastUpdated: verdict.source == .unknown ? nil : state.lastEventAt,
                characteristics: traits?.characteristics, preferences: traits?.preferences,
                behaviorPredictors: BehaviorPredictors(predictions)),
            insights: traits?.insights ?? [], recommendations: traits?.recommendations,
            explanation: Explanation(source: verdict.source, signals: verdict.signals))
    }
}
