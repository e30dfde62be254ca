internal import CSQLite
internal import StoreAPI

extension Connection {
    /// What a connection is opened for.
    enum Role {
        /// Changes rows and checkpoints; one for each database.
        case writer
        /// Only reads, with a busy timeout of 0.
        case reader
        /// Only reads, but may write a copy into another file, which needs an attached database.
        case backup
    }

    /// Opens a file, makes it when there is none, and sets everything that must be set before the first statement.
    ///
    /// - Throws: ``StoreError`` of kind `.busy` when another process holds the file, `.inputOutput` otherwise.
    static func open(
        _ path: String, role: Role, sealer: any Sealer, configuration: DatabaseConfiguration
    ) throws(StoreError) -> Connection {
        // SQLite would make the file readable for everyone; the log gets the mode of the file.
        try FileSystem.make(path)
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, "unix-excl")
        guard let handle else { throw StoreError(.inputOutput, "no memory to open a database") }
        guard code == SQLITE_OK else {
            let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown error"
            sqlite3_close_v2(handle)
            throw .sqlite(code, message: message)
        }
        harden(handle, role: role, configuration: configuration)
        let connection = Connection(
            handle: handle, sealer: sealer, functions: configuration.functions,
            cachedStatements: configuration.cachedStatements)
        do throws(StoreError) {
            try connection.configure(role: role, configuration: configuration)
        } catch {
            connection.close()
            throw error
        }
        sqlite3_db_release_memory(handle)
        return connection
    }

    /// How long the writer waits for readers, in milliseconds: a little longer than a read may take.
    static let writerPatience: Int32 = 300

    private static func harden(_ handle: OpaquePointer, role: Role, configuration: DatabaseConfiguration) {
        let off = [
            SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL,
            SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
            SQLITE_DBCONFIG_WRITABLE_SCHEMA, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
        ]
        for setting in off { _ = portico_sqlite3_switch(handle, setting, 0) }
        _ = portico_sqlite3_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        let limits: [(Int32, Int)] = [
            (SQLITE_LIMIT_ATTACHED, role == .backup ? 1 : 0), (SQLITE_LIMIT_LENGTH, configuration.valueBytes),
            (SQLITE_LIMIT_SQL_LENGTH, 256 * 1_024), (SQLITE_LIMIT_EXPR_DEPTH, 200),
            (SQLITE_LIMIT_COMPOUND_SELECT, 50), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 250),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 50), (SQLITE_LIMIT_VARIABLE_NUMBER, 32_766),
            (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in limits { sqlite3_limit(handle, limit, Int32(clamping: value)) }
        sqlite3_wal_autocheckpoint(handle, 0)
        // Only the writer may wait: for a reader to let go of the log when it is truncated.
        sqlite3_busy_timeout(handle, role == .writer ? writerPatience : 0)
    }

    private func configure(role: Role, configuration: DatabaseConfiguration) throws(StoreError) {
        var pragmas = [
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
            "PRAGMA cell_size_check = ON", "PRAGMA temp_store = MEMORY", "PRAGMA recursive_triggers = ON",
        ]
        if role != .writer { pragmas.append("PRAGMA mmap_size = \(configuration.readerMapBytes)") }
        if role == .reader { pragmas.append("PRAGMA query_only = ON") }
        for pragma in pragmas { try execute(internal: pragma) }
        if role == .writer { watchLog() }
    }

    /// Runs one of the module's own statements once.
    func execute(internal text: String) throws(StoreError) {
        let statement = try Statement(text, owner: .host, permit: .trusted(), isCached: false, on: self)
        while try statement.step() {}
    }

    /// Writes a compact copy of one snapshot into a new file; not yet on disk.
    func copy(to path: String) throws(StoreError) {
        let statement = try Statement("VACUUM INTO ?", owner: .host, permit: .trusted(), isCached: false, on: self)
        try statement.bind([.text(path)], sealer: sealer)
        while try statement.step() {}
    }

    private func watchLog() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
