/// What conversations refuse beyond what every route can.
public enum ConversationRefusal: Refusal {
    case archived, taken, tooMany, tooManyParticipants, full, customersOnly

    public var problem: Problem {
        switch self {
        case .archived: .conflict("CONVERSATION_ARCHIVED", "This conversation is over. Please begin a new one.")
        case .taken: .conflict("ALREADY_ASSIGNED", "Somebody else has taken this conversation.")
        case .tooMany: .conflict("TOO_MANY_CONVERSATIONS", "So many conversations are open that no more can be begun.")
        case .tooManyParticipants: .conflict("TOO_MANY_PARTICIPANTS", "No more people can take part in it.")
        case .customersOnly: Problem(403, "CUSTOMERS_ONLY", "Staff begin conversations in their inbox.")
        case .full: .conflict("CONVERSATION_FULL", "This conversation is as long as it can be. Please begin a new one.")
        }
    }
}
