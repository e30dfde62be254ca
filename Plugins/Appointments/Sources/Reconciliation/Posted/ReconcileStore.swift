internal import PluginAPI

extension Migration {
    /// Where the matches of long comparisons wait to be read: a page a row, as JSON. Names and numbers only, no record.
    static let reconcileMatches = Migration(
        "007-reconcile-matches",
        """
        CREATE TABLE appointments_reconcile_page (
            job_id TEXT NOT NULL, page INTEGER NOT NULL, matches BLOB NOT NULL, PRIMARY KEY (job_id, page)) STRICT;
        """)
}

/// One page of a long comparison's result.
struct ReconcilePage: Described {
    /// Matches on a full page.
    static let size = 500

    let matches: [ReconciliationMatch]
    let confidence: Double
    let processingTime: Double
    let total: Int
    let pagination: Numbers

    struct Numbers: Described {
        let page: Int
        let limit: Int
        let total: Int
        let totalPages: Int
        static let schema = Schema<Numbers>.object(
            Numbers.init(page:limit:total:totalPages:), Field("page", \.page, .int(1...100_000)),
            Field("limit", \.limit, .int(1...10_000)), Field("total", \.total, .int(0...(1 << 53))),
            Field("totalPages", \.totalPages, .int(0...(1 << 53))))
    }

    static let schema = Schema<ReconcilePage>.object(
        ReconcilePage.init(matches:confidence:processingTime:total:pagination:),
        Field("matches", \.matches, .list(ReconciliationMatch.schema), note: "The surest first"),
        Field("confidence", \.confidence, .double(0.1...1), note: "The one asked for"),
        Field("processingTime", \.processingTime, .double(0...1e12), note: "Milliseconds"),
        Field("total", \.total, .int(0...(1 << 53)), note: "Matches in all; the surest 200,000 can be read."),
        Field("pagination", \.pagination, Numbers.schema))

    init(
        matches: [ReconciliationMatch], confidence: Double, processingTime: Double, total: Int, pagination: Numbers
    ) {
        self.matches = matches
        self.confidence = confidence
        self.processingTime = processingTime
        self.total = total
        self.pagination = pagination
    }

    init(matches: [ReconciliationMatch], summary: ReconcileSummary, page: Int) {
        self.init(
            matches: matches, confidence: summary.confidence, processingTime: summary.processingTime,
            total: summary.total,
            pagination: Numbers(
                page: page, limit: Self.size, total: summary.kept,
                totalPages: (summary.kept + Self.size - 1) / Self.size))
    }
}

extension ReadTransaction {
    borrowing func reconcileMatches(_ id: LongJobID, page: Int) throws -> [ReconciliationMatch] {
        let json = try value(
            "SELECT matches FROM appointments_reconcile_page WHERE job_id = \(id) AND page = \(page)", as: [UInt8].self)
        guard let json else { return [] }
        return try Schema.list(ReconciliationMatch.schema).decode(.json(try JSONDocument(json).root))
    }
}

extension Transaction {
    borrowing func addReconcileMatches(_ id: LongJobID, page: Int, _ json: [UInt8]) throws {
        _ = try run(
            "INSERT INTO appointments_reconcile_page (job_id, page, matches) VALUES (\(id), \(page), \(json))")
    }

    borrowing func dropReconcileMatches(_ id: LongJobID) throws {
        _ = try run("DELETE FROM appointments_reconcile_page WHERE job_id = \(id)")
    }
}
