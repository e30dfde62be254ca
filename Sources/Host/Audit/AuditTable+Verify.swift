import Database
import PluginAPI

/// What is wrong with an audit log.
enum AuditFault: Error, Equatable {
    /// The row's fields, or its place, are not those that were written.
    case altered(number: Int)
    /// The row is gone.
    case missing(number: Int)
    /// The log does not end where it ended when it was last written; rows behind this one are gone or made up.
    case endDiffers(number: Int)
}

extension AuditTable {
    /// Walks the whole log, a thousand rows at a time, and finds rows that were changed, taken away, added or moved.
    ///
    /// It cannot find that the whole file was replaced by an older one.
    ///
    /// - Returns: how many rows there are.
    /// - Throws: ``AuditFault``, the first one; ``StoreError``.
    @discardableResult
    static func verify(_ database: Database) async throws -> Int {
        let last = try await database.longRead(as: .host, from: Progress(number: 0, hash: start)) { session, progress in
            try read(from: progress, HostReader(session))
        }
        return last.number
    }

    /// How far a verification has come: the last row that was right.
    private struct Progress: Sendable {
        var number: Int
        var hash: [UInt8]
    }

    private static func read(from start: Progress, _ host: HostReader) throws -> Slice<Progress> {
        var progress = start
        let rows = try host.all(
            "SELECT * FROM portico_audit WHERE number > \(start.number) ORDER BY number LIMIT 1000", as: HashedRow.self)
        for row in rows {
            guard row.row.number == progress.number + 1 else { throw AuditFault.missing(number: progress.number + 1) }
            guard row.row.hash(after: progress.hash) == row.hash else {
                throw AuditFault.altered(number: row.row.number)
            }
            progress = Progress(number: row.row.number, hash: row.hash)
        }
        if rows.count == 1000 { return .next(progress) }
        // Rows that were added meanwhile have moved the end, in the same snapshot.
        let isEnd = try host.value(
            """
            SELECT count(*) = 1 FROM portico_audit_end
            WHERE number = \(progress.number) AND hash = \(progress.hash)
                AND seal = \(AuditEnd.seal(progress.number, progress.hash))
            """, as: Bool.self)
        let isEmpty =
            try progress.number == 0 && host.first("SELECT * FROM portico_audit_end", as: AuditEnd.self) == nil
        guard isEnd == true || isEmpty else { throw AuditFault.endDiffers(number: progress.number) }
        return .done(progress)
    }
}

/// A row with the hash that stands beside it.
private struct HashedRow: Record {
    let row: AuditRow
    let hash: [UInt8]

    init(row: borrowing Row) throws(StoreError) {
        self.row = try AuditRow(row: row)
        hash = try row.get("hash")
    }
}
