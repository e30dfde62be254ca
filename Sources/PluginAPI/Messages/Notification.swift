/// A notice as its person finds it in the portal.
public struct Notification: Sendable, Equatable, Described {
    public let id: String
    /// Unique in the tenant, in the order of arrival; for dialects whose ids are whole numbers.
    public let number: Int
    /// The name of the ``NoticeType``.
    public let type: String
    public let category: String
    public let isUrgent: Bool
    /// Empty where the notice has none.
    public let title: String
    public let body: String
    /// What kind of object it is about, and which.
    public let aboutKind: String
    public let aboutID: String
    public let createdAt: Instant
    /// When it was read; nil while it is not.
    public let readAt: Instant?

    public init(
        id: String, number: Int, type: String, category: String, isUrgent: Bool, title: String, body: String,
        aboutKind: String, aboutID: String, createdAt: Instant, readAt: Instant?
    ) {
        self.id = id
        self.number = number
        self.type = type
        self.category = category
        self.isUrgent = isUrgent
        self.title = title
        self.body = body
        self.aboutKind = aboutKind
        self.aboutID = aboutID
        self.createdAt = createdAt
        self.readAt = readAt
    }

    private init(
        id: String, number: Int, type: String, category: String, isUrgent: Bool, title: String, body: String,
        aboutKind: String, aboutID: String, createdAt: Instant, isRead: Bool, readAt: Instant?
    ) {
        self.init(
            id: id, number: number, type: type, category: category, isUrgent: isUrgent, title: title, body: body,
            aboutKind: aboutKind, aboutID: aboutID, createdAt: createdAt, readAt: readAt)
    }

    private var isRead: Bool { readAt != nil }

    public static let schema = Schema.object(
        Self.init(id:number:type:category:isUrgent:title:body:aboutKind:aboutID:createdAt:isRead:readAt:),
        Field("id", \.id, .string(1...64)), Field("number", \.number, .int(0...(1 << 53))),
        Field("type", \.type, .string(1...100)),
        Field("category", \.category, .string(1...60)), Field("isUrgent", \.isUrgent, .bool),
        Field("title", \.title, .string(0...10_000)), Field("body", \.body, .string(0...100_000)),
        Field("aboutKind", \.aboutKind, .string(0...100), note: "What kind of object it is about."),
        Field("aboutId", \.aboutID, .string(0...1000)), Field("createdAt", \.createdAt, Instant.schema),
        Field("isRead", \.isRead, .bool), Field("readAt", \.readAt, .optional(Instant.schema)))
}

/// One page of a person's notifications.
public struct NotificationPage: Sendable {
    /// The newest first.
    public let items: [Notification]
    /// How many there are in all, and how many of those are unread.
    public let total: Int
    public let unread: Int

    public init(items: [Notification], total: Int, unread: Int) {
        self.items = items
        self.total = total
        self.unread = unread
    }
}
