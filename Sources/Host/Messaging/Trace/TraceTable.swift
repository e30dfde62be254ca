import PluginAPI

/// What one rule said of a message, in a word for programs and a sentence for staff.
struct Verdict: Sendable, Equatable {
    /// `quiet_hours`
    let rule: String
    /// `deferred`
    let verdict: String
    let detail: String?

    init(_ rule: String, _ verdict: String, _ detail: String? = nil) {
        self.rule = rule
        self.verdict = verdict
        self.detail = detail
    }
}

/// Every rule's verdict on every message, in order: why it reached somebody, or why not.
enum TraceTable {
    static let migration = Migration(
        "000-trace",
        """
        CREATE TABLE portico_trace (
            message_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            delivery_id TEXT,
            at INTEGER NOT NULL,
            rule TEXT NOT NULL,
            verdict TEXT NOT NULL,
            detail TEXT,
            PRIMARY KEY (message_id, number)
        ) STRICT, WITHOUT ROWID;
        """)

    /// So many steps are kept of one message; the first ones say most.
    static let capacity = 500

    /// Adds steps behind those that are there.
    ///
    /// - Parameter delivery: the way that they are about; nil for the whole message.
    static func add(
        _ verdicts: [Verdict], to message: String, of delivery: String?, at now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        guard !verdicts.isEmpty else { return }
        var number =
            try host.value("SELECT MAX(number) FROM portico_trace WHERE message_id = \(message)", as: Int.self) ?? 0
        for verdict in verdicts where number < capacity {
            number += 1
            try host.run(
                """
                INSERT INTO portico_trace (message_id, number, delivery_id, at, rule, verdict, detail)
                VALUES (\(message), \(number), \(delivery), \(now.microseconds), \(verdict.rule), \(verdict.verdict),
                    \(verdict.detail.map { String($0.prefix(500)) }))
                """)
        }
    }

    /// What was said of one way of a message, with what was said of the whole before.
    static func steps(of delivery: Delivery, _ tables: some Queries) throws(StoreError) -> [TraceStep] {
        try tables.all(
            """
            SELECT * FROM portico_trace WHERE message_id = \(delivery.message)
            AND (delivery_id IS NULL OR delivery_id = \(delivery.id)) ORDER BY number
            """, as: TraceStep.self)
    }
}

/// One rule's verdict as it is kept.
struct TraceStep: Record, Sendable {
    let at: Instant
    let verdict: Verdict

    init(row: borrowing Row) throws(StoreError) {
        at = Instant(microseconds: try row.get("at"))
        verdict = Verdict(try row.get("rule"), try row.get("verdict"), try row.get("detail"))
    }
}
