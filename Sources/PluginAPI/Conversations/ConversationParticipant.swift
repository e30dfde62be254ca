public import Time

/// Somebody who takes part in a conversation, and how far they have read.
public struct ConversationParticipant: Sendable, Equatable {
    public let person: PersonID
    public let side: Conversation.Side
    public let joinedAt: Instant
    /// When they left; nil while they take part.
    public let leftAt: Instant?
    /// The ``ConversationMessage/position`` up to which they have read; 0 before that.
    public let lastRead: Int
    public let lastReadAt: Instant?
    /// Messages of others that they may see and have not read.
    public let unread: Int
    /// When they put it away; the next message brings it back.
    public let shelvedAt: Instant?

    public init(
        person: PersonID, side: Conversation.Side, joinedAt: Instant, leftAt: Instant?, lastRead: Int,
        lastReadAt: Instant?, unread: Int, shelvedAt: Instant?
    ) {
        self.person = person
        self.side = side
        self.joinedAt = joinedAt
        self.leftAt = leftAt
        self.lastRead = lastRead
        self.lastReadAt = lastReadAt
        self.unread = unread
        self.shelvedAt = shelvedAt
    }

    /// Whether they take part now.
    public var isPresent: Bool { leftAt == nil }
}

/// Somebody read a conversation up to a message.
public struct ReadReceipt: Sendable, Equatable {
    public let person: PersonID
    public let side: Conversation.Side
    /// The ``ConversationMessage/position`` of the last message they had read then.
    public let position: Int
    public let at: Instant

    public init(person: PersonID, side: Conversation.Side, position: Int, at: Instant) {
        self.person = person
        self.side = side
        self.position = position
        self.at = at
    }
}
