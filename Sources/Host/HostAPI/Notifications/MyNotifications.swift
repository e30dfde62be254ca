import PluginAPI

extension Route<PorticoAPI> {
    static let listNotifications = Route.get(
        PorticoAPI.base + "/me/notifications", .reading(PorticoAPI.listNotifications), needs: .member,
        "What one was told, the newest first, and what one wants to be told.")
    static let readNotification = Route.post(
        PorticoAPI.base + "/me/notifications/{id}/read", .transactional(PorticoAPI.readNotification), needs: .member,
        status: 200, "Marks a notification as read.")
    static let unreadNotification = Route.post(
        PorticoAPI.base + "/me/notifications/{id}/unread", .transactional(PorticoAPI.unreadNotification),
        needs: .member, status: 200, "Marks a notification as unread.")
    static let readAllNotifications = Route.post(
        PorticoAPI.base + "/me/notifications/read-all", .transactional(PorticoAPI.readAllNotifications),
        needs: .member, status: 200, "Marks all of one's notifications as read.")
    static let explainNotification = Route.get(
        PorticoAPI.base + "/me/notifications/{id}/why", .reading(PorticoAPI.explainNotification), needs: .member,
        "Why a notification came by mail, text or push, or why it did not, in plain words.")
}

/// Which notifications are asked for.
struct NotificationsAsked: Described {
    var unread: Bool
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(unread:page:limit:),
        Field("unread", \.unread, .bool, in: .query, default: false, note: "Those alone that are not read."),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// One notification.
struct NotificationNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// A page of one's notifications with one's preferences, which a PATCH of the same address changes.
struct NotificationsShown: Described {
    var data: [Notification]
    var pagination: PagesShown
    var unread: Int
    var preferences: Preferences

    static let schema = Schema.object(
        Self.init(data:pagination:unread:preferences:),
        Field("data", \.data, .list(Notification.schema)), Field("pagination", \.pagination, PagesShown.schema),
        Field("unread", \.unread, .int(0...(1 << 53)), note: "How many are not read."),
        Field("preferences", \.preferences, Preferences.schema, note: "PATCH this address to change them."))
}

/// Which page of how many.
struct PagesShown: Described {
    var page: Int
    var limit: Int
    var total: Int
    var totalPages: Int

    static let schema = Schema.object(
        Self.init(page:limit:total:totalPages:), Field("page", \.page, count), Field("limit", \.limit, count),
        Field("total", \.total, count), Field("totalPages", \.totalPages, count))
    private static let count = Schema<Int>.int(0...(1 << 53))
}

/// How many notifications were changed.
struct NotificationsRead: Described {
    var changed: Int
    static let schema = Schema.object(Self.init(changed:), Field("changed", \.changed, .int(0...(1 << 53))))
}

extension PorticoAPI {
    func listNotifications(
        _ asked: NotificationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> NotificationsShown {
        let person = call.caller.id
        return try tx.host { tables in
            let found = try NotificationFeed.page(
                of: person, isUnreadOnly: asked.unread, page: asked.page, limit: asked.limit, tables)
            let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: found.total)
            return NotificationsShown(
                data: found.items,
                pagination: PagesShown(
                    page: numbers.page, limit: numbers.limit, total: numbers.total, totalPages: numbers.totalPages),
                unread: found.unread,
                preferences: try PreferencesTable.preferences(of: person, tables) ?? Preferences())
        }
    }

    func readNotification(
        _ named: NotificationNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NotificationsRead {
        try mark(named.id, isRead: true, tx, call)
    }

    func unreadNotification(
        _ named: NotificationNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NotificationsRead {
        try mark(named.id, isRead: false, tx, call)
    }

    private func mark(
        _ id: String, isRead: Bool, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NotificationsRead {
        let person = call.caller.id
        return try tx.host { tables, origin in
            guard try NotificationFeed.mark(id, of: person, isRead: isRead, now: origin.now, tables) else {
                throw Problem.notFound
            }
            return NotificationsRead(changed: 1)
        }
    }

    func readAllNotifications(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NotificationsRead {
        let person = call.caller.id
        return try tx.host { tables, origin in
            NotificationsRead(changed: try NotificationFeed.markAll(of: person, now: origin.now, tables))
        }
    }

    func explainNotification(
        _ named: NotificationNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> NotificationExplained {
        let (person, language, zone) = (call.caller.id, call.language, call.tenant.zone)
        return try tx.host { tables in
            let ways = try DeliveryTable.all(of: named.id, tables).filter { $0.person == person }
            guard !ways.isEmpty else { throw Problem.notFound }
            let own = try PreferencesTable.preferences(of: person, tables)
            let words = PlainWords(language: language, zone: own?.zone ?? zone)
            var explained: [WayExplained] = []
            for way in ways {
                let steps = try TraceTable.steps(of: way, tables)
                explained.append(
                    WayExplained(
                        channel: way.channel, state: way.state.rawValue, because: words.sentence(for: way, steps)))
            }
            return NotificationExplained(id: named.id, ways: explained)
        }
    }
}

/// Why a notification came where it did.
struct NotificationExplained: Described {
    var id: String
    var ways: [WayExplained]

    static let schema = Schema.object(
        Self.init(id:ways:), Field("id", \.id, .string(1...64)), Field("ways", \.ways, .list(WayExplained.schema)))
}

/// Why a notification came by one channel, or not.
struct WayExplained: Described {
    var channel: DeliveryChannel
    var state: String
    var because: String

    static let schema = Schema.object(
        Self.init(channel:state:because:), Field("channel", \.channel, DeliveryChannel.schema),
        Field("state", \.state, .string(1...40)), Field("because", \.because, .string(1...1000)))
}
