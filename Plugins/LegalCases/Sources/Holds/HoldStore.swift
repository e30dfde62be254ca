internal import PluginAPI

/// A legal hold: on one document, or on all of a case, those to come too. What is held nothing deletes: no person, no
/// retention, no erasure (the trigger `legalcases_document_held`).
struct HoldRow: Record {
    let id: Int
    let matter: Int
    /// nil for the whole case.
    let document: Int?
    let reason: String
    let placedBy: PersonID?
    let placedAt: Instant
    let releasedBy: PersonID?
    let releasedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        document = try row.get("document_id")
        reason = try row.get("reason")
        placedBy = try row.get("placed_by")
        placedAt = Instant(microseconds: try row.get("placed_at"))
        releasedBy = try row.get("released_by")
        releasedAt = (try row.get("released_at") as Int64?).map { Instant(microseconds: $0) }
    }
}

extension Reading where Self: ~Copyable {
    borrowing func hold(_ id: Int) throws(StoreError) -> HoldRow? {
        try first("SELECT * FROM legalcases_hold WHERE id = \(id)")
    }

    /// Whether a document is under hold, by itself or with its case.
    borrowing func isHeld(document: Int, of matter: Int) throws(StoreError) -> Bool {
        try value(
            """
            SELECT 1 FROM legalcases_hold WHERE released_at IS NULL AND matter_id = \(matter)
            AND (document_id IS NULL OR document_id = \(document)) LIMIT 1
            """, as: Int.self) != nil
    }
}

extension Transaction {
    /// Places a hold. It counts at once; the files of a large case are marked behind it, some at a time.
    borrowing func place(holdOn matter: Int, document: Int?, because reason: String, by person: PersonID) throws
        -> HoldRow
    {
        let hold: HoldRow = try one(
            """
            INSERT INTO legalcases_hold (matter_id, document_id, reason, placed_by, placed_at)
            VALUES (\(matter), \(document), \(reason), \(person), \(now.microseconds)) RETURNING *
            """)
        try markFiles(of: matter, document: document, after: 0)
        return hold
    }

    /// Ends a hold. What no other hold keeps can be deleted again.
    borrowing func release(_ hold: HoldRow, by person: PersonID) throws -> HoldRow {
        let released: HoldRow = try one(
            """
            UPDATE legalcases_hold SET released_by = \(person), released_at = \(now.microseconds) WHERE id = \(hold.id)
            RETURNING *
            """)
        try markFiles(of: hold.matter, document: hold.document, after: 0)
        return released
    }

    /// Tells the files of a case, or of one document, whether they are held.
    ///
    /// - Parameter last: documents up to this one have been told.
    borrowing func markFiles(of matter: Int, document: Int?, after last: Int) throws {
        let batch = 100
        let documents: [Int]
        if let document {
            documents = [document]
        } else {
            documents = try values(
                """
                SELECT id FROM legalcases_document WHERE matter_id = \(matter) AND id > \(last) ORDER BY id LIMIT \(batch)
                """)
        }
        for document in documents {
            let isHeld = try isHeld(document: document, of: matter)
            for version in try versions(of: document) { try hold(version.file, isHeld) }
        }
        if document == nil, documents.count == batch, let last = documents.last {
            try schedule(
                LegalCases.markHeldFiles, at: now, key: "\(matter)", HeldFiles(matter: matter, after: last))
        }
    }
}

/// Files of a case that are to be told whether they are held.
struct HeldFiles: Described {
    let matter: Int
    let after: Int

    static let schema = Schema<HeldFiles>.object(
        HeldFiles.init(matter:after:), Field("matter", \.matter, .number), Field("after", \.after, .number))
}
