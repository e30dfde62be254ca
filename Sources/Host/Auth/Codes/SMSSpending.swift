import PluginAPI

/// How many codes were texted in the last day, to numbers that begin alike and in all.
///
/// Counted by the hour, the hour of a day ago in full, so that no 24 hours ever hold more than a budget and asking costs
/// the same however large the budget is. Only what is sent counts: strangers who ask for codes to numbers that nobody
/// has spend nothing, and cannot use up what the tenant's people need.
struct SMSSpending {
    /// Messages to numbers with the same first characters.
    let prefix: Int
    /// Messages to all numbers.
    let tenant: Int

    /// Which budget.
    enum Scope: String, Sendable { case number, prefix, tenant }

    static let migration = Migration(
        "000-sms-spending",
        """
        CREATE TABLE portico_sms_spending (
            prefix TEXT NOT NULL,
            hour INTEGER NOT NULL,
            sent INTEGER NOT NULL,
            PRIMARY KEY (prefix, hour)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_sms_spent (
            scope TEXT NOT NULL,
            value TEXT NOT NULL,
            told_at INTEGER NOT NULL,
            PRIMARY KEY (scope, value)
        ) STRICT, WITHOUT ROWID;
        """)

    /// Reads what was spent.
    init(_ phone: Phone, now: Instant, _ host: HostWriter) throws(StoreError) {
        func sent(_ prefix: String) throws(StoreError) -> Int {
            try host.value(
                """
                SELECT coalesce(sum(sent), 0) FROM portico_sms_spending
                WHERE prefix = \(prefix) AND hour >= \(Self.hour(now) - 24)
                """) ?? 0
        }
        prefix = try sent(Self.prefix(of: phone))
        tenant = try sent("")
    }

    /// Counts messages; none costs the same work as one, so that nobody sees from outside which it was.
    static func add(_ count: Int, _ phone: Phone, now: Instant, _ host: HostWriter) throws(StoreError) {
        for prefix in [prefix(of: phone), ""] {
            try host.run(
                """
                INSERT INTO portico_sms_spending (prefix, hour, sent) VALUES (\(prefix), \(hour(now)), \(count))
                ON CONFLICT (prefix, hour) DO UPDATE SET sent = sent + excluded.sent
                """)
        }
    }

    /// Keeps a record of a budget that is used up, once a day for each.
    ///
    /// - Returns: whether it is the first time today.
    static func tell(
        _ scope: Scope, of phone: Phone, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let (value, id) =
            switch scope {
            case .number: (phone.text, "…" + phone.text.suffix(4))
            case .prefix: (prefix(of: phone), prefix(of: phone))
            case .tenant: ("", "all")
            }
        let day = (origin.now - .seconds(86_400)).microseconds
        let changed = try host.run(
            """
            INSERT INTO portico_sms_spent (scope, value, told_at)
            VALUES (\(scope.rawValue), \(value), \(origin.now.microseconds))
            ON CONFLICT (scope, value) DO UPDATE SET told_at = excluded.told_at WHERE told_at <= \(day)
            """)
        guard changed > 0 else { return false }
        try AuditTable.append(
            AuditEntry("sms.budget-spent", on: Subject("sms-\(scope.rawValue)", id: id), outcome: .refused), origin,
            host)
        return true
    }

    /// Forgets what no budget counts any more.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_sms_spending WHERE (prefix, hour) IN (
                SELECT prefix, hour FROM portico_sms_spending WHERE hour < \(hour(now) - 24) LIMIT 4000)
            """)
        try host.run(
            """
            DELETE FROM portico_sms_spent WHERE (scope, value) IN (
                SELECT scope, value FROM portico_sms_spent
                WHERE told_at <= \((now - .seconds(86_400)).microseconds) LIMIT 4000)
            """)
    }

    /// The first seven characters of a number in E.164: country, and what comes before the subscriber.
    private static func prefix(of phone: Phone) -> String { String(phone.text.prefix(7)) }

    private static func hour(_ now: Instant) -> Int64 { now.seconds / 3600 }
}
