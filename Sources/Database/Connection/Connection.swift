internal import CSQLite
internal import StoreAPI

/// One SQLite connection with its statements, used by one thread at a time.
///
/// It lies in a ``HandlePlace``; whoever uses it has taken it out of there and puts it back.
final class Connection: @unchecked Sendable {  // proof: a place lends it to one user at a time, under a Mutex
    let handle: OpaquePointer
    let sealer: any Sealer
    let timeLimit = TimeLimit()
    let authorizer: Authorizer
    /// Pages in the write-ahead log after the last commit of this connection.
    var logPages = 0
    /// The schema its statements were prepared for; see ``Database/schemaGeneration``.
    var schemaGeneration = 0
    /// Set when its settings are not what they should be; the writer then closes it and opens another one.
    var isSpoiled = false
    private var cache: StatementCache
    private var internals: [String: Statement] = [:]
    private(set) var isClosed = false

    init(handle: OpaquePointer, sealer: any Sealer, functions: SQLFunctions, cachedStatements: Int) {
        self.handle = handle
        self.sealer = sealer
        cache = StatementCache(capacity: cachedStatements)
        authorizer = Authorizer(functions: functions)
        authorizer.install(on: handle)
        timeLimit.install(on: handle)
    }

    deinit { close() }

    /// Finalizes the statements and closes; the last connection of a file checkpoints it.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        forgetStatements()
        internals = [:]
        authorizer.permit = .trusted()
        timeLimit.set(nil)
        sqlite3_close_v2(handle)
    }

    /// Whether no transaction is open.
    var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }
    /// Rows inserted, changed and deleted since it was opened, by triggers and foreign keys too.
    var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }
    /// Whether rows wait for their parents: deferred keys would fail only at COMMIT.
    var hasOpenForeignKeys: Bool {
        var now: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0)
        return now != 0
    }
    var cachedStatements: Int { cache.count }

    /// A statement of an owner, ready to step; it goes back through ``finish(_:)``.
    func start(_ sql: SQL, as owner: Owner, mode: Permit.Mode) throws(StoreError) -> Statement {
        let statement = try lend(sql.text, owner: owner, mode: mode)
        do throws(StoreError) {
            try statement.bind(sql.arguments, sealer: sealer)
        } catch {
            finish(statement)
            throw error
        }
        return statement
    }

    /// Takes a statement back.
    func finish(_ statement: Statement) {
        statement.reset()
        statement.isLent = false
    }

    private func lend(_ text: String, owner: Owner, mode: Permit.Mode) throws(StoreError) -> Statement {
        if let statement = cache.lend(text, owner: owner) { return statement }
        if mode != .trusted { try StatementRules.check(text) }
        let permit = Permit(mode: mode, prefix: owner.prefixBytes)
        let statement = try Statement(text, owner: owner, permit: permit, isCached: true, on: self)
        statement.isLent = true
        cache.keep(statement, text: text)
        return statement
    }

    /// Forgets what was prepared, after a change of the schema.
    func forgetStatements() { cache.removeAll() }
}

extension Connection {
    /// Runs one of the module's own statements, kept prepared for as long as the connection is open.
    func run(internal text: String) throws(StoreError) {
        let statement: Statement
        if let known = internals[text] {
            statement = known
        } else {
            statement = try Statement(text, owner: .host, permit: .trusted(), isCached: true, on: self)
            internals[text] = statement
        }
        defer { statement.reset() }
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

extension Connection {
    /// Copies the log into the file and empties it, unless a reader is in the way.
    func emptyLog() { sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) }

    /// The row id of the last insert; each member of a group begins with 0.
    var lastInsertedRowID: Int64 {
        get { sqlite3_last_insert_rowid(handle) }
        set { sqlite3_set_last_insert_rowid(handle, newValue) }
    }
}
