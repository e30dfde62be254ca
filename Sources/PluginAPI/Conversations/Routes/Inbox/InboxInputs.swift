/// Whose conversations are asked for.
enum InboxAssignment: Sendable, Equatable {
    case nobody, mine
    case person(PersonID)

    static let schema: Schema<InboxAssignment> = .text(
        JSONSchema(["type": "string"]), allowed: "none, me or the id of a person", sample: { "usr_\($0)" },
        parse: { text in
            switch text {
            case "none": .nobody
            case "me": .mine
            case "": nil
            default: text.utf8.count <= 64 ? .person(PersonID(rawValue: text)) : nil
            }
        },
        write: { assignment, writer in
            switch assignment {
            case .nobody: writer.value("none")
            case .mine: writer.value("me")
            case .person(let person): writer.value(person.rawValue)
            }
        })
}

extension ConversationFilter.Order: Described {
    public static let schema = Schema<ConversationFilter.Order>.oneOf
}

/// Which conversations of the inbox are asked for.
struct InboxAsked: Described {
    var state: [Conversation.State]
    var assignee: InboxAssignment?
    var kind: String?
    var plugin: String?
    var customer: PersonID?
    var waiting: Bool?
    var order: ConversationFilter.Order
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(state:assignee:kind:plugin:customer:waiting:order:page:limit:),
        Field(
            "state", \.state, .list(Conversation.State.schema, 0...3), in: .query, default: [.open],
            note: "Several by commas."),
        Field(
            "assignee", \.assignee, .optional(InboxAssignment.schema), in: .query,
            note: "none for the queue, me, or the id of a person."),
        Field("kind", \.kind, .optional(.string(1...64)), in: .query),
        Field("plugin", \.plugin, .optional(.string(1...64)), in: .query),
        Field("customer", \.customer, .optional(PersonID.schema), in: .query),
        Field("waiting", \.waiting, .optional(.bool), in: .query, note: "Whether the customer waits for an answer."),
        Field("order", \.order, ConversationFilter.Order.schema, in: .query, default: .waiting),
        Field("page", \.page, MessageFields.page, in: .query, default: 1),
        Field("limit", \.limit, MessageFields.limit, in: .query, default: 50))
}

/// A conversation that the staff begin.
struct InboxBegun: Described {
    var customer: PersonID
    var kind: String?
    var reference: String?
    var subject: String
    var message: String
    var attachments: [FileID]
    var priority: Conversation.Priority

    static let schema = Schema.object(
        Self.init(customer:kind:reference:subject:message:attachments:priority:),
        Field("customer", \.customer, PersonID.schema), Field("kind", \.kind, .optional(.string(1...64))),
        Field("reference", \.reference, .optional(.string(1...1000)), note: "What it is about."),
        Field("subject", \.subject, MessageFields.title), Field("message", \.message, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote),
        Field("priority", \.priority, Conversation.Priority.schema, default: .normal))
}

/// An answer or a note.
struct InboxMessageSent: Described {
    var id: ConversationID
    var text: String
    var attachments: [FileID]
    var priority: Conversation.Priority

    static let schema = Schema.object(
        Self.init(id:text:attachments:priority:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("text", \.text, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote),
        Field(
            "priority", \.priority, Conversation.Priority.schema, default: .normal,
            note: "urgent reaches who lets emergencies through even when nothing else may disturb."))
}

/// Who is to have a conversation.
struct InboxAssigned: Described {
    var id: ConversationID
    var assignee: PersonID

    static let schema = Schema.object(
        Self.init(id:assignee:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("assignee", \.assignee, PersonID.schema))
}

/// How much a conversation matters.
struct InboxPriority: Described {
    var id: ConversationID
    var priority: Conversation.Priority

    static let schema = Schema.object(
        Self.init(id:priority:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("priority", \.priority, Conversation.Priority.schema))
}

/// Somebody who is to take part.
struct InboxJoined: Described {
    var id: ConversationID
    var person: PersonID
    var side: Conversation.Side

    static let schema = Schema.object(
        Self.init(id:person:side:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("person", \.person, PersonID.schema),
        Field("side", \.side, Conversation.Side.schema, default: .staff))
}

/// Somebody who is to take part no more.
struct InboxLeft: Described {
    var id: ConversationID
    var person: PersonID

    static let schema = Schema.object(
        Self.init(id:person:), Field("id", \.id, ConversationID.schema, in: .path),
        Field("person", \.person, PersonID.schema, in: .path))
}
