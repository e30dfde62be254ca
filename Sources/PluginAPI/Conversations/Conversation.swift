public import StoreAPI
public import Time

/// Messages between people under one title: customers on the one side, staff on the other.
public struct Conversation: Sendable, Equatable {
    /// Whether it goes on.
    public enum State: String, Sendable, CaseIterable, SQLConvertible {
        case open
        /// Dealt with; the next message that both sides see opens it again.
        case closed
        /// Over: nobody writes in it any more.
        case archived
    }

    /// How much it matters, in the words of whoever said so.
    public enum Priority: String, Sendable, CaseIterable, SQLConvertible {
        case normal, high, urgent
    }

    /// One of the two sides.
    public enum Side: String, Sendable, CaseIterable, SQLConvertible {
        case customer, staff
    }

    public let id: ConversationID
    /// Unique in the tenant; for dialects whose ids are whole numbers.
    public let number: Int
    /// The id of the plugin that it belongs to.
    public let plugin: String
    /// The name of its ``ConversationKind``.
    public let kind: String
    public let title: String
    /// What it is about, by the plugin's own words for kinds of subjects; nil for a conversation about nothing else.
    public let about: Reference?
    /// Whose it is; nil once the person has been erased.
    public let customer: PersonID?
    /// Where it belongs.
    public let branch: String?
    /// Who of the staff has taken it.
    public let assignee: PersonID?
    public let priority: Priority
    public let state: State
    /// Whether its messages lie sealed, and nothing of them is told outside of the portal.
    public let isSealed: Bool
    public let createdAt: Instant
    /// When the last message came that both sides see.
    public let updatedAt: Instant
    /// Messages that both sides see.
    public let messageCount: Int
    /// Since when a customer waits for an answer; nil while nobody does.
    public let waitingSince: Instant?

    /// A subject of the plugin.
    public struct Reference: Sendable, Equatable {
        public let kind: String
        public let id: String

        public init(kind: String, id: String) {
            self.kind = kind
            self.id = id
        }
    }

    public init(
        id: ConversationID, number: Int, plugin: String, kind: String, title: String, about: Reference?,
        customer: PersonID?, branch: String?, assignee: PersonID?, priority: Priority, state: State, isSealed: Bool,
        createdAt: Instant, updatedAt: Instant, messageCount: Int, waitingSince: Instant?
    ) {
        self.id = id
        self.number = number
        self.plugin = plugin
        self.kind = kind
        self.title = title
        self.about = about
        self.customer = customer
        self.branch = branch
        self.assignee = assignee
        self.priority = priority
        self.state = state
        self.isSealed = isSealed
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.messageCount = messageCount
        self.waitingSince = waitingSince
    }

    /// The conversation itself as a subject: of audit entries, notices and, where it is about nothing else, of permissions.
    public var subject: Subject {
        Subject(
            "conversation", id: id.rawValue, owner: customer, branch: branch,
            assignees: assignee.map { [$0] } ?? [])
    }
}
