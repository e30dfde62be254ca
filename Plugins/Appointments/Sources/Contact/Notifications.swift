internal import PluginAPI

/// What a customer finds in the portal.
extension Appointments {
    /// `GET /api/customer/notifications`
    func notifications(_ asked: NotificationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<Notification>
    {
        let found = try tx.notifications(
            of: call.caller.id, isUnreadOnly: asked.unread, page: asked.page, limit: asked.limit)
        return Page(
            found.items,
            PageNumbers(page: asked.page, limit: asked.limit, total: asked.unread ? found.unread : found.total))
    }

    /// `POST /api/customer/notifications/{id}/read`
    func readNotification(_ named: NotificationNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> NoContent
    {
        guard try tx.markNotification(named.id, of: call.caller.id) else { throw Problem.notFound }
        return NoContent()
    }

    /// `POST /api/customer/notifications/read-all`
    func readNotifications(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.markNotificationsRead(of: call.caller.id)
        return NoContent()
    }
}

/// The input of `GET /api/customer/notifications`.
struct NotificationsAsked: Described {
    let unread: Bool
    let page: Int
    let limit: Int

    static let schema = Schema<NotificationsAsked>.object(
        NotificationsAsked.init(unread:page:limit:),
        Field("unread", \.unread, .bool, in: .query, default: false, note: "Only what was not read"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of routes about one notification.
struct NotificationNamed: Described {
    let id: String

    static let schema = Schema<NotificationNamed>.object(
        NotificationNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
