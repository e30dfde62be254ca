internal import PluginAPI

/// What came of a call, finer than seed 004's three outcomes.
enum Disposition: String, CaseIterable, Sendable, SQLConvertible {
    case sale = "SALE"
    case callback = "CALLBACK"
    case notInterested = "NOT_INTERESTED"
    case doNotCall = "DO_NOT_CALL"
    case wrongNumber = "WRONG_NUMBER"
    case noAnswer = "NO_ANSWER"
    case busy = "BUSY"
    case voicemail = "VOICEMAIL"
    /// Neither outcome nor disposition was said.
    case unspecified = "UNSPECIFIED"
}

/// What came of a call (seed 004).
enum Outcome: String, CaseIterable, Sendable, SQLConvertible {
    case successful = "SUCCESSFUL"
    case needsFollowUp = "NEEDS_FOLLOWUP"
    case notInterested = "NOT_INTERESTED"
}

extension Disposition {
    /// The seed's word; nil where it has none.
    var outcome: Outcome? {
        switch self {
        case .sale: .successful
        case .callback: .needsFollowUp
        case .notInterested, .doNotCall: .notInterested
        case .wrongNumber, .noAnswer, .busy, .voicemail, .unspecified: nil
        }
    }

    /// Whether somebody was spoken to.
    var isReached: Bool { outcome != nil }

    /// What both say together; nil when they contradict each other.
    static func of(_ outcome: Outcome?, _ disposition: Disposition?) -> Disposition? {
        switch (outcome, disposition) {
        case (nil, nil): .unspecified
        case (nil, let disposition?): disposition
        case (.successful?, nil): .sale
        case (.needsFollowUp?, nil): .callback
        case (.notInterested?, nil): .notInterested
        // Whom nobody reached is called again, which the seed can only say so.
        case (.needsFollowUp?, let disposition?) where !disposition.isReached: disposition
        case (let outcome?, let disposition?): disposition.outcome == outcome ? disposition : nil
        }
    }
}

/// How somebody felt about a call (seed 004).
enum Sentiment: String, CaseIterable, Sendable, SQLConvertible {
    case positive = "POSITIVE"
    case neutral = "NEUTRAL"
    case negative = "NEGATIVE"
}

/// How well a call could be heard (seed 004).
enum AudioQuality: String, CaseIterable, Sendable, SQLConvertible {
    case good = "GOOD"
    case average = "AVERAGE"
    case poor = "POOR"
}

/// Something that went wrong in a call (seed 004).
struct RecordedIssue: Described, Equatable {
    let type: String
    let description: String
    let severity: Priority

    static let schema = Schema<RecordedIssue>.object(
        RecordedIssue.init(type:description:severity:), Field("type", \.type, .string(1...100)),
        Field("description", \.description, .string(1...1000)),
        Field("severity", \.severity, .oneOf, default: .medium))
}

/// What the customer said of a call (seed 004).
struct CustomerFeedback: Described, Equatable {
    let rating: Double?
    let comments: String?

    static let schema = Schema<CustomerFeedback>.object(
        CustomerFeedback.init(rating:comments:), Field("rating", \.rating, .optional(.double(1...5))),
        Field("comments", \.comments, .optional(.string(0...2000))))
}
