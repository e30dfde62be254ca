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
    /// The module's own statements that have been run, by ``TransactionControl``.
    var controls = [Statement?](repeating: nil, count: TransactionControl.allCases.count)
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
        controls = []
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
        cache.keep(statement)
        return statement
    }

    /// Forgets what was prepared, after a change of the schema.
    func forgetStatements() { cache.removeAll() }

    /// Gives back the memory that only saves work the next time: prepared statements and cached pages.
    func trim() {
        forgetStatements()
        sqlite3_db_release_memory(handle)
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
