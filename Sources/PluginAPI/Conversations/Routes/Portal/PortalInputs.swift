/// Which messages are asked for.
struct PortalInboxAsked: Described {
    var type: String?
    var status: ReadStatus?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(type:status:page:limit:), Field("type", \.type, .optional(.string(1...64)), in: .query),
        Field("status", \.status, .optional(.oneOf), in: .query),
        Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 20))
}

/// Whom a message is for.
enum RecipientType: String, Sendable, CaseIterable { case professional, support }

/// A message to be sent: to the team or one of it, or into a thread.
struct PortalNewMessage: Described {
    var recipientType: RecipientType?
    var recipientId: PersonID?
    var caseNumber: String?
    var threadId: ConversationID?
    var subject: String?
    var message: String
    var attachments: [FileID]
    var priority: Conversation.Priority

    static let schema = Schema.object(
        Self.init(recipientType:recipientId:caseNumber:threadId:subject:message:attachments:priority:),
        Field("recipientType", \.recipientType, .optional(.oneOf)),
        Field("recipientId", \.recipientId, .optional(PersonID.schema)),
        Field("caseNumber", \.caseNumber, .optional(.string(1...100))),
        Field(
            "threadId", \.threadId, .optional(ConversationID.schema),
            note: "The thread that is answered; a new one begins without it."),
        Field("subject", \.subject, .optional(MessageFields.title), note: "Required for a new thread."),
        Field("message", \.message, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote),
        Field("priority", \.priority, Conversation.Priority.schema, default: .normal))
}

/// One message.
struct MessageNamed: Described {
    var id: MessageID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, MessageID.schema, in: .path))
}

/// One thread, by the name that seed 000's paths have for it.
struct PortalThreadNamed: Described {
    var threadId: ConversationID
    static let schema = Schema.object(
        Self.init(threadId:), Field("threadId", \.threadId, ConversationID.schema, in: .path))
}

/// A page of one thread.
struct PortalThreadAsked: Described {
    var threadId: ConversationID
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(threadId:page:limit:), Field("threadId", \.threadId, ConversationID.schema, in: .path),
        Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 50))
}
