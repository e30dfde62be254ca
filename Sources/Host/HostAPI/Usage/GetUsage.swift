import PluginAPI

extension Route<PorticoAPI> {
    static let getUsage = Route.get(
        PorticoAPI.base + "/usage", .reading(PorticoAPI.getUsage), needs: .permission(.readUsage),
        "How much the portal is used: counted now, from what is stored.")
}

/// How much a portal is used.
struct Usage: Described {
    var people: Int
    var suspended: Int
    /// Sessions that could be used at this moment.
    var sessions: Int
    /// People with a session used in the last 30 days.
    var activePeople: Int
    var storageBytes: Int
    /// Sent in the last 30 days, by channel.
    var messages: [String: Int]
    var auditEntries: Int

    static let schema = Schema.object(
        Self.init(people:suspended:sessions:activePeople:storageBytes:messages:auditEntries:),
        Field("people", \.people, count, note: "Accounts."),
        Field("suspended", \.suspended, count, note: "Accounts that are suspended."),
        Field("sessions", \.sessions, count, note: "Sessions that could be used now."),
        Field("activePeople", \.activePeople, count, note: "People with a session used in the last 30 days."),
        Field("storageBytes", \.storageBytes, count, note: "The portal's database on the disk, in bytes."),
        Field("messages", \.messages, .map(count), note: "Messages sent in the last 30 days, by channel."),
        Field("auditEntries", \.auditEntries, count))

    private static let count = Schema<Int>.int(0...(1 << 53))
}

extension PorticoAPI {
    func getUsage(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Usage {
        let now = call.now.microseconds
        let month = (call.now - .seconds(30 * 86_400)).microseconds
        let bytes = host.storageBytes
        return try tx.host { tables in
            func count(_ sql: SQL) throws(StoreError) -> Int { try tables.value(sql, as: Int.self) ?? 0 }
            var messages: [String: Int] = [:]
            try tables.forEach(
                """
                SELECT channel, COUNT(*) FROM portico_delivery WHERE sent_at >= \(month) AND channel <> 'in_app'
                GROUP BY channel
                """
            ) { (row: borrowing Row) throws(StoreError) in
                messages[try row.get(at: 0)] = try row.get(at: 1, as: Int.self)
            }
            return Usage(
                people: try count("SELECT COUNT(*) FROM portico_person"),
                suspended: try count("SELECT COUNT(*) FROM portico_person WHERE state = 'suspended'"),
                sessions: try count(
                    """
                    SELECT COUNT(*) FROM portico_session AS session
                    JOIN portico_person AS person ON person.id = session.person_id
                    WHERE session.ended_at IS NULL AND session.expires_at > \(now) AND person.state = 'active'
                    """),
                activePeople: try count(
                    "SELECT COUNT(DISTINCT person_id) FROM portico_session WHERE last_used_at >= \(month)"),
                storageBytes: bytes, messages: messages,
                auditEntries: try count("SELECT COUNT(*) FROM portico_audit"))
        }
    }
}
