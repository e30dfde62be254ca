import PluginAPI

/// The hashes of people's passwords; sealed, so that a copy of the database alone gives nothing to guess against.
enum PasswordTable {
    /// The hash of an account's password; nil when it has none.
    static func hash(of person: PersonID, _ tables: some Queries) throws(StoreError) -> PasswordHash? {
        try tables.value(
            "SELECT hash FROM portico_password WHERE person_id = \(person)", as: Sealed<PasswordHash>.self)?.value
    }

    /// When an account's password was set; nil when it has none.
    static func setAt(of person: PersonID, _ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value("SELECT changed_at FROM portico_password WHERE person_id = \(person)", as: Int64.self)
            .map { Instant(microseconds: $0) }
    }

    /// Gives an account its password.
    static func set(
        _ hash: PasswordHash, of person: PersonID, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_password (person_id, hash, changed_at)
            VALUES (\(person), \(Sealed(hash)), \(now.microseconds))
            ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
            """)
    }

    /// Puts the same password's hash of another cost in the place of one.
    static func renew(_ hash: PasswordHash, of person: PersonID, _ host: HostWriter) throws(StoreError) {
        try host.run("UPDATE portico_password SET hash = \(Sealed(hash)) WHERE person_id = \(person)")
    }
}

/// A password's hash by bcrypt.
struct PasswordHash: Sealable, Equatable {
    /// `$2b$12$…`
    let text: String

    init(_ text: String) { self.text = text }

    static let sealTag = "password.hash"
    var sealedBytes: [UInt8] { Array(text.utf8) }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
}
