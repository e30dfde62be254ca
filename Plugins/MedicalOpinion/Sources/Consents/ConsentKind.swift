internal import PluginAPI

/// What customers consent to, each by itself (GDPR art. 6, 7, 9).
enum ConsentKind: String, CaseIterable, Sendable, SQLConvertible {
    /// Their data about health are processed.
    case healthData = "health_data"
    /// Programs that learn help with their case.
    case aiUse = "ai_use"
    /// What is known of them serves research; `shareDataForResearch` of the profile is the same fact.
    case research
    /// They are told of offers; `allowMarketingEmails` of the profile, and what the preferences say, are the same fact.
    case marketing
}

/// Why a consent is not taken, or a case not sent.
enum ConsentRefusal: Refusal {
    case outdated, notPublished, required

    var problem: Problem {
        switch self {
        case .outdated:
            .conflict("CONSENT_OUTDATED", "This text has been replaced. Show the newest one, and ask again.")
        case .notPublished:
            .conflict("CONSENT_NOT_PUBLISHED", "There is no text yet that could be consented to.")
        case .required: .conflict("CONSENT_REQUIRED", "A consent is missing without which no case can be sent.")
        }
    }

    /// The same, naming what is missing.
    static func missing(_ kinds: [ConsentKind]) -> Problem {
        let names = kinds.map(\.rawValue)
        var problem = Problem.conflict(
            "CONSENT_REQUIRED",
            "A case is sent only with consent to \(names.joined(separator: ", ")): see GET /v1/portal/consents.")
        problem.details = ["missingConsents": .array(names.map { .string($0) })]
        return problem
    }
}
