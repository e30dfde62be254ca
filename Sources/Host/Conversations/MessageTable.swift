import PluginAPI

/// The messages of conversations. A row is written once.
enum MessageTable {
    private static let columns: SQL =
        """
        SELECT m.*, t.id AS thread_id, t.plugin FROM portico_thread_message AS m
        JOIN portico_thread AS t ON t.number = m.thread
        """

    static func find(_ id: MessageID, plugin: String?, _ tables: some Queries) throws(StoreError)
        -> ConversationMessage?
    {
        let row = try tables.first(columns + "WHERE m.id = \(id)", as: MessageRow.self)
        return row.flatMap { plugin == nil || plugin == $0.plugin ? $0.message : nil }
    }

    static func page(
        of thread: ThreadRow, withNotes: Bool, newestFirst: Bool, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (items: [ConversationMessage], total: Int) {
        let number = thread.conversation.number
        let total =
            withNotes
            ? try tables.value(
                "SELECT COUNT(*) FROM portico_thread_message WHERE thread = \(number)", as: Int.self) ?? 0
            : thread.conversation.messageCount
        let seen: SQL = withNotes ? "" : "AND m.is_note = 0"
        let order: SQL = newestFirst ? "ORDER BY m.position DESC" : "ORDER BY m.position"
        let rows = try tables.all(
            columns + "WHERE m.thread = \(number)" + seen + order + "LIMIT \(limit) OFFSET \((page - 1) * limit)",
            as: MessageRow.self)
        return (rows.map(\.message), total)
    }

    /// The messages of everything a person takes part in and has not put away, the newest first.
    static func inbox(
        of person: PersonID, _ filter: InboxFilter, plugin: String?, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (items: [InboxMessage], total: Int) {
        var wanted: SQL = """
            FROM portico_thread_participant AS p JOIN portico_thread AS t ON t.number = p.thread
            JOIN portico_thread_message AS m ON m.thread = p.thread
            WHERE p.person = \(person) AND p.left_at IS NULL AND p.shelved_at IS NULL AND m.is_note = 0
            """
        if !filter.countsStaff { wanted = wanted + "AND p.side = 'customer'" }
        if let plugin { wanted = wanted + "AND t.plugin = \(plugin)" }
        let unread: SQL = "(m.sender IS NOT \(person) AND m.position > p.last_read)"
        if let type = filter.type { wanted = wanted + "AND m.type = \(type)" }
        if let isRead = filter.isRead { wanted = wanted + (isRead ? "AND NOT" + unread : "AND" + unread) }
        let total =
            filter.type == nil && filter.isRead == nil
            ? try totals(of: person, countsStaff: filter.countsStaff, plugin: plugin, tables).messages
            : try tables.value("SELECT COUNT(*)" + wanted, as: Int.self) ?? 0
        let rows = try tables.all(
            "SELECT m.*, t.id AS thread_id, t.plugin," + unread + "AS is_unread" + wanted
                + "ORDER BY m.at DESC, m.number DESC LIMIT \(limit) OFFSET \((page - 1) * limit)",
            as: InboxRow.self)
        var threads: [ConversationID: Conversation] = [:]
        var items: [InboxMessage] = []
        for row in rows {
            let id = row.message.conversation
            if threads[id] == nil { threads[id] = try ThreadTable.find(id, plugin: plugin, tables)?.conversation }
            guard let conversation = threads[id] else { continue }
            items.append(InboxMessage(message: row.message, conversation: conversation, isUnread: row.isUnread))
        }
        return (items, total)
    }

    static func totals(
        of person: PersonID, countsStaff: Bool, plugin: String?, _ tables: some Queries
    ) throws(StoreError) -> ConversationTotals {
        var wanted: SQL = """
            SELECT COALESCE(SUM(p.unread), 0) AS unread, COALESCE(SUM(t.messages), 0) AS messages,
                MAX(t.updated_at) AS last
            FROM portico_thread_participant AS p JOIN portico_thread AS t ON t.number = p.thread
            WHERE p.person = \(person) AND p.left_at IS NULL AND p.shelved_at IS NULL
            """
        if !countsStaff { wanted = wanted + "AND p.side = 'customer'" }
        if let plugin { wanted = wanted + "AND t.plugin = \(plugin)" }
        return try tables.one(wanted, as: TotalsRow.self).totals
    }
}

/// A message as it is stored.
struct MessageRow: Record {
    let message: ConversationMessage
    let plugin: String

    init(row: borrowing Row) throws(StoreError) {
        let sealed = try row.get("sealed_body", as: Sealed<MessageBody>?.self)
        let plain = try row.get("body", as: String?.self)
        message = ConversationMessage(
            id: try row.get("id"), number: try row.get("number"), conversation: try row.get("thread_id"),
            position: try row.get("position"), sender: try row.get("sender"), side: try row.get("side"),
            isNote: try row.get("is_note"), type: try row.get("type"),
            text: sealed?.value.text ?? plain ?? "", priority: try row.get("priority"),
            sentAt: Instant(microseconds: try row.get("at")), fileCount: try row.get("files"))
        plugin = try row.get("plugin")
    }
}

private struct InboxRow: Record {
    let message: ConversationMessage
    let isUnread: Bool

    init(row: borrowing Row) throws(StoreError) {
        message = try MessageRow(row: row).message
        isUnread = try row.get("is_unread")
    }
}

private struct TotalsRow: Record {
    let totals: ConversationTotals

    init(row: borrowing Row) throws(StoreError) {
        totals = ConversationTotals(
            unread: try row.get("unread"), messages: try row.get("messages"),
            lastActivity: try row.get("last", as: Int64?.self).map { Instant(microseconds: $0) })
    }
}

/// What a message says, where it lies sealed.
struct MessageBody: Sealable {
    static let sealTag = "message-body"
    let text: String
    var sealedBytes: [UInt8] { Array(text.utf8) }

    init(_ text: String) { self.text = text }
    init?(sealedBytes: [UInt8]) {
        guard let text = String(validating: sealedBytes, as: UTF8.self) else { return nil }
        self.text = text
    }
}
