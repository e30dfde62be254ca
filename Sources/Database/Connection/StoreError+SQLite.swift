internal import CSQLite
internal import Glibc
internal import StoreAPI

extension StoreError {
    /// What an extended result code of SQLite means to those above.
    ///
    /// - Parameters:
    ///   - code: the extended result code.
    ///   - message: `sqlite3_errmsg`.
    ///   - systemError: `sqlite3_system_errno`, which tells a full quota from a broken disk.
    static func sqlite(_ code: Int32, message: String, systemError: Int32 = 0) -> StoreError {
        switch code {
        case Constraint.unique, Constraint.primaryKey, Constraint.rowID:
            return StoreError(.unique(subject(of: message)), message)
        case Constraint.trigger: return StoreError(.refused(message), message)
        default: break
        }
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: return StoreError(.constraint(subject(of: message)), message)
        case SQLITE_FULL: return StoreError(.full, message)
        case SQLITE_IOERR where [ENOSPC, EDQUOT, EFBIG].contains(systemError): return StoreError(.full, message)
        case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_READONLY,
            SQLITE_NOMEM:
            return StoreError(.inputOutput, "\(message) (\(code))")
        case SQLITE_INTERRUPT: return StoreError(.interrupted, message)
        case SQLITE_BUSY, SQLITE_LOCKED: return StoreError(.busy, message)
        case SQLITE_AUTH: return StoreError(.denied, message)
        // The parser of FTS5 repeats what was searched for, and that is a value.
        case _ where message.hasPrefix("fts5: "): return StoreError(.misuse, "fts5: syntax error")
        default: return StoreError(.misuse, "\(message) (\(code))")
        }
    }

    /// Extended codes, which sqlite3.h spells as sums that Swift does not see.
    private enum Constraint {
        static let primaryKey = SQLITE_CONSTRAINT | 6 << 8
        static let trigger = SQLITE_CONSTRAINT | 7 << 8
        static let unique = SQLITE_CONSTRAINT | 8 << 8
        static let rowID = SQLITE_CONSTRAINT | 10 << 8
    }

    /// What a constraint names: what stands behind `… constraint failed: `.
    private static func subject(of message: String) -> String {
        let mark = " constraint failed: "
        var rest = message[...]
        while let first = rest.first {
            if rest.hasPrefix(mark) { return String(rest.dropFirst(mark.count)) }
            _ = first
            rest = rest.dropFirst()
        }
        return message
    }
}
