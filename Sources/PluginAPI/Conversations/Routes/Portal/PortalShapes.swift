internal import Time

/// A message in the message centre of seed 000 §6.1.
struct PortalMessage: Described {
    var id: MessageID
    var threadId: ConversationID
    var type: String
    var from: SenderShown
    var subject: String
    var preview: String
    var timestamp: Instant
    var status: ReadStatus
    var priority: Conversation.Priority
    var attachments: [FileShown]
    var actions: [PortalAction]
    /// The whole text; in lists there is the preview alone.
    var message: String?
    /// Who of the others has read it, and when.
    var readBy: [ReaderShown]?

    static let schema = Schema.object(
        Self.init(
            id:threadId:type:from:subject:preview:timestamp:status:priority:attachments:actions:message:readBy:),
        Field("id", \.id, MessageID.schema), Field("threadId", \.threadId, ConversationID.schema),
        Field("type", \.type, .string(1...64)), Field("from", \.from, SenderShown.schema),
        Field("subject", \.subject, .string(0...200)), Field("preview", \.preview, .string(0...500)),
        Field("timestamp", \.timestamp, Instant.schema), Field("status", \.status, .oneOf),
        Field("priority", \.priority, Conversation.Priority.schema),
        Field("attachments", \.attachments, .list(FileShown.schema)),
        Field("actions", \.actions, .list(PortalAction.schema)),
        .leftOutWhenNil("message", \.message, .optional(.string(0...10_000)), note: "The whole text."),
        .leftOutWhenNil("readBy", \.readBy, .optional(.list(ReaderShown.schema))))
}

/// Whether a message was read.
enum ReadStatus: String, Sendable, CaseIterable { case unread, read }

/// What can be done about a message.
struct PortalAction: Described {
    var type: String
    var label: String
    var url: String?

    static let schema = Schema.object(
        Self.init(type:label:url:), Field("type", \.type, .string(1...64)), Field("label", \.label, .string(1...600)),
        .leftOutWhenNil("url", \.url, .optional(.string(1...2000))))
}

/// Somebody who has read a message.
struct ReaderShown: Described {
    var id: PersonID
    var name: String
    var readAt: Instant

    static let schema = Schema.object(
        Self.init(id:name:readAt:), Field("id", \.id, PersonID.schema), Field("name", \.name, .string(0...500)),
        Field("readAt", \.readAt, Instant.schema))
}

/// The inbox of seed 000 §6.1.
struct PortalInbox: Described {
    var messages: [PortalMessage]
    var summary: PortalSummary
    var pagination: PageShown

    static let schema = Schema.object(
        Self.init(messages:summary:pagination:), Field("messages", \.messages, .list(PortalMessage.schema)),
        Field("summary", \.summary, PortalSummary.schema), Field("pagination", \.pagination, PageShown.schema))
}

struct PortalSummary: Described {
    var unreadCount: Int
    var totalMessages: Int
    var lastActivity: Instant?

    static let schema = Schema.object(
        Self.init(unreadCount:totalMessages:lastActivity:),
        Field("unreadCount", \.unreadCount, .int(0...(1 << 53))),
        Field("totalMessages", \.totalMessages, .int(0...(1 << 53))),
        Field("lastActivity", \.lastActivity, .optional(Instant.schema)))
}

/// One thread with its messages.
struct PortalThread: Described {
    var id: ConversationID
    var type: String
    var subject: String
    var caseNumber: String?
    var state: Conversation.State
    var priority: Conversation.Priority
    var participants: [SenderShown]
    var unreadCount: Int
    var createdAt: Instant
    var updatedAt: Instant
    var messages: [PortalMessage]
    var pagination: PageShown

    static let schema = Schema.object(
        Self.init(
            id:type:subject:caseNumber:state:priority:participants:unreadCount:createdAt:updatedAt:messages:pagination:
        ),
        Field("id", \.id, ConversationID.schema), Field("type", \.type, .string(1...64)),
        Field("subject", \.subject, .string(0...200)),
        .leftOutWhenNil("caseNumber", \.caseNumber, .optional(.string(1...100))),
        Field("state", \.state, Conversation.State.schema),
        Field("priority", \.priority, Conversation.Priority.schema),
        Field("participants", \.participants, .list(SenderShown.schema)),
        Field("unreadCount", \.unreadCount, .int(0...(1 << 53))), Field("createdAt", \.createdAt, Instant.schema),
        Field("updatedAt", \.updatedAt, Instant.schema),
        Field("messages", \.messages, .list(PortalMessage.schema), note: "The oldest first."),
        Field("pagination", \.pagination, PageShown.schema))
}

/// What reading has come to.
struct PortalRead: Described {
    var id: MessageID
    var threadId: ConversationID
    var status: ReadStatus
    var unreadCount: Int

    static let schema = Schema.object(
        Self.init(id:threadId:status:unreadCount:), Field("id", \.id, MessageID.schema),
        Field("threadId", \.threadId, ConversationID.schema), Field("status", \.status, .oneOf),
        Field("unreadCount", \.unreadCount, .int(0...(1 << 53)), note: "Unread messages in all threads."))
}
