import PluginAPI

/// What a provider reports of a message that it took: whether it arrived.
struct DeliveryReport: Sendable, Equatable {
    /// The message's own id.
    let message: String
    /// The provider's word: `delivered`, `undelivered`, `failed`, `read`, …
    let status: String
    /// The provider's code for what went wrong.
    let errorCode: String?
    /// The provider's name for the message.
    let reference: String?
    /// When it was reported.
    let at: Instant

    /// Where reports go.
    static let pattern = "/_portico/v1/callbacks/{channel}/{id}"

    /// Where the report on a message goes.
    static func path(_ channel: Channel, _ id: String) -> String {
        "/_portico/v1/callbacks/\(channel.rawValue)/\(id)"
    }

    /// Words that providers report; others are not kept.
    static let statuses: Set<String> = [
        "accepted", "scheduled", "queued", "sending", "sent", "delivered", "read", "undelivered", "failed", "canceled",
    ]
}

/// The reports on a tenant's messages.
enum DeliveryReportTable {
    static let migration = Migration(
        "001-delivery-reports",
        """
        CREATE TABLE portico_delivery_report (
            message_id TEXT NOT NULL,
            status TEXT NOT NULL,
            error_code TEXT,
            reference TEXT,
            at INTEGER NOT NULL,
            PRIMARY KEY (message_id, status)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_delivery_report_age ON portico_delivery_report (at);
        """)

    /// Keeps a report on a message of ours, each status once; providers report again when no answer reached them.
    ///
    /// - Returns: whether there is such a message.
    static func record(_ report: DeliveryReport, _ host: HostWriter) throws(StoreError) -> Bool {
        guard try noteOutcome(report, host) else { return false }
        try host.run(
            """
            INSERT INTO portico_delivery_report (message_id, status, error_code, reference, at)
            VALUES (\(report.message), \(report.status), \(report.errorCode), \(report.reference),
                \(report.at.microseconds)) ON CONFLICT DO NOTHING
            """)
        return true
    }

    /// Tells the deliveries of the message what the report means for them.
    ///
    /// - Returns: whether there is such a message.
    private static func noteOutcome(_ report: DeliveryReport, _ host: HostWriter) throws(StoreError) -> Bool {
        let hasArrived: Bool? =
            switch report.status {
            case "delivered", "read": true
            case "undelivered", "failed", "canceled": false
            default: nil
            }
        guard let hasArrived else { return try DeliveryTable.isKnown(sentAs: report.message, host) }
        let detail = [report.status, report.errorCode].compactMap { $0 }.joined(separator: " ")
        return try DeliveryTable.noteStatus(
            sentAs: report.message, hasArrived: hasArrived, detail: detail, now: report.at, host)
    }

    /// What was reported on a message, in order.
    static func reports(on message: String, _ tables: some Queries) throws(StoreError) -> [DeliveryReport] {
        try tables.all(
            "SELECT * FROM portico_delivery_report WHERE message_id = \(message) ORDER BY at, status",
            as: DeliveryReport.self)
    }

    /// Forgets old ones.
    static func trim(before: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_delivery_report WHERE at < \(before.microseconds)")
    }
}

extension DeliveryReport: Record {
    init(row: borrowing Row) throws(StoreError) {
        message = try row.get("message_id")
        status = try row.get("status")
        errorCode = try row.get("error_code")
        reference = try row.get("reference")
        at = Instant(microseconds: try row.get("at"))
    }
}
