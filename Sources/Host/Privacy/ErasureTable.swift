import PluginAPI

/// Whose data was erased, when and by whom: the proof that it was done.
enum ErasureTable {
    static let migration = Migration(
        "000-erasures",
        """
        CREATE TABLE portico_erasure (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL,
            by_person TEXT,
            summary TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_long_job_person ON portico_long_job (person_id, name, created_at)
            WHERE person_id IS NOT NULL;
        CREATE INDEX portico_outbox_person ON portico_outbox (person_id) WHERE person_id IS NOT NULL;
        CREATE INDEX portico_file_version_uploader ON portico_file_version (uploader) WHERE uploader IS NOT NULL;
        """)

    static func add(
        _ id: String, _ person: PersonID, _ rows: [(name: String, rows: Int)], _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        var summary = JSON.Members()
        // A table may hold people in several columns.
        for (name, count) in Dictionary(rows.map { ($0.name, $0.rows) }, uniquingKeysWith: +).sorted(by: {
            $0.key < $1.key
        }) {
            summary[name] = .integer(Int64(count))
        }
        try host.run(
            """
            INSERT INTO portico_erasure (id, person, by_person, summary, at)
            VALUES (\(id), \(person), \(origin.person), \(JSON.object(summary).text), \(origin.now.microseconds))
            """)
        try AuditTable.append(
            AuditEntry("person.erased", on: People.subject(person), details: .object(summary)), origin, host)
    }

    static func page(
        page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (items: [ErasureShown], total: Int) {
        let total = try tables.value("SELECT COUNT(*) FROM portico_erasure", as: Int.self) ?? 0
        let rows = try tables.all(
            "SELECT * FROM portico_erasure ORDER BY id DESC" + Paging.rows(page: page, limit: limit),
            as: ErasureRow.self)
        return (rows.map(\.shown), total)
    }

    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> ErasureShown? {
        try tables.first("SELECT * FROM portico_erasure WHERE id = \(id)", as: ErasureRow.self)?.shown
    }
}

private struct ErasureRow: Record {
    let shown: ErasureShown

    init(row: borrowing Row) throws(StoreError) {
        let summary: String = try row.get("summary")
        shown = ErasureShown(
            id: try row.get("id"), userId: try row.get("person"), by: try row.get("by_person"),
            erasedAt: Instant(microseconds: try row.get("at")),
            changed: (try? JSONDocument(Array(summary.utf8)))?.root.tree ?? [:])
    }
}

/// An erasure that was done.
struct ErasureShown: Described {
    var id: String
    var userId: PersonID
    var by: PersonID?
    var erasedAt: Instant
    var changed: JSON

    static let schema = Schema.object(
        Self.init(id:userId:by:erasedAt:changed:), Field("id", \.id, .string(1...64)),
        Field("userId", \.userId, PersonID.schema), Field("by", \.by, .optional(PersonID.schema)),
        Field("erasedAt", \.erasedAt, Instant.schema),
        Field("changed", \.changed, .openObject, note: "How many rows of each were deleted or made anonymous."))
}
