internal import CSQLite
internal import StoreAPI

extension Connection {
    /// Runs one of the module's own statements, kept prepared for as long as the connection is open.
    func run(_ control: TransactionControl) throws(StoreError) {
        guard !isClosed else { throw StoreError(.closed, "the connection is closed") }
        let statement: Statement
        if let known = controls[control.rawValue] {
            statement = known
        } else {
            statement = try Statement(control.text, owner: .host, permit: .trusted(), isCached: true, on: self)
            controls[control.rawValue] = statement
        }
        defer { statement.rewind() }
        while try statement.step() {}
    }

    /// Reads with one of the module's own statements.
    func rows<T>(
        internal sql: SQL, _ read: (borrowing Row) throws(StoreError) -> T
    ) throws(StoreError) -> [T] {
        let statement = try Statement(sql.text, owner: .host, permit: .trusted(), isCached: false, on: self)
        try statement.bind(sql.arguments, sealer: sealer)
        var results: [T] = []
        let row = Row(source: statement)
        while try statement.step() { results.append(try read(row)) }
        return results
    }

    /// Whether the file has a table or view of this name, or SQLite would make one.
    func hasTable(named name: String) throws(StoreError) -> Bool {
        let found = try rows(
            internal: """
                SELECT 1 FROM sqlite_schema WHERE name = \(name) COLLATE NOCASE
                UNION ALL SELECT 1 FROM pragma_module_list WHERE name = \(name) COLLATE NOCASE
                """
        ) { row throws(StoreError) in try row.get(at: 0, as: Int.self) }
        return !found.isEmpty || name.lowercased().hasPrefix("sqlite_") || name.lowercased().hasPrefix("pragma_")
    }

    /// Prepares the first statement of a text; the tail is what stands behind it.
    func prepare(
        _ text: String, permit: Permit, isCached: Bool
    ) -> (code: Int32, handle: OpaquePointer?, tail: String) {
        var text = text
        var statement: OpaquePointer?
        let outer = authorizer.permit
        authorizer.permit = permit
        defer { authorizer.permit = outer }
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars in
                var tail: UnsafePointer<CChar>?
                let flags = isCached ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
                let code = sqlite3_prepare_v3(
                    handle, chars.baseAddress, Int32(clamping: chars.count), flags, &statement, &tail)
                guard let start = chars.baseAddress, let tail else { return (code, statement, "") }
                let rest = bytes[(tail - start)...]
                return (code, statement, String(decoding: rest, as: UTF8.self))
            }
        }
    }

    /// One step under a permit.
    func step(_ statement: OpaquePointer, permit: Permit) -> Int32 {
        let outer = authorizer.permit
        authorizer.permit = permit
        defer { authorizer.permit = outer }
        return sqlite3_step(statement)
    }

    /// The error of the last call on this connection.
    func error(_ code: Int32, permit: Permit? = nil) -> StoreError {
        let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown error"
        if let refusal = permit?.refusal {
            permit?.refusal = nil
            if code & 0xFF == SQLITE_AUTH || code & 0xFF == SQLITE_ERROR {
                return StoreError(.denied, "\(message): \(refusal)")
            }
        }
        return .sqlite(code, message: message, systemError: sqlite3_system_errno(handle))
    }
}
