import Crypto
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
    /// The signed head of this entry is not of this log or not of this tenant's key.
    case headDiffers(number: Int)
}

extension AuditFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .altered(let number): "entry \(number) is not as it was written"
        case .missing(let number): "entry \(number) is missing"
        case .endDiffers(let number): "the log does not end behind entry \(number)"
        case .headDiffers(let number): "the signed head at entry \(number) is not of this log"
        }
    }
}

extension AuditTable {
    /// Walks the whole log, a thousand rows at a time, from the last checkpoint on, and finds rows that were changed, taken
    /// away, added or moved, and heads that are not the tenant's own.
    ///
    /// It cannot find that the whole file was replaced by an older one; a head kept outside can.
    ///
    /// - Returns: how many rows there have been, trimmed ones included.
    /// - Throws: ``AuditFault``, the first one; ``StoreError``.
    @discardableResult
    static func verify(_ database: Database, tenant: String) async throws -> Int {
        let last = try await database.longRead(as: .host, from: Progress?.none) { session, progress in
            let host = HostReader(session)
            return try read(from: try progress ?? begin(tenant, host), tenant, host)
        }
        return last?.number ?? 0
    }

    /// How far a verification has come: the last row that was right.
    private struct Progress: Sendable {
        var number: Int
        var hash: [UInt8]
        let keys: [String: P256Key.Public]
    }

    /// What the last checkpoint says, or the beginning.
    private static func begin(_ tenant: String, _ host: HostReader) throws -> Progress {
        // From the sealed private keys: the points that stand beside the heads anybody could write.
        let keys = Dictionary(
            try AuditKey.all(host).map { ($0.kid, $0.key.publicKey) }, uniquingKeysWith: { first, _ in first })
        let checkpoint = try host.first(
            AuditHead.columns + "WHERE head.kind = 'checkpoint' ORDER BY head.number DESC LIMIT 1", as: AuditHead.self)
        guard let checkpoint else { return Progress(number: 0, hash: start, keys: keys) }
        guard let key = keys[checkpoint.kid], checkpoint.isSigned(by: key, tenant: tenant) else {
            throw AuditFault.headDiffers(number: checkpoint.number)
        }
        return Progress(number: checkpoint.number, hash: checkpoint.hash, keys: keys)
    }

    private static func read(from start: Progress, _ tenant: String, _ host: HostReader) throws -> Slice<Progress?> {
        var progress = start
        let rows = try host.all(
            "SELECT * FROM portico_audit WHERE number > \(start.number) ORDER BY number LIMIT 1000", as: HashedRow.self)
        let heads = try heads(after: start.number, to: rows.last?.row.number, host)
        for row in rows {
            guard row.row.number == progress.number + 1 else { throw AuditFault.missing(number: progress.number + 1) }
            guard row.row.hash(after: progress.hash) == row.hash else {
                throw AuditFault.altered(number: row.row.number)
            }
            progress.number = row.row.number
            progress.hash = row.hash
            for head in heads where head.number == row.row.number {
                guard head.hash == row.hash, let key = progress.keys[head.kid], head.isSigned(by: key, tenant: tenant)
                else { throw AuditFault.headDiffers(number: head.number) }
            }
        }
        if rows.count == 1000 { return .next(progress) }
        // Rows that were added meanwhile have moved the end, in the same snapshot.
        let isEnd = try host.value(
            """
            SELECT count(*) = 1 FROM portico_audit_end
            WHERE number = \(progress.number) AND hash = \(progress.hash)
                AND seal = \(AuditEnd.seal(progress.number, progress.hash))
            """, as: Bool.self)
        let isEmpty = try progress.number == 0 && host.first(AuditEnd.columns, as: AuditEnd.self) == nil
        let isSignedBeyond =
            try host.value(
                "SELECT count(*) > 0 FROM portico_audit_head WHERE number > \(progress.number)", as: Bool.self) ?? false
        guard isEnd == true || isEmpty, !isSignedBeyond else { throw AuditFault.endDiffers(number: progress.number) }
        return .done(progress)
    }

    private static func heads(after first: Int, to last: Int?, _ host: HostReader) throws(StoreError) -> [AuditHead] {
        guard let last else { return [] }
        return try host.all(
            AuditHead.columns + "WHERE head.number > \(first) AND head.number <= \(last)", as: AuditHead.self)
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
