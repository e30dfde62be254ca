import PluginAPI

/// The answers that staff need not write anew.
enum CannedReplyTable {
    /// That a tenant can have.
    static let capacity = 500

    /// - Parameter plugin: those for its staff; all when nil.
    static func all(for plugin: String?, _ tables: some Queries) throws(StoreError) -> [CannedReply] {
        let wanted: SQL = plugin.map { "WHERE plugin IN ('', \($0))" } ?? ""
        return try tables.all(
            "SELECT * FROM portico_canned_reply" + wanted + "ORDER BY title, id", as: CannedReplyRow.self
        ).map(\.reply)
    }

    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> CannedReply? {
        try tables.first("SELECT * FROM portico_canned_reply WHERE id = \(id)", as: CannedReplyRow.self)?.reply
    }

    /// - Returns: nil when there are as many as there can be.
    static func add(
        title: String, text: String, plugin: String?, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> CannedReply? {
        let count = try host.value("SELECT COUNT(*) FROM portico_canned_reply", as: Int.self) ?? 0
        guard count < capacity else { return nil }
        let id = Identifier.make("rpl", at: origin.now)
        try host.run(
            """
            INSERT INTO portico_canned_reply (id, plugin, title, body, updated_by, updated_at)
            VALUES (\(id), \(plugin ?? ""), \(title), \(text), \(origin.person), \(origin.now.microseconds))
            """)
        try audit("canned-reply.added", id, origin, host)
        return try find(id, host)
    }

    /// - Returns: the reply as it is now; nil when there is none.
    static func change(
        _ id: String, title: String, text: String, plugin: String?, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> CannedReply? {
        let changed = try host.run(
            """
            UPDATE portico_canned_reply SET title = \(title), body = \(text), plugin = \(plugin ?? ""),
                updated_by = \(origin.person), updated_at = \(origin.now.microseconds) WHERE id = \(id)
            """)
        guard changed > 0 else { return nil }
        try audit("canned-reply.changed", id, origin, host)
        return try find(id, host)
    }

    /// - Returns: false when there is none.
    static func remove(_ id: String, _ origin: Origin, _ host: HostWriter) throws(StoreError) -> Bool {
        guard try host.run("DELETE FROM portico_canned_reply WHERE id = \(id)") > 0 else { return false }
        try audit("canned-reply.removed", id, origin, host)
        return true
    }

    private static func audit(
        _ action: String, _ id: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try AuditTable.append(AuditEntry(action, on: Subject("canned-reply", id: id)), origin, host)
    }
}

private struct CannedReplyRow: Record {
    let reply: CannedReply

    init(row: borrowing Row) throws(StoreError) {
        let plugin: String = try row.get("plugin")
        reply = CannedReply(
            id: try row.get("id"), title: try row.get("title"), text: try row.get("body"),
            plugin: plugin.isEmpty ? nil : plugin, updatedAt: Instant(microseconds: try row.get("updated_at")))
    }
}
