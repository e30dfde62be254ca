import Crypto
import PluginAPI

/// What happened in a tenant, row behind row, never changed: each row's hash is over the hash before it and its own
/// fields, and the last one is remembered under the tenant's key. See ``AuditTable/verify(_:)``.
enum AuditTable {
    static let migration = Migration(
        "000-audit",
        """
        CREATE TABLE portico_audit (
            number INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            plugin TEXT NOT NULL,
            person_id TEXT,
            on_behalf_of TEXT,
            action TEXT NOT NULL,
            subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            outcome TEXT NOT NULL,
            address TEXT,
            user_agent TEXT,
            request_id TEXT NOT NULL,
            details TEXT NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER portico_audit_is_not_changed BEFORE UPDATE ON portico_audit
        BEGIN SELECT RAISE(ABORT, 'AUDIT_IS_APPEND_ONLY'); END;
        CREATE TRIGGER portico_audit_is_not_deleted BEFORE DELETE ON portico_audit
        BEGIN SELECT RAISE(ABORT, 'AUDIT_IS_APPEND_ONLY'); END;
        CREATE TABLE portico_audit_end (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            number INTEGER NOT NULL,
            hash BLOB NOT NULL,
            seal BLOB NOT NULL
        ) STRICT;
        """)

    /// What the first row's hash is over, in place of a hash before it.
    static let start = [UInt8](repeating: 0, count: Digest256.byteCount)

    /// Adds a row, in the transaction of what it tells of.
    static func append(_ entry: AuditEntry, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        guard !origin.isPast else { return }
        let end = try host.first(AuditEnd.columns, as: AuditEnd.self)
        if end.map({ $0.number == $0.signedNumber }) ?? true {
            try JobTable.ensure(headJob, at: headDue(after: origin.now), key: "", plugin: "portico", host)
        }
        let row = AuditRow(number: (end?.number ?? 0) + 1, entry, origin)
        let hash = row.hash(after: end?.hash ?? start)
        try host.run(
            """
            INSERT INTO portico_audit (number, at, plugin, person_id, on_behalf_of, action, subject_kind, subject_id,
                outcome, address, user_agent, request_id, details, hash)
            VALUES (\(row.number), \(row.at), \(row.plugin), \(row.person), \(row.onBehalfOf), \(row.action),
                \(row.subjectKind), \(row.subjectID), \(row.outcome), \(row.address), \(row.userAgent),
                \(row.requestID), \(row.details), \(hash))
            """)
        try host.run(
            """
            INSERT INTO portico_audit_end (id, number, hash, seal)
            VALUES (1, \(row.number), \(hash), \(AuditEnd.seal(row.number, hash)))
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash, seal = excluded.seal
            """)
    }
}

/// Where the chain ends.
struct AuditEnd: Record {
    let number: Int
    let hash: [UInt8]
    /// The last entry that a signed head covers.
    let signedNumber: Int

    static let columns: SQL = "SELECT number, hash, signed_number FROM portico_audit_end"

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        hash = try row.get("hash")
        signedNumber = try row.get("signed_number")
    }

    /// Number and hash under the tenant's key: who can write the file but has no key cannot write another chain.
    static func seal(_ number: Int, _ hash: [UInt8]) -> BlindIndex {
        BlindIndex("\(number) \(Hex.encode(hash))", tag: "audit.end")
    }
}
