/// Which conversations are asked for. Whatever is not said does not matter.
public struct ConversationFilter: Sendable {
    /// Who has it.
    public enum Assignment: Sendable, Equatable {
        case nobody
        case person(PersonID)
    }

    /// Which ones come first.
    public enum Order: String, Sendable, CaseIterable {
        /// Those whose customers wait longest, then those that changed last.
        case waiting
        /// Those that changed last.
        case recent
    }

    /// Takes part in it now.
    public var participant: PersonID?
    /// Whether taking part on the staff's side counts; the customer's always does.
    public var countsStaff = false
    /// Whether the participant has put it away.
    public var isShelved: Bool?
    public var states: [Conversation.State] = []
    public var assignment: Assignment?
    public var kinds: [String] = []
    /// The id of a plugin; for the host, which sees those of all.
    public var plugin: String?
    public var about: Conversation.Reference?
    public var customer: PersonID?
    /// Whether a customer waits for an answer.
    public var isWaiting: Bool?
    /// What staff may see of it; nil for everything.
    public var reach: Reach?
    /// Who asks for the staff: what is their own as a customer is left out.
    public var colleague: PersonID?
    public var order = Order.recent

    public init() {}
}

/// Which messages of an inbox are asked for.
public struct InboxFilter: Sendable {
    /// As ``ConversationMessage/type``.
    public var type: String?
    /// Whether they were read.
    public var isRead: Bool?
    /// Whether those in conversations count in which the person takes part for the staff.
    public var countsStaff: Bool

    public init(type: String? = nil, isRead: Bool? = nil, countsStaff: Bool = false) {
        self.type = type
        self.isRead = isRead
        self.countsStaff = countsStaff
    }
}
