import PluginAPI

/// What people were sent and what became of it, from the deliveries themselves (seed 000 §6.3).
enum History {
    static func communications(
        of person: PersonID, _ filter: CommunicationFilter, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (items: [Communication], total: Int) {
        let whose = condition(person, filter)
        let total = try tables.value("SELECT COUNT(*) FROM portico_delivery WHERE" + whose, as: Int.self)
        let rows = try tables.all(
            "SELECT * FROM portico_delivery WHERE" + whose + "ORDER BY created_at DESC, id DESC"
                + "LIMIT \(limit) OFFSET \((page - 1) * limit)", as: Delivery.self)
        var items: [Communication] = []
        for row in rows {
            var values: [String: String] = [:]
            if case .template(let own)? = try OutboxTable.content(of: row.message, tables) { values = own }
            items.append(Communication(row, values: values))
        }
        return (items, total ?? 0)
    }

    static func summary(
        of person: PersonID, _ filter: CommunicationFilter, _ tables: some Queries
    ) throws(StoreError) -> CommunicationSummary {
        let rows = try tables.all(
            """
            SELECT channel, COUNT(*) AS sent, SUM(delivered_at IS NOT NULL) AS delivered,
                SUM(opened_at IS NOT NULL) AS opened, SUM(clicked_at IS NOT NULL) AS clicked,
                SUM(answered_at IS NOT NULL) AS answered,
                SUM(CASE WHEN opened_at IS NOT NULL THEN opened_at - sent_at ELSE 0 END) AS open_time
            FROM portico_delivery WHERE \(condition(person, filter)) AND sent_at IS NOT NULL
            GROUP BY channel ORDER BY channel
            """, as: ChannelSums.self)
        func sum(_ count: KeyPath<ChannelSums, Int>) -> Int { rows.reduce(0) { $0 + $1[keyPath: count] } }
        let opened = sum(\.opened)
        // The greater share of opened ones, compared without dividing.
        let preferred = rows.filter { $0.channel != .inApp && $0.opened > 0 }.max { one, other in
            let (left, right) = (one.opened * other.sent, other.opened * one.sent)
            return left == right ? one.opened < other.opened : left < right
        }
        let openTime = rows.reduce(0) { $0 + $1.openTime }
        return CommunicationSummary(
            totalSent: sum(\.sent), totalDelivered: sum(\.delivered), totalOpened: opened,
            totalClicked: sum(\.clicked), totalAnswered: sum(\.answered),
            averageOpenTime: opened > 0 ? .microseconds(openTime / Int64(opened)) : nil,
            preferredChannel: preferred?.channel)
    }

    /// Everything that was sent to the person about this before is answered.
    static func noteAnswer(
        of person: PersonID, about subject: Subject, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_delivery SET answered_at = \(now.microseconds) WHERE person_id = \(person)
            AND about_kind = \(subject.kind) AND about_id = \(subject.id) AND sent_at IS NOT NULL
            AND answered_at IS NULL
            """)
    }

    /// What left, or was to leave and did not.
    private static func condition(_ person: PersonID, _ filter: CommunicationFilter) -> SQL {
        var conditions: [SQL] = ["person_id = \(person)", "state IN ('sent', 'delivered', 'dead')"]
        if let channel = filter.channel { conditions.append("channel = \(channel)") }
        if let from = filter.from { conditions.append("created_at >= \(from.microseconds)") }
        if let to = filter.to { conditions.append("created_at < \(to.microseconds)") }
        if let type = filter.type { conditions.append("(type = \(type) OR category = \(type))") }
        return SQL.joined(conditions, by: " AND ")
    }
}

/// What one channel's messages come to.
private struct ChannelSums: Record {
    let channel: DeliveryChannel
    let sent: Int
    let delivered: Int
    let opened: Int
    let clicked: Int
    let answered: Int
    /// In microseconds.
    let openTime: Int64

    init(row: borrowing Row) throws(StoreError) {
        channel = try row.get("channel")
        sent = try row.get("sent")
        delivered = try row.get("delivered")
        opened = try row.get("opened")
        clicked = try row.get("clicked")
        answered = try row.get("answered")
        openTime = try row.get("open_time")
    }
}

extension Communication {
    init(_ row: Delivery, values: [String: String]) {
        let status: Status =
            if row.clickedAt != nil {
                .clicked
            } else if row.openedAt != nil {
                .opened
            } else {
                switch row.state {
                case .delivered: .delivered
                case .dead: .failed
                default: .sent
                }
            }
        self.init(
            id: row.id, type: row.type, category: row.category.name, channel: row.channel, status: status,
            sentAt: row.sentAt ?? row.createdAt, deliveredAt: row.deliveredAt, openedAt: row.openedAt,
            clickedAt: row.clickedAt, subject: row.said?.subject ?? "", content: row.said?.body ?? "",
            about: row.about, values: values)
    }
}
