internal import CSQLite

extension Authorizer {
    /// What a migration may do beyond reading and writing rows.
    func allowsSchema(_ request: Request, _ permit: Permit) -> Bool {
        switch request.action {
        case SQLITE_CREATE_TABLE, SQLITE_CREATE_VIEW, SQLITE_DROP_TABLE, SQLITE_DROP_VIEW:
            return Self.isMain(request.database)
                && (permit.owns(request.first) || Self.text(request.first) == "sqlite_sequence")
        case SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX:
            return Self.isMain(request.database) && permit.owns(request.second)
                && (permit.owns(request.first) || Self.isAutomaticIndex(request.first))
        case SQLITE_CREATE_TRIGGER, SQLITE_DROP_TRIGGER:
            return Self.isMain(request.database) && permit.owns(request.first) && permit.owns(request.second)
        case SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE:
            return Self.isMain(request.database) && permit.owns(request.first)
                && Self.text(request.second) == "fts5"
        case SQLITE_ALTER_TABLE:
            return Self.text(request.first) == "main" && permit.owns(request.second)
        case SQLITE_REINDEX:
            return permit.owns(request.first) || Self.isAutomaticIndex(request.first)
        case SQLITE_FUNCTION:
            return Self.text(request.second).map(Self.schemaFunctions.contains) ?? false
        case SQLITE_READ, SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            // SQLite's own way of changing the schema; the words themselves are refused in a migration's text.
            return Self.text(request.first).map(Self.schemaTables.contains) ?? false
        case SQLITE_PRAGMA:
            return Self.text(request.first) == "quick_check"
        default:
            return false
        }
    }

    /// Called only from statements that SQLite writes itself for ALTER TABLE.
    private static let schemaFunctions: Set<String> = [
        "sqlite_rename_table", "sqlite_rename_column", "sqlite_rename_test", "sqlite_rename_quotefix",
        "sqlite_drop_column",
    ]
    private static let schemaTables: Set<String> = [
        "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence",
        "sqlite_stat1", "sqlite_stat4", "pragma_quick_check",
    ]

    static func isAutomaticIndex(_ name: UnsafePointer<CChar>?) -> Bool {
        text(name)?.hasPrefix("sqlite_autoindex_") ?? false
    }

    static func isMain(_ name: UnsafePointer<CChar>?) -> Bool { text(name) == "main" }

    static func text(_ name: UnsafePointer<CChar>?) -> String? { name.map { String(cString: $0) } }

    /// For the log: the action's number in sqlite3.h and what it was about.
    static func describe(_ request: Request) -> String {
        let subject = [text(request.first), text(request.second)].compactMap { $0 }.joined(separator: ".")
        return "action \(request.action) on \(subject)"
    }
}

extension Permit {
    /// Whether a name begins with the owner's prefix, in whatever case: SQLite's names have none.
    func owns(_ name: UnsafePointer<CChar>?) -> Bool {
        guard let name, !prefix.isEmpty else { return false }
        for (index, expected) in prefix.enumerated() {
            let byte = UInt8(bitPattern: name[index])  // ends at the NUL, which equals no byte of a prefix
            guard ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == expected else { return false }
        }
        return true
    }
}
