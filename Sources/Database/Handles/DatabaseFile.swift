internal import StoreAPI
internal import Synchronization

/// One file and what all its connections have in common.
final class DatabaseFile: Sendable {
    let path: String
    let sealer: any Sealer
    let configuration: DatabaseConfiguration
    let registry: HandleRegistry
    let counters: Counters
    /// How long one read may run, in nanoseconds.
    let readTime: Int64
    /// The largest size in pages of 4 KB; 0 for no limit.
    let maximumPages: Int
    /// Counts changes of the schema: statements prepared before one are forgotten.
    let schemaGeneration = Atomic(0)
    /// Counts what was committed; raised after a commit and before anybody is told of it.
    let commits = Atomic<UInt64>(0)
    /// Opening and closing are serialised: the first open (recovery) and the last close (checkpoint) hold the file
    /// exclusively.
    private let gate = Mutex<Void>(())

    init(
        path: String, sealer: any Sealer, maximumPages: Int, configuration: DatabaseConfiguration,
        registry: HandleRegistry, counters: Counters
    ) {
        self.path = path
        self.sealer = sealer
        self.maximumPages = maximumPages
        self.configuration = configuration
        readTime = configuration.readTimeLimit.nanoseconds
        self.registry = registry
        self.counters = counters
    }

    /// Opens a connection; its room in the budget has been reserved.
    func open(_ role: Connection.Role) throws(StoreError) -> Connection {
        let connection = try gate.withLock { _ throws(StoreError) in
            try Connection.open(path, role: role, sealer: sealer, configuration: configuration)
        }
        connection.schemaGeneration = schemaGeneration.load(ordering: .acquiring)
        counters.handlesOpened.add(1, ordering: .relaxed)
        if role == .writer, maximumPages > 0 {
            try connection.execute(internal: "PRAGMA max_page_count = \(maximumPages)")
        }
        return connection
    }

    /// Opens a connection into an empty place.
    func open(_ role: Connection.Role, into place: HandlePlace) throws(StoreError) {
        registry.reserve()
        let connection: Connection
        do throws(StoreError) {
            connection = try open(role)
        } catch {
            registry.release()
            throw error
        }
        registry.remember(place, of: self)
        if !place.fill(connection) {
            registry.forget(place)
            close(connection)
        }
    }

    /// Closes a connection that lies in no place any more.
    func close(_ connection: Connection) {
        gate.withLock { _ in connection.close() }
    }

    /// Says that something may have changed on the disk.
    func noteCommit() { commits.wrappingAdd(1, ordering: .releasing) }

    /// Makes a connection ready for its next user.
    func refresh(_ connection: Connection) {
        let generation = schemaGeneration.load(ordering: .acquiring)
        guard connection.schemaGeneration != generation else { return }
        connection.schemaGeneration = generation
        connection.forgetStatements()
    }
}
