internal import CSQLite
public import StoreAPI
internal import Synchronization

/// Every database of the process: the threads that open and write them and the budget of open handles.
public final class DatabaseEngine: Sendable {
    /// What it was made with.
    public let configuration: DatabaseConfiguration
    let registry: HandleRegistry
    let counters = Counters()
    private let writers: TurnPool
    private let openers: TurnPool
    private let longReaders: TurnPool
    private let state = Mutex(State())

    private struct State {
        var databases: [String: Database] = [:]
        var isClosed = false
    }

    /// Starts the threads and raises the limit of file descriptors to what the handle budget needs.
    ///
    /// - Throws: ``StoreError`` of kind `.misuse` when the system's hard limit is too low or there are no threads.
    public init(_ configuration: DatabaseConfiguration = DatabaseConfiguration()) throws(StoreError) {
        _ = Self.library
        try FileDescriptors.raise(to: Self.fileDescriptorBudget(for: configuration))
        self.configuration = configuration
        registry = HandleRegistry(budget: configuration.handleBudget, counters: counters)
        writers = try TurnPool(name: "db-write", threads: configuration.writerThreads)
        openers = try TurnPool(name: "db-open", threads: configuration.openerThreads)
        longReaders = try TurnPool(name: "db-long", threads: configuration.longReadThreads)
    }

    /// Settings of the library, once for the process.
    private static let library: Int32 = portico_sqlite3_configure()

    /// The database in a file; the file is made when it is first opened. Nothing is opened yet.
    ///
    /// - Parameters:
    ///   - path: absolute; its folder exists. Asked again for the same path, the same database is returned and the
    ///     other arguments are ignored.
    ///   - sealer: encrypts and hashes sealed and blind values.
    ///   - maximumBytes: the file's largest size; a write beyond it throws `.full`. Nil for no limit.
    ///   - hasOwnWriter: writes on a thread of its own instead of the shared ones, so that group hooks of other
    ///     databases can wait for it (see ``Database/writeAndWait(as:budget:_:)``).
    ///   - groupHook: called with the notes of each group before it commits (see ``WriteSession/note(_:)``).
    /// - Throws: ``StoreError`` of kind `.closed` when the engine is closed, `.misuse` without a thread.
    public func database(
        at path: String, sealer: any Sealer, maximumBytes: Int? = nil, hasOwnWriter: Bool = false,
        groupHook: GroupHook? = nil
    ) throws(StoreError) -> Database {
        try state.withLock { state throws(StoreError) in
            if state.isClosed { throw StoreError(.closed, "the engine is closed") }
            if let database = state.databases[path] { return database }
            let ownPool = hasOwnWriter ? try TurnPool(name: "db-own", threads: 1) : nil
            let file = DatabaseFile(
                path: path, sealer: sealer, maximumPages: maximumBytes.map { max(1, $0 / 4_096) } ?? 0,
                configuration: configuration, registry: registry, counters: counters)
            let database = Database(
                file: file, writer: Writer(file: file, pool: ownPool ?? writers, groupHook: groupHook),
                hasOwnWriter: hasOwnWriter, openers: openers, longReaders: longReaders
            ) { [weak self] in
                ownPool?.stop()
                self?.forget(path)
            }
            state.databases[path] = database
            return database
        }
    }

    /// Lets every waiting write finish, checkpoints and closes every database, and ends the threads.
    public func close() async {
        let databases = state.withLock { state in
            state.isClosed = true
            return Array(state.databases.values)
        }
        for database in databases { await database.close() }
        for pool in [writers, openers, longReaders] { pool.stop() }
    }

    /// Connections open now.
    public var openHandles: Int { registry.count }

    /// What has happened so far.
    public var metrics: DatabaseMetrics {
        DatabaseMetrics(
            openHandles: registry.count, handlesOpened: counters.handlesOpened.load(ordering: .relaxed),
            handlesEvicted: counters.handlesEvicted.load(ordering: .relaxed),
            waitingWrites: counters.waitingWrites.load(ordering: .relaxed),
            writesRefused: counters.writesRefused.load(ordering: .relaxed),
            groups: counters.groups.load(ordering: .relaxed), writes: counters.writes.load(ordering: .relaxed),
            groupsLost: counters.groupsLost.load(ordering: .relaxed),
            interruptions: counters.interruptions.load(ordering: .relaxed),
            checkpoints: counters.checkpoints.load(ordering: .relaxed))
    }

    private func forget(_ path: String) { state.withLock { $0.databases[path] = nil } }
}
