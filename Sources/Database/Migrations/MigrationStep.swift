/// One change of an owner's schema, applied once for each database.
public struct MigrationStep: Sendable {
    /// Unique for its owner, e.g. `1-bookings`; for the log and the record of what was applied.
    public let id: String
    /// One or more statements: tables, indexes, triggers, views and FTS5 tables under the owner's prefix, and rows in
    /// them. No transaction control; foreign keys are checked at the end of the step.
    public let sql: String

    public init(id: String, sql: String) {
        self.id = id
        self.sql = sql
    }

    /// FNV-1a of 64 bits over the text, in hexadecimal: it finds edits, and nobody has to be kept from forging it.
    var checksum: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

/// Why a database was not brought to the newest version of an owner's schema; it stays as it was before the step.
public struct MigrationError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        /// The step was applied with another text.
        case changed
        /// The step was applied and is no longer in the list, or its place in the list has changed.
        case missing
        /// Two steps of the list have the same id.
        case duplicate
        /// The step failed.
        case failed
    }

    /// Whose schema.
    public let owner: String
    /// Which step.
    public let id: String
    /// What is wrong.
    public let reason: Reason
    /// For the log.
    public let message: String
}
