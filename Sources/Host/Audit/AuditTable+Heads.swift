import Crypto
import PluginAPI

extension AuditTable {
    /// Signed heads, and deleting what a checkpoint stands for.
    static let heads = Migration(
        "000-audit-2-heads",
        """
        CREATE TABLE portico_audit_key (
            kid TEXT PRIMARY KEY,
            private_key BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_audit_head (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number INTEGER NOT NULL,
            hash BLOB NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('head', 'checkpoint')),
            kid TEXT NOT NULL REFERENCES portico_audit_key (kid),
            public_key BLOB NOT NULL,
            signature BLOB NOT NULL
        ) STRICT;
        CREATE INDEX portico_audit_head_number ON portico_audit_head (kind, number);
        ALTER TABLE portico_audit_end ADD COLUMN signed_number INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX portico_audit_at ON portico_audit (at);
        CREATE INDEX portico_audit_person ON portico_audit (person_id, number);
        CREATE INDEX portico_audit_subject ON portico_audit (subject_id, number);
        DROP TRIGGER portico_audit_is_not_deleted;
        CREATE TRIGGER portico_audit_is_not_deleted BEFORE DELETE ON portico_audit
        WHEN OLD.number > COALESCE((SELECT MAX(number) FROM portico_audit_head WHERE kind = 'checkpoint'), 0)
        BEGIN SELECT RAISE(ABORT, 'AUDIT_IS_APPEND_ONLY'); END;
        """)

    /// The name of the job that signs.
    static let headJob = "audit-head"
    /// The name of the job that trims.
    static let trimJob = "audit-trim"
    /// Entries stay unsigned for at most this long.
    static let headInterval = Duration.seconds(3600)
    /// Entries trimmed in one transaction.
    static let trimBatch = 4000

    /// When what is written now is to be signed: within the hour, and before the day (UTC) is over.
    static func headDue(after now: Instant) -> Instant {
        min(now + headInterval, Rule.every(seconds: 86_400).next(after: now) - .seconds(1))
    }

    /// Signs the end of the log, unless it is signed.
    static func signHead(tenant: String, now: Instant, _ host: HostWriter) throws {
        let end = try host.first(AuditEnd.columns, as: AuditEnd.self)
        guard let end, end.number > end.signedNumber else { return }
        try add(.head, end.number, end.hash, tenant: tenant, now: now, host)
        try host.run("UPDATE portico_audit_end SET signed_number = \(end.number) WHERE id = 1")
    }

    /// Removes the oldest entries, so many at a time, once a signed checkpoint stands for them.
    ///
    /// - Parameter before: entries of this moment and later stay.
    /// - Returns: whether there is more to remove.
    static func trim(before: Instant, tenant: String, now: Instant, _ host: HostWriter) throws -> Bool {
        let kept =
            try host.value(
                "SELECT MIN(number) FROM portico_audit WHERE at >= \(before.microseconds)", as: Int?.self) ?? nil
        let last = try kept.map { $0 - 1 } ?? host.first(AuditEnd.columns, as: AuditEnd.self)?.number ?? 0
        let first = try host.value("SELECT MIN(number) FROM portico_audit", as: Int?.self) ?? nil
        guard let first, first <= last else { return false }
        let covered =
            try host.value("SELECT MAX(number) FROM portico_audit_head WHERE kind = 'checkpoint'", as: Int?.self) ?? nil
        if covered.map({ $0 < last }) ?? true {
            guard let hash = try host.value("SELECT hash FROM portico_audit WHERE number = \(last)", as: [UInt8].self)
            else { throw StoreError(.mismatch, "the audit entry \(last) is gone") }
            try add(.checkpoint, last, hash, tenant: tenant, now: now, host)
        }
        let end = min(last, first + trimBatch - 1)
        try host.run("DELETE FROM portico_audit WHERE number <= \(end)")
        try host.run("DELETE FROM portico_audit_head WHERE kind = 'head' AND number <= \(end)")
        return end < last
    }

    private static func add(
        _ kind: AuditHead.Kind, _ number: Int, _ hash: [UInt8], tenant: String, now: Instant, _ host: HostWriter
    ) throws {
        let signing = try AuditKey.signing(now: now, host)
        let text = AuditHead.text(tenant, kind, number, hash, now)
        let signature = try signing.key.sign(Array(text.utf8))
        try host.run(
            """
            INSERT INTO portico_audit_head (number, hash, at, kind, kid, public_key, signature)
            VALUES (\(number), \(hash), \(now.microseconds), \(kind), \(signing.kid),
                \(signing.key.publicKey.point), \(signature.bytes))
            """)
    }
}
