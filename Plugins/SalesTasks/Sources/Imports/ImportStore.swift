internal import PluginAPI

/// An import as its table holds it.
struct ImportRow: Record {
    let id: String
    let task: String
    let fileName: String
    let state: ImportState
    let header: [String]
    let rows: Int
    let kept: Int
    let rejected: Int
    let makesTask: Bool
    let createdAt: Instant
    let finishedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        task = try row.get("task_id")
        fileName = try row.get("file_name")
        state = try row.get("state")
        header = TextList.list(try row.get("header"))
        rows = try row.get("rows")
        kept = try row.get("kept")
        rejected = try row.get("rejected")
        makesTask = try row.get("makes_task")
        createdAt = Instant(microseconds: try row.get("created_at"))
        finishedAt = (try row.get("finished_at") as Int64?).instant
    }
}

/// How far an import is.
enum ImportState: String, CaseIterable, Sendable, SQLConvertible {
    case running, done, discarded
}

extension Reading where Self: ~Copyable {
    /// An import by id.
    borrowing func importRow(_ id: String) throws(StoreError) -> ImportRow? {
        try first("SELECT * FROM salestasks_import WHERE id = \(id)")
    }

    /// The rows of an import that were not taken.
    borrowing func rejects(of importID: String) throws(StoreError) -> [RejectedRow] {
        try all("SELECT * FROM salestasks_reject WHERE import_id = \(importID) ORDER BY row")
    }
}

extension RejectedRow: Record {
    init(row: borrowing Row) throws(StoreError) {
        self.init(
            row: try row.get("row"), errors: TextList.list(try row.get("errors")),
            fields: TextList.list(try row.get("fields")))
    }
}
