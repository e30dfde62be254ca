import PluginAPI

extension Route<PorticoAPI> {
    static let getUsage = Route.get(
        PorticoAPI.base + "/usage", .reading(PorticoAPI.getUsage), needs: .permission(.readUsage),
        "How much the portal is used: counted now, from what is stored, and the requests of the last 31 days (UTC).")
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
    /// Of the last 31 days, the newest first.
    var requests: [RequestDay]

    static let schema = Schema.object(
        Self.init(people:suspended:sessions:activePeople:storageBytes:messages:auditEntries:requests:),
        Field("people", \.people, count, note: "Accounts."),
        Field("suspended", \.suspended, count, note: "Accounts that are suspended."),
        Field("sessions", \.sessions, count, note: "Sessions that could be used now."),
        Field("activePeople", \.activePeople, count, note: "People with a session used in the last 30 days."),
        Field("storageBytes", \.storageBytes, count, note: "The portal's database on the disk, in bytes."),
        Field("messages", \.messages, .map(count), note: "Messages sent in the last 30 days, by channel."),
        Field("auditEntries", \.auditEntries, count),
        Field("requests", \.requests, .list(RequestDay.schema, 0...31), note: "By day (UTC), the newest first."))

    private static let count = Schema<Int>.int(0...(1 << 53))
}

/// The requests of a day; days without any are left out.
struct RequestDay: Described {
    var day: Day
    var requests: Int
    var refused: Int
    var failed: Int

    static let schema = Schema.object(
        Self.init(day:requests:refused:failed:),
        Field("day", \.day, Day.schema, note: "In UTC."),
        Field("requests", \.requests, .int(0...(1 << 53)), note: "All that were answered."),
        Field("refused", \.refused, .int(0...(1 << 53)), note: "Of them, those answered 4xx."),
        Field("failed", \.failed, .int(0...(1 << 53)), note: "Of them, those answered 5xx."))
}

extension PorticoAPI {
    func getUsage(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Usage {
        let now = call.now.microseconds
        let month = (call.now - .seconds(30 * 86_400)).microseconds
        let bytes = host.storageBytes
        let first = Day(daysSinceEpoch: Int(call.now.seconds / 86_400)) - 30
        let pending = host.requests.pending
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
            var days = try RequestDays.stored(from: first, tables)
            for (day, counts) in pending where day >= first {
                days[day, default: RequestCounts()].add(counts)
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
                auditEntries: try count("SELECT COUNT(*) FROM portico_audit"),
                requests: days.sorted { $0.key > $1.key }.prefix(31).map {
                    RequestDay(
                        day: $0.key, requests: $0.value.requests, refused: $0.value.refused, failed: $0.value.failed)
                })
        }
    }
}
