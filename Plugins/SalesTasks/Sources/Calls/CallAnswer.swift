internal import PluginAPI

/// The answer of `POST /representative/call-completion` (seed 004).
struct CallRecorded: Described {
    let callId: String
    /// Minutes.
    let duration: Double
    let nextActions: [NextAction]
    let performance: CallPerformance

    static let schema = Schema<CallRecorded>.object(
        CallRecorded.init(callId:duration:nextActions:performance:), Field("callId", \.callId, .id),
        Field("duration", \.duration, .amount, note: "In minutes, by the call's times"),
        Field("nextActions", \.nextActions, .list(NextAction.schema)),
        Field("performance", \.performance, CallPerformance.schema))
}

/// How a call is judged.
struct CallPerformance: Described, Equatable {
    let callQualityScore: Int
    let sentimentScore: Double
    let suggestedImprovements: [String]
    let qualityInputs: [QualityInput]

    init(_ facts: CallFacts) {
        self.init(
            callQualityScore: facts.quality, sentimentScore: Double(facts.mood) / 100,
            suggestedImprovements: facts.suggestedImprovements, qualityInputs: facts.qualityInputs)
    }

    private init(
        callQualityScore: Int, sentimentScore: Double, suggestedImprovements: [String], qualityInputs: [QualityInput]
    ) {
        self.callQualityScore = callQualityScore
        self.sentimentScore = sentimentScore
        self.suggestedImprovements = suggestedImprovements
        self.qualityInputs = qualityInputs
    }

    static let schema = Schema<CallPerformance>.object(
        CallPerformance.init(callQualityScore:sentimentScore:suggestedImprovements:qualityInputs:),
        Field("callQualityScore", \.callQualityScore, .int(0...100)),
        Field("sentimentScore", \.sentimentScore, .double(-1...1)),
        Field("suggestedImprovements", \.suggestedImprovements, .list(.string(1...300))),
        Field("qualityInputs", \.qualityInputs, .list(QualityInput.schema), note: "What the quality score is made of"))
}
