internal import PluginAPI

/// The input of `POST /representative/calls/{id}/dispute`.
struct NewDispute: Described {
    let id: String
    let reason: String

    static let schema = Schema<NewDispute>.object(
        NewDispute.init(id:reason:), Field("id", \.id, .id, in: .path),
        Field("reason", \.reason, .string(1...2000), note: "Why the score is not right"))
}

/// The input of `GET /representative/disputes`.
struct DisputesAsked: Described {
    let state: DisputeState?
    let page: Int
    let limit: Int

    static let schema = Schema<DisputesAsked>.object(
        DisputesAsked.init(state:page:limit:), Field("state", \.state, .optional(.oneOf), in: .query),
        Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

/// The input of `POST /admin/disputes/{id}/decide`.
struct DisputeDecision: Described {
    /// What a supervisor does about a score.
    enum Word: String, CaseIterable, Sendable {
        case uphold, correct

        var state: DisputeState { self == .uphold ? .upheld : .corrected }
    }

    let id: String
    let decision: Word
    let explanation: String
    let correction: CallChange?

    static let schema = Schema<DisputeDecision>.object(
        DisputeDecision.init(id:decision:explanation:correction:), Field("id", \.id, .id, in: .path),
        Field("decision", \.decision, .oneOf),
        Field("explanation", \.explanation, .string(1...2000), note: "For the representative"),
        Field(
            "correction", \.correction, .optional(CallChange.schema),
            note: "What is corrected of the call: its score follows from that. Needed to correct, and only then"))

    /// What the call is like after the decision.
    ///
    /// - Throws: ``Problem`` where decision and correction do not go together.
    func facts(from facts: CallFacts) throws(Problem) -> CallFacts {
        switch (decision, correction) {
        case (.uphold, nil): return facts
        case (.uphold, _): throw .invalid("correction", .notAllowed, "must be left out where the score is upheld")
        case (.correct, nil): throw .invalid("correction", .missing, "is required where the score is corrected")
        case (.correct, let change?):
            let corrected = change.applied(to: facts)
            guard corrected.quality != facts.quality else {
                throw .invalid("correction", .notAllowed, "must change the quality score, which stays \(facts.quality)")
            }
            return corrected
        }
    }
}
