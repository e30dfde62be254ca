import PluginAPI

/// What people find in the portal: the deliveries that stay inside.
enum NotificationFeed {
    private static let mine: SQL = "channel = 'in_app' AND state = 'delivered'"

    static func page(
        of person: PersonID, isUnreadOnly: Bool, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> NotificationPage {
        let whose: SQL = "FROM portico_delivery WHERE person_id = \(person) AND \(mine)"
        let total = try tables.value("SELECT COUNT(*)" + whose, as: Int.self) ?? 0
        let unread = try tables.value("SELECT COUNT(*)" + whose + "AND opened_at IS NULL", as: Int.self) ?? 0
        let narrowed: SQL = isUnreadOnly ? "AND opened_at IS NULL" : ""
        let rows = try tables.all(
            "SELECT *" + whose + narrowed + "ORDER BY created_at DESC, id DESC"
                + "LIMIT \(limit) OFFSET \((page - 1) * limit)", as: Delivery.self)
        return NotificationPage(
            items: rows.map { Notification($0) }, total: isUnreadOnly ? unread : total, unread: unread)
    }

    /// One of a person's, by its number.
    static func find(number: Int, of person: PersonID, _ tables: some Queries) throws(StoreError) -> Notification? {
        try tables.first(
            "SELECT * FROM portico_delivery WHERE number = \(number) AND person_id = \(person) AND \(mine)",
            as: Delivery.self
        ).map { Notification($0) }
    }

    static func mark(
        _ id: String, of person: PersonID, isRead: Bool, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let readAt: SQL = isRead ? "COALESCE(opened_at, \(now.microseconds))" : "NULL"
        let found = try host.run(
            "UPDATE portico_delivery SET opened_at = " + readAt
                + "WHERE message_id = \(id) AND person_id = \(person) AND \(mine)")
        return found > 0
    }

    static func markAll(of person: PersonID, now: Instant, _ host: HostWriter) throws(StoreError) -> Int {
        try host.run(
            """
            UPDATE portico_delivery SET opened_at = \(now.microseconds)
            WHERE person_id = \(person) AND \(mine) AND opened_at IS NULL
            """)
    }

    /// Tells live connections.
    static func announce(
        _ row: OutboxRow, _ facts: MessageFacts, to person: PersonID, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let arrived = NotificationArrived(
            id: row.id, type: row.type, category: facts.category.name, isUrgent: facts.importance != .normal,
            aboutKind: row.about.kind, aboutID: row.about.id, createdAt: now)
        try EventTable.append(
            PublishedEvent(
                name: NotificationArrived.name, payload: NotificationArrived.schema.encode(arrived),
                subject: Subject("notification", id: row.id, owner: person), audience: .people([person])),
            Origin(plugin: row.plugin, requestID: row.requestID, now: now), host)
    }
}

extension Notification {
    init(_ row: Delivery) {
        self.init(
            id: row.message, number: row.number ?? 0, type: row.type, category: row.category.name,
            isUrgent: row.importance != .normal,
            title: row.said?.subject ?? "", body: row.said?.body ?? "", aboutKind: row.about.kind,
            aboutID: row.about.id, createdAt: row.createdAt, readAt: row.openedAt)
    }
}
