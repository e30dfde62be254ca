internal import PluginAPI

/// What people find in the portal, in seed 003's shape.
extension LegalCases {
    static let notificationRoutes: [Route<Self>] = [
        .get(
            "/api/portal/notifications/", .reading(Self.notifications), needs: .member,
            "What the caller was told, the newest in front."),
        .post(
            "/api/portal/notifications/{notification_id}/read/", .transactional(Self.readNotification), needs: .member,
            status: 200, "Marks one as read."),
        .patch(
            "/api/portal/notifications/read-all/", .transactional(Self.readNotifications), needs: .member,
            "Marks all of them as read."),
        .post(
            "/api/portal/notifications/read-all/", .transactional(Self.readNotifications), needs: .member, status: 200,
            "Marks all of them as read."),
    ]

    /// `GET /api/portal/notifications/`
    func notifications(_ asked: NotificationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<NotificationShown>
    {
        let range = asked.paging.range
        let found = try tx.notifications(
            of: call.caller.id, isUnreadOnly: asked.isUnread, page: range.page, limit: range.limit)
        var items: [NotificationShown] = []
        for one in found.items { items.append(try shown(one, tx)) }
        return asked.paging.of(items, total: asked.isUnread ? found.unread : found.total)
    }

    /// `POST /api/portal/notifications/{notification_id}/read/`
    func readNotification(_ named: NotificationNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> NotificationShown
    {
        let found = try tx.reading { try $0.notification(number: named.id, of: call.caller.id) }
        guard let found, try tx.markNotification(found.id, of: call.caller.id) else { throw Problem.notFound }
        return try tx.reading { view in
            guard let read = try view.notification(number: named.id, of: call.caller.id) else { throw Problem.fault }
            return try shown(read, view)
        }
    }

    /// `PATCH`, `POST /api/portal/notifications/read-all/`
    func readNotifications(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NotificationsRead {
        NotificationsRead(count: try tx.markNotificationsRead(of: call.caller.id))
    }

    private func shown(_ one: Notification, _ tx: borrowing ReadTransaction) throws -> NotificationShown {
        let kind = NotificationKind(about: one.aboutKind)
        var related = Int(one.aboutID)
        if kind == .message {
            related = try tx.conversation(ConversationID(rawValue: one.aboutID))?.number
        }
        return NotificationShown(
            id: one.number, kind: kind, title: one.title, message: one.body, createdAt: one.createdAt,
            isRead: one.readAt != nil, relatedType: related == nil ? nil : kind.related, relatedID: related)
    }
}

/// The words of seed 003 for what a notification is about.
enum NotificationKind: String, CaseIterable, Sendable {
    case message = "MESSAGE"
    case document = "DOCUMENT"
    case task = "TASK"
    case matter = "CASE"
    case deadline = "DEADLINE"
    case system = "SYSTEM"

    init(about kind: String) {
        self =
            switch kind {
            case "conversation", "message": .message
            case "document": .document
            case "task": .task
            case "case": .matter
            case "deadline": .deadline
            default: .system
            }
    }

    /// What kind of object it leads to.
    var related: String? {
        switch self {
        case .message: "MessageThread"
        case .document: "Document"
        case .task: "Task"
        case .matter: "Case"
        case .deadline: "Deadline"
        case .system: nil
        }
    }
}

/// A notification in seed 003's shape.
struct NotificationShown: Described {
    let id: Int
    let kind: NotificationKind
    let title: String
    let message: String
    let createdAt: Instant
    let isRead: Bool
    let relatedType: String?
    let relatedID: Int?

    static let schema = Schema<NotificationShown>.object(
        NotificationShown.init(id:kind:title:message:createdAt:isRead:relatedType:relatedID:),
        Field("id", \.id, .number), Field("notification_type", \.kind, .oneOf),
        Field("title", \.title, .string(0...10_000)), Field("message", \.message, .string(0...100_000)),
        Field("created_at", \.createdAt, Instant.schema), Field("is_read", \.isRead, .bool),
        Field("related_object_type", \.relatedType, .optional(.string(1...40))),
        Field("related_object_id", \.relatedID, .optional(.number)))
}

/// How many were marked.
struct NotificationsRead: Described {
    let count: Int
    static let schema = Schema<NotificationsRead>.object(
        NotificationsRead.init(count:), Field("updated", \.count, .number))
}

/// One notification.
struct NotificationNamed: Described {
    let id: Int
    static let schema = Schema<NotificationNamed>.object(
        NotificationNamed.init(id:), Field("notification_id", \.id, .number, in: .path))
}

/// Which notifications are asked for.
struct NotificationsAsked: Described {
    let isUnread: Bool
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<NotificationsAsked>.object(
        NotificationsAsked.init(isUnread:page:pageSize:),
        Field("unread", \.isUnread, .bool, in: .query, default: false, note: "Only what was not read"),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var paging: PageAsked { PageAsked(page: page, pageSize: pageSize) }
}
