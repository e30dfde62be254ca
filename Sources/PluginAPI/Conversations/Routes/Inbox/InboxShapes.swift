internal import Time

/// How the fields of an answer are named.
enum FieldNames: Sendable {
    case camel, snake

    /// A name in this style, from its words in camel case.
    func callAsFunction(_ name: String) -> String {
        guard self == .snake else { return name }
        return name.reduce(into: "") { out, character in
            if character.isUppercase { out += "_" + character.lowercased() } else { out.append(character) }
        }
    }
}

/// A conversation as the staff see it.
struct InboxConversation: Described {
    var id: ConversationID
    var number: Int
    var plugin: String
    var kind: String
    var subject: String
    var reference: String?
    var customer: InboxPerson?
    var assignee: InboxPerson?
    var branch: String?
    var state: Conversation.State
    var priority: Conversation.Priority
    var waitingSince: Instant?
    var unreadCount: Int
    var messageCount: Int
    var createdAt: Instant
    var updatedAt: Instant

    static let schema = made(.camel)

    static func made(_ name: FieldNames) -> Schema<Self> {
        let count = Schema<Int>.int(0...(1 << 53))
        return .object(
            Self.init(
                id:number:plugin:kind:subject:reference:customer:assignee:branch:state:priority:waitingSince:
                unreadCount:messageCount:createdAt:updatedAt:
            ),
            Field("id", \.id, ConversationID.schema), Field("number", \.number, count),
            Field("plugin", \.plugin, .string(1...64)), Field("kind", \.kind, .string(1...64)),
            Field("subject", \.subject, .string(0...200)),
            Field("reference", \.reference, .optional(.string(0...1000)), note: "What it is about."),
            Field("customer", \.customer, .optional(InboxPerson.schema)),
            Field("assignee", \.assignee, .optional(InboxPerson.schema)),
            Field("branch", \.branch, .optional(.string(0...200))), Field("state", \.state, Conversation.State.schema),
            Field("priority", \.priority, Conversation.Priority.schema),
            Field(
                name("waitingSince"), \.waitingSince, .optional(Instant.schema),
                note: "Since when the customer waits for an answer."),
            Field(name("unreadCount"), \.unreadCount, count, note: "Messages that the caller has not read."),
            Field(name("messageCount"), \.messageCount, count, note: "Messages that both sides see."),
            Field(name("createdAt"), \.createdAt, Instant.schema),
            Field(name("updatedAt"), \.updatedAt, Instant.schema))
    }
}

/// Somebody, in the staff's inbox.
struct InboxPerson: Described {
    var id: PersonID
    var name: String

    static let schema = Schema.object(
        Self.init(id:name:), Field("id", \.id, PersonID.schema), Field("name", \.name, .string(0...500)))
}

/// A message as the staff see it, notes among them.
struct InboxEntry: Described {
    var id: MessageID
    var number: Int
    var sender: InboxPerson?
    var side: Conversation.Side
    var isNote: Bool
    var type: String
    var text: String
    var priority: Conversation.Priority
    var sentAt: Instant
    var isUnread: Bool
    var attachments: [FileShown]
    var readBy: [ReaderShown]

    static let schema = made(.camel)

    static func made(_ name: FieldNames) -> Schema<Self> {
        .object(
            Self.init(
                id:number:sender:side:isNote:type:text:priority:sentAt:isUnread:attachments:readBy:),
            Field("id", \.id, MessageID.schema), Field("number", \.number, .int(0...(1 << 53))),
            Field("sender", \.sender, .optional(InboxPerson.schema)),
            Field("side", \.side, Conversation.Side.schema),
            Field(name("isNote"), \.isNote, .bool, note: "The staff's own: no customer is shown it."),
            Field("type", \.type, .string(1...64)), Field("text", \.text, .string(0...10_000)),
            Field("priority", \.priority, Conversation.Priority.schema),
            Field(name("sentAt"), \.sentAt, Instant.schema),
            Field(name("isUnread"), \.isUnread, .bool), Field("attachments", \.attachments, .list(file(name))),
            Field(name("readBy"), \.readBy, .list(reader(name))))
    }

    private static func file(_ name: FieldNames) -> Schema<FileShown> {
        name == .camel
            ? FileShown.schema
            : ThreadFile.schema.converted(
                to: {
                    FileShown(
                        id: $0.id, name: $0.name, size: $0.size, sizeBytes: $0.sizeBytes, type: $0.type,
                        downloadUrl: $0.downloadUrl)
                }, from: { ThreadFile($0) }, allowed: "a file")
    }

    private static func reader(_ name: FieldNames) -> Schema<ReaderShown> {
        .object(
            ReaderShown.init(id:name:readAt:), Field("id", \.id, PersonID.schema),
            Field("name", \.name, .string(0...500)), Field(name("readAt"), \.readAt, Instant.schema))
    }
}

/// Somebody who takes part, as the staff see it.
struct InboxParticipant: Described {
    var id: PersonID
    var name: String
    var side: Conversation.Side
    var joinedAt: Instant
    var leftAt: Instant?
    var lastReadAt: Instant?
    var unreadCount: Int

    static let schema = made(.camel)

    static func made(_ name: FieldNames) -> Schema<Self> {
        .object(
            Self.init(id:name:side:joinedAt:leftAt:lastReadAt:unreadCount:), Field("id", \.id, PersonID.schema),
            Field("name", \.name, .string(0...500)), Field("side", \.side, Conversation.Side.schema),
            Field(name("joinedAt"), \.joinedAt, Instant.schema),
            Field(name("leftAt"), \.leftAt, .optional(Instant.schema)),
            Field(name("lastReadAt"), \.lastReadAt, .optional(Instant.schema)),
            Field(name("unreadCount"), \.unreadCount, .int(0...(1 << 53))))
    }
}

/// What there is to do.
struct InboxCounts: Described {
    var waiting: Int
    var unassigned: Int
    var mine: Int
    var open: Int

    static let schema = Schema.object(
        Self.init(waiting:unassigned:mine:open:),
        Field("waiting", \.waiting, .int(0...(1 << 53)), note: "Customers who wait for an answer."),
        Field("unassigned", \.unassigned, .int(0...(1 << 53)), note: "Open ones that nobody has taken."),
        Field("mine", \.mine, .int(0...(1 << 53)), note: "Open ones that the caller has taken."),
        Field("open", \.open, .int(0...(1 << 53))))
}

/// The same in snake case, for the bare dialect.
struct SnakeConversation: Described {
    var whole: InboxConversation
    static let schema = InboxConversation.made(.snake).converted(
        to: { Self(whole: $0) }, from: { $0.whole }, allowed: "a conversation")
}

struct SnakeEntry: Described {
    var whole: InboxEntry
    static let schema = InboxEntry.made(.snake).converted(
        to: { Self(whole: $0) }, from: { $0.whole }, allowed: "a message")
}

struct SnakeParticipant: Described {
    var whole: InboxParticipant
    static let schema = InboxParticipant.made(.snake).converted(
        to: { Self(whole: $0) }, from: { $0.whole }, allowed: "a participant")
}

struct SnakeReply: Described {
    var whole: CannedReply
    static let schema = Schema.object(
        CannedReply.init(id:title:text:plugin:updatedAt:), Field("id", \.id, .string(1...64)),
        Field("title", \.title, .string(1...200)), Field("text", \.text, .string(1...10_000)),
        Field("plugin", \.plugin, .optional(.string(1...64))), Field("updated_at", \.updatedAt, Instant.schema)
    ).converted(to: { Self(whole: $0) }, from: { $0.whole }, allowed: "a reply")
}
