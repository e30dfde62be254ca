internal import PluginAPI

/// What of an expert decides what they can answer.
struct ExpertToMatch: Sendable {
    let person: PersonID
    let name: String
    let title: String
    /// The main one in front.
    let specialties: [String]
    /// BCP 47.
    let languages: [String]
    let isActive: Bool
    let availability: Availability
    let capacity: Int
    /// Cases they work on.
    let load: Int
    let licences: [HeldLicence]
    let ties: [Tie]
    let rating: Rating
    /// Whether one of them acts for the other's account.
    let isOfTheFamily: Bool
    /// Who said that they must not have this case; nil for nobody.
    let ruledOut: Conflict.Kind?
    /// What became of the last invitation to this case.
    let lastInvitation: InvitationState?
}

/// When an expert takes cases.
struct Availability: Hashable, Sendable {
    let isAccepting: Bool
    let awayFrom: Day?
    /// The last day of it; nil for no end known.
    let awayUntil: Day?

    func isAway(on day: Day) -> Bool {
        guard let awayFrom, awayFrom <= day else { return false }
        return awayUntil.map { day <= $0 } ?? true
    }
}

/// What customers say of an expert's opinions.
struct Rating: Hashable, Sendable {
    /// How many said something.
    let count: Int
    /// Of the numbers 1 to 5.
    let sum: Int

    /// 1 to 5; nil where nobody has said anything.
    var mean: Double? { count > 0 ? Double(sum) / Double(count) : nil }
}

/// Where an invitation stands.
enum InvitationState: String, CaseIterable, Sendable, SQLConvertible {
    case open, accepted, declined, expired
    /// The case was given to another, or is over, or its staff took the invitation back.
    case withdrawn
}
