public import Time

/// One message of a conversation. It is never changed.
public struct ConversationMessage: Sendable, Equatable {
    public let id: MessageID
    /// Unique in the tenant and in the order of sending; for dialects whose ids are whole numbers.
    public let number: Int
    public let conversation: ConversationID
    /// From 1, in the order of sending, notes among them.
    public let position: Int
    /// In whose name it was sent; nil once the person has been erased.
    public let sender: PersonID?
    public let side: Conversation.Side
    /// Whether it is the staff's own: no customer is ever shown it.
    public let isNote: Bool
    /// What it is, in the plugin's words: the name of the conversation's kind unless the plugin said otherwise.
    public let type: String
    public let text: String
    public let priority: Conversation.Priority
    public let sentAt: Instant
    /// How many files it has; ``ReadTransaction/files(of:)`` has them.
    public let fileCount: Int

    public init(
        id: MessageID, number: Int, conversation: ConversationID, position: Int, sender: PersonID?,
        side: Conversation.Side, isNote: Bool, type: String, text: String, priority: Conversation.Priority,
        sentAt: Instant, fileCount: Int
    ) {
        self.id = id
        self.number = number
        self.conversation = conversation
        self.position = position
        self.sender = sender
        self.side = side
        self.isNote = isNote
        self.type = type
        self.text = text
        self.priority = priority
        self.sentAt = sentAt
        self.fileCount = fileCount
    }

    /// The beginning of the text on one line.
    public var preview: String { Self.preview(of: text) }

    /// The beginning of a text on one line.
    public static func preview(of text: String) -> String {
        var line = ""
        var length = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            for character in (line.isEmpty ? "" : " ") + word {
                guard length < 120 else { return line + "..." }
                line.append(character)
                length += 1
            }
        }
        return line
    }
}

/// A message in a person's inbox, with the conversation it belongs to.
public struct InboxMessage: Sendable, Equatable {
    public let message: ConversationMessage
    public let conversation: Conversation
    /// Whether another has sent it and the person has not read it.
    public let isUnread: Bool

    public init(message: ConversationMessage, conversation: Conversation, isUnread: Bool) {
        self.message = message
        self.conversation = conversation
        self.isUnread = isUnread
    }
}

/// What a person's conversations come to.
public struct ConversationTotals: Sendable, Equatable {
    public let unread: Int
    public let messages: Int
    /// When the last message came; nil before the first.
    public let lastActivity: Instant?

    public init(unread: Int, messages: Int, lastActivity: Instant?) {
        self.unread = unread
        self.messages = messages
        self.lastActivity = lastActivity
    }
}
