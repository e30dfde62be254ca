internal import Matching
internal import PluginAPI

extension Migration {
    static let patientMatches = Migration(
        "008-patient-matches",
        """
        CREATE TABLE appointments_reconciliation (
            id TEXT PRIMARY KEY, job_id TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL, algorithm TEXT NOT NULL,
            confidence REAL NOT NULL, branches TEXT, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX appointments_reconciliation_person ON appointments_reconciliation (person_id, created_at);
        CREATE TABLE appointments_match (
            id TEXT PRIMARY KEY, left_id TEXT NOT NULL REFERENCES appointments_customer (id),
            right_id TEXT NOT NULL REFERENCES appointments_customer (id), confidence REAL NOT NULL,
            fields TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('SUGGESTED', 'CONFIRMED', 'REJECTED')),
            decided_by TEXT, decided_at INTEGER, created_at INTEGER NOT NULL,
            CHECK (left_id < right_id), UNIQUE (left_id, right_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX appointments_match_right ON appointments_match (right_id);
        CREATE INDEX appointments_match_status ON appointments_match (status, confidence);
        """)
}

/// A search as it is kept; how it stands is kept with its job.
struct ReconciliationRow: Record {
    let id: String
    let job: LongJobID
    let algorithm: MatchingAlgorithm
    let confidence: Double
    let branches: [String]?
    let createdAt: Instant

    static let select: SQL =
        "SELECT id, job_id, algorithm, confidence, branches, created_at FROM appointments_reconciliation"

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        job = try row.get(at: 1)
        algorithm = MatchingAlgorithm(rawValue: try row.get(at: 2)) ?? .hybrid
        confidence = try row.get(at: 3)
        let branches: String? = try row.get(at: 4)
        self.branches = branches.map { $0.split(separator: " ").map(String.init) }
        createdAt = Instant(microseconds: try row.get(at: 5))
    }
}

extension PatientMatch: Record {
    static let select: SQL = """
        SELECT m.id, m.left_id, m.right_id, m.confidence, m.fields, m.status, m.decided_by, m.decided_at, m.created_at
        FROM appointments_match m JOIN appointments_customer l ON l.id = m.left_id
            JOIN appointments_customer r ON r.id = m.right_id
        """

    init(row: borrowing Row) throws(StoreError) {
        let fields: String = try row.get(at: 4)
        let decidedAt: Int64? = try row.get(at: 7)
        let document = try? JSONDocument(Array(fields.utf8))
        self.init(
            id: try row.get(at: 0), leftPatientId: try row.get(at: 1), rightPatientId: try row.get(at: 2),
            confidence: try row.get(at: 3),
            fields: document.flatMap { try? Self.fieldsSchema.decode(.json($0.root)) } ?? [:],
            status: try row.get(at: 5), decidedBy: try row.get(at: 6),
            decidedAt: decidedAt.map { Instant(microseconds: $0) }, createdAt: Instant(microseconds: try row.get(at: 8))
        )
    }

    static let fieldsSchema: Schema<[String: Double]> = .map(.double(0...1))
}

extension Transaction {
    /// Keeps a pair that was found. What somebody has decided stays decided.
    borrowing func suggest(_ left: String, _ right: String, _ match: RecordMatch) throws {
        let fields = Dictionary(match.fields.map { ($0.name, $0.similarity) }) { first, _ in first }
        let json = String(decoding: PatientMatch.fieldsSchema.encode(fields), as: UTF8.self)
        _ = try run(
            """
            INSERT INTO appointments_match (id, left_id, right_id, confidence, fields, status, created_at)
            SELECT \(newID("mat")), \(min(left, right)), \(max(left, right)), \(match.confidence), \(json), 'SUGGESTED', \(now.microseconds)
            WHERE EXISTS (SELECT 1 FROM appointments_customer WHERE id = \(left))
                AND EXISTS (SELECT 1 FROM appointments_customer WHERE id = \(right))
            ON CONFLICT (left_id, right_id) DO UPDATE SET confidence = excluded.confidence, fields = excluded.fields
            WHERE status = 'SUGGESTED'
            """)
    }
}
