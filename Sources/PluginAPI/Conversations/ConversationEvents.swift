/// Somebody has sent a message that both sides see. The host publishes it for every plugin's conversations, to whoever
/// takes part in them; topics, webhooks and listeners of plugins read it under its name, and look at ``plugin``.
///
/// Of sealed conversations it says nothing that was written in them.
public struct MessagePosted: Event {
    public static let name = "portico.message"

    public var messageId: String
    /// As ``ConversationMessage/number``.
    public var messageNumber: Int
    public var conversationId: String
    /// As ``Conversation/number``.
    public var conversationNumber: Int
    public var plugin: String
    public var kind: String
    /// The kind of the subject it is about, and its id; empty for nothing else.
    public var aboutKind: String
    public var aboutId: String
    public var senderId: String
    /// The sender's name.
    public var from: String
    /// `customer` or `staff`.
    public var side: String
    public var preview: String
    public var isUrgent: Bool

    public init(
        messageId: String, messageNumber: Int, conversationId: String, conversationNumber: Int, plugin: String,
        kind: String, aboutKind: String, aboutId: String, senderId: String, from: String, side: String,
        preview: String, isUrgent: Bool
    ) {
        self.messageId = messageId
        self.messageNumber = messageNumber
        self.conversationId = conversationId
        self.conversationNumber = conversationNumber
        self.plugin = plugin
        self.kind = kind
        self.aboutKind = aboutKind
        self.aboutId = aboutId
        self.senderId = senderId
        self.from = from
        self.side = side
        self.preview = preview
        self.isUrgent = isUrgent
    }

    public static let schema = Schema.object(
        Self.init(
            messageId:messageNumber:conversationId:conversationNumber:plugin:kind:aboutKind:aboutId:senderId:from:side:
            preview:isUrgent:),
        Field("messageId", \.messageId, .string(1...64)), Field("messageNumber", \.messageNumber, .int(0...(1 << 53))),
        Field("conversationId", \.conversationId, .string(1...64)),
        Field("conversationNumber", \.conversationNumber, .int(0...(1 << 53))),
        Field("plugin", \.plugin, .string(1...64)), Field("kind", \.kind, .string(1...64)),
        Field("aboutKind", \.aboutKind, .string(0...100)), Field("aboutId", \.aboutId, .string(0...1000)),
        Field("senderId", \.senderId, .string(1...64)), Field("from", \.from, .string(0...500)),
        Field("side", \.side, .string(1...20)), Field("preview", \.preview, .string(0...500)),
        Field("isUrgent", \.isUrgent, .bool))
}

/// Somebody has read messages of others. The host publishes it for every plugin's conversations, to listeners alone.
public struct MessagesRead: Event {
    public static let name = "portico.messages-read"

    public var conversationId: String
    public var plugin: String
    /// The kind of the subject it is about, and its id; empty for nothing else.
    public var aboutKind: String
    public var aboutId: String
    public var readerId: String
    /// `customer` or `staff`.
    public var side: String
    /// How many there were that the reader had not read before.
    public var count: Int

    public init(
        conversationId: String, plugin: String, aboutKind: String, aboutId: String, readerId: String, side: String,
        count: Int
    ) {
        self.conversationId = conversationId
        self.plugin = plugin
        self.aboutKind = aboutKind
        self.aboutId = aboutId
        self.readerId = readerId
        self.side = side
        self.count = count
    }

    public static let schema = Schema.object(
        Self.init(conversationId:plugin:aboutKind:aboutId:readerId:side:count:),
        Field("conversationId", \.conversationId, .string(1...64)), Field("plugin", \.plugin, .string(1...64)),
        Field("aboutKind", \.aboutKind, .string(0...100)), Field("aboutId", \.aboutId, .string(0...1000)),
        Field("readerId", \.readerId, .string(1...64)), Field("side", \.side, .string(1...20)),
        Field("count", \.count, .int(1...1000)))
}

/// Something changed in the staff's inbox. It says nothing of what was written.
public struct InboxChanged: Event {
    public static let name = "portico.inbox"

    public var conversationId: String
    public var plugin: String
    /// `message`, `note`, `assigned`, `released`, `closed`, `reopened`, `archived`, `priority`.
    public var change: String
    public var assigneeId: String?
    public var isWaiting: Bool

    public init(conversationId: String, plugin: String, change: String, assigneeId: String?, isWaiting: Bool) {
        self.conversationId = conversationId
        self.plugin = plugin
        self.change = change
        self.assigneeId = assigneeId
        self.isWaiting = isWaiting
    }

    public static let schema = Schema.object(
        Self.init(conversationId:plugin:change:assigneeId:isWaiting:),
        Field("conversationId", \.conversationId, .string(1...64)), Field("plugin", \.plugin, .string(1...64)),
        Field("change", \.change, .string(1...40)), Field("assigneeId", \.assigneeId, .optional(.string(1...64))),
        Field("isWaiting", \.isWaiting, .bool, note: "Whether a customer waits for an answer."))
}
