internal import Time

/// A conversation as whoever takes part in it sees it.
struct ConversationShown: Described {
    var id: ConversationID
    var plugin: String
    var kind: String
    var subject: String
    var reference: String?
    var state: Conversation.State
    var priority: Conversation.Priority
    var unreadCount: Int
    var messageCount: Int
    var isArchived: Bool
    var createdAt: Instant
    var updatedAt: Instant

    static let schema = Schema.object(
        Self.init(
            id:plugin:kind:subject:reference:state:priority:unreadCount:messageCount:isArchived:createdAt:updatedAt:),
        Field("id", \.id, ConversationID.schema), Field("plugin", \.plugin, .string(1...64)),
        Field("kind", \.kind, .string(1...64)), Field("subject", \.subject, .string(0...200)),
        .leftOutWhenNil("reference", \.reference, .optional(.string(0...1000)), note: "What it is about."),
        Field("state", \.state, Conversation.State.schema),
        Field("priority", \.priority, Conversation.Priority.schema),
        Field("unreadCount", \.unreadCount, .int(0...(1 << 53))),
        Field("messageCount", \.messageCount, .int(0...(1 << 53))),
        Field("isArchived", \.isArchived, .bool, note: "Whether the caller has put it away."),
        Field("createdAt", \.createdAt, Instant.schema), Field("updatedAt", \.updatedAt, Instant.schema))
}

/// A message as whoever takes part sees it.
struct MessageShown: Described {
    var id: MessageID
    var conversationId: ConversationID
    var from: SenderShown
    var text: String
    var sentAt: Instant
    var isMine: Bool
    var isRead: Bool
    var priority: Conversation.Priority
    var attachments: [FileShown]
    var readBy: [ReaderShown]

    static let schema = Schema.object(
        Self.init(id:conversationId:from:text:sentAt:isMine:isRead:priority:attachments:readBy:),
        Field("id", \.id, MessageID.schema), Field("conversationId", \.conversationId, ConversationID.schema),
        Field("from", \.from, SenderShown.schema), Field("text", \.text, .string(0...10_000)),
        Field("sentAt", \.sentAt, Instant.schema), Field("isMine", \.isMine, .bool),
        Field(
            "isRead", \.isRead, .bool, note: "By the caller; of the caller's own messages, by anybody of the others."),
        Field("priority", \.priority, Conversation.Priority.schema),
        Field("attachments", \.attachments, .list(FileShown.schema)),
        Field("readBy", \.readBy, .list(ReaderShown.schema)))
}

/// What is unread.
struct UnreadShown: Described {
    var unreadCount: Int
    var lastActivity: Instant?

    static let schema = Schema.object(
        Self.init(unreadCount:lastActivity:), Field("unreadCount", \.unreadCount, .int(0...(1 << 53))),
        Field("lastActivity", \.lastActivity, .optional(Instant.schema)))
}

/// Which conversations are asked for.
struct ConversationsAsked: Described {
    var archived: Bool
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(archived:page:limit:),
        Field("archived", \.archived, .bool, in: .query, default: false, note: "Those that were put away."),
        Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 20))
}

/// One conversation.
struct ConversationNamed: Described {
    var id: ConversationID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, ConversationID.schema, in: .path))
}

/// A page of one conversation's messages.
struct MessagesAsked: Described {
    var id: ConversationID
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(id:page:limit:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 50))
}

/// A conversation that begins.
struct ConversationBegun: Described {
    var kind: String?
    var reference: String?
    var subject: String
    var text: String
    var attachments: [FileID]
    var priority: Conversation.Priority

    static let schema = Schema.object(
        Self.init(kind:reference:subject:text:attachments:priority:),
        Field("kind", \.kind, .optional(.string(1...64))),
        Field("reference", \.reference, .optional(.string(1...1000)), note: "What it is about."),
        Field("subject", \.subject, MessageFields.title), Field("text", \.text, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote),
        Field("priority", \.priority, Conversation.Priority.schema, default: .normal))
}

/// An answer in a conversation.
struct ConversationReply: Described {
    var id: ConversationID
    var text: String
    var attachments: [FileID]

    static let schema = Schema.object(
        Self.init(id:text:attachments:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("text", \.text, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote))
}

/// A message to the team.
struct ChatMessage: Described {
    var text: String
    var attachments: [FileID]

    static let schema = Schema.object(
        Self.init(text:attachments:), Field("text", \.text, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote))
}

/// A page of the chat.
struct ChatAsked: Described {
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(page:limit:), Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 50))
}
