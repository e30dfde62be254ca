internal import Time

/// A thread in seed 003's list.
struct ThreadListed: Described {
    var id: Int
    var subject: String
    var caseID: Int?
    var createdAt: Instant
    var updatedAt: Instant
    var unreadCount: Int

    static let schema = Schema.object(
        Self.init(id:subject:caseID:createdAt:updatedAt:unreadCount:), Field("id", \.id, ThreadFields.number),
        Field("subject", \.subject, .string(0...200)), Field("case", \.caseID, .optional(ThreadFields.number)),
        Field("created_at", \.createdAt, Instant.schema), Field("updated_at", \.updatedAt, Instant.schema),
        Field("unread_count", \.unreadCount, ThreadFields.number))
}

/// A thread with its messages, as seed 003 shows it.
struct ThreadOpened: Described {
    var id: Int
    var subject: String
    var about: ThreadCase?
    var createdAt: Instant
    var updatedAt: Instant
    var messages: [ThreadMessage]

    static let schema = Schema.object(
        Self.init(id:subject:about:createdAt:updatedAt:messages:), Field("id", \.id, ThreadFields.number),
        Field("subject", \.subject, .string(0...200)), Field("case", \.about, .optional(ThreadCase.schema)),
        Field("created_at", \.createdAt, Instant.schema), Field("updated_at", \.updatedAt, Instant.schema),
        Field("messages", \.messages, .list(ThreadMessage.schema), note: "The oldest first."))
}

/// The case that a thread is about.
struct ThreadCase: Described {
    var id: Int
    var title: String

    static let schema = Schema.object(
        Self.init(id:title:), Field("id", \.id, ThreadFields.number), Field("title", \.title, .string(0...1000)))
}

/// A message in seed 003's shape.
struct ThreadMessage: Described {
    var id: Int
    var sender: ThreadSender
    var content: String
    var createdAt: Instant
    var isRead: Bool
    var attachments: [ThreadFile]?

    static let schema = Schema.object(
        Self.init(id:sender:content:createdAt:isRead:attachments:), Field("id", \.id, ThreadFields.number),
        Field("sender", \.sender, ThreadSender.schema), Field("content", \.content, .string(0...10_000)),
        Field("created_at", \.createdAt, Instant.schema),
        Field(
            "is_read", \.isRead, .bool, note: "By the caller; of the caller's own messages, by anybody of the others."),
        .leftOutWhenNil("attachments", \.attachments, .optional(.list(ThreadFile.schema))))
}

/// A sender in seed 003's shape.
struct ThreadSender: Described {
    var id: Int?
    var name: String

    static let schema = Schema.object(
        Self.init(id:name:), Field("id", \.id, .optional(ThreadFields.number)),
        Field("name", \.name, .string(0...500)))
}

/// A file in the words of the bare dialect.
struct ThreadFile: Described {
    var id: FileID
    var name: String
    var size: String
    var sizeBytes: Int
    var type: String
    var downloadUrl: String

    static let schema = Schema.object(
        Self.init(id:name:size:sizeBytes:type:downloadUrl:), Field("id", \.id, FileID.schema),
        Field("name", \.name, .string(1...255)), Field("size", \.size, .string(1...20)),
        Field("size_bytes", \.sizeBytes, .int(0...(1 << 53))), Field("type", \.type, .string(1...255)),
        Field("download_url", \.downloadUrl, .string(1...2000)))
}

extension ThreadFile {
    init(_ file: FileShown) {
        self.init(
            id: file.id, name: file.name, size: file.size, sizeBytes: file.sizeBytes, type: file.type,
            downloadUrl: file.downloadUrl)
    }
}

/// What the shapes of threads share.
enum ThreadFields {
    static let number = Schema<Int>.int(0...(1 << 53))
    static let pageSize = Schema<Int>.int(1...200)
    /// Without a page or a size there is one page of the most (contract §11).
    static func page(_ page: Int?, _ size: Int?) -> (page: Int, limit: Int) {
        page == nil && size == nil ? (1, 200) : (page ?? 1, size ?? 50)
    }
}

/// A page of threads.
struct ThreadsAsked: Described {
    var page: Int?
    var pageSize: Int?

    static let schema = Schema.object(
        Self.init(page:pageSize:), Field("page", \.page, .optional(MessageFields.page), in: .query),
        Field("page_size", \.pageSize, .optional(ThreadFields.pageSize), in: .query))
}

/// One thread, with a page of its messages.
struct ThreadAsked: Described {
    var id: Int
    var page: Int?
    var pageSize: Int?

    static let schema = Schema.object(
        Self.init(id:page:pageSize:), Field("thread_id", \.id, ThreadFields.number, in: .path),
        Field(
            "page", \.page, .optional(MessageFields.page), in: .query,
            note: "Counted from the newest messages; the messages of a page come with the oldest first."),
        Field("page_size", \.pageSize, .optional(ThreadFields.pageSize), in: .query))
}

/// One thread.
struct ThreadNamed: Described {
    var id: Int
    static let schema = Schema.object(
        Self.init(id:), Field("thread_id", \.id, ThreadFields.number, in: .path))
}

/// A thread that begins.
struct NewThread: Described {
    var subject: String
    var caseID: Int?
    var message: String
    var attachments: [FileID]

    static let schema = Schema.object(
        Self.init(subject:caseID:message:attachments:), Field("subject", \.subject, MessageFields.title),
        Field("case", \.caseID, .optional(ThreadFields.number)), Field("message", \.message, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote))
}

/// A message for a thread.
struct NewThreadMessage: Described {
    var id: Int
    var content: String
    var attachments: [FileID]

    static let schema = Schema.object(
        Self.init(id:content:attachments:), Field("thread_id", \.id, ThreadFields.number, in: .path),
        Field("content", \.content, MessageFields.text),
        Field("attachments", \.attachments, MessageFields.files, default: [], note: MessageFields.filesNote))
}
