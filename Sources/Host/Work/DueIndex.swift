import Database
import PluginAPI
import Synchronization

/// For each tenant the earliest moment at which it has work, in the host's own database, so that a process which starts
/// with every tenant closed knows whom to open and when (architecture §5).
///
/// It is lowered, and that committed, before the tenant's transaction that adds earlier work commits; it is raised only
/// after the work is done. A needless wake-up costs one opening; a lost one cannot happen.
final class DueIndex: Sendable {
    static let migration = Migration(
        "000-due",
        """
        CREATE TABLE portico_due (
            tenant TEXT PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    private let database: Database
    private let entries = Mutex<[String: Entry]>([:])
    private let onLowered: @Sendable () -> Void

    /// One tenant's moment. Its lock is held while the row is written, so that row and memory never disagree.
    private final class Entry: Sendable {
        struct State {
            var at: Instant?
            /// Counts what has been added; a raise that does not know of all of it is dropped.
            var generation = 0
        }
        let state: Mutex<State>
        init(_ at: Instant?) { state = Mutex(State(at: at)) }
    }

    /// - Parameter onLowered: wakes whoever waits for the earliest moment.
    init(_ database: Database, onLowered: @escaping @Sendable () -> Void) {
        self.database = database
        self.onLowered = onLowered
    }

    /// Reads what the last process left.
    func load() async throws {
        let rows = try await database.write(as: .host) {
            try HostWriter($0).all("SELECT * FROM portico_due", as: DueRow.self)
        }
        entries.withLock { entries in
            for row in rows { entries[row.tenant] = Entry(row.at) }
        }
    }

    /// Called on the tenant's writer before its group commits. Blocks for one commit of the host's database when the
    /// moment is earlier than the one known.
    func lower(_ tenant: String, to at: Instant) throws {
        let isEarlier = try entry(tenant).state.withLock { state in
            state.generation += 1
            if let known = state.at, known <= at { return false }
            try database.writeAndWait(as: .host) { session in
                _ = try HostWriter(session).run(
                    """
                    INSERT INTO portico_due (tenant, at) VALUES (\(tenant), \(at.microseconds))
                    ON CONFLICT (tenant) DO UPDATE SET at = excluded.at
                    """)
            }
            state.at = at
            return true
        }
        if isEarlier { onLowered() }
    }

    /// Taken before looking for the next work, given back to ``raise(_:to:since:)``.
    func generation(of tenant: String) -> Int { entry(tenant).state.withLock { $0.generation } }

    /// The tenant's next work is at a later moment, or there is none. Dropped when work was added since the generation
    /// was taken. Blocks for one commit; called on a worker, never on a loop.
    func raise(_ tenant: String, to at: Instant?, since generation: Int) throws {
        try entry(tenant).state.withLock { state in
            guard state.generation == generation, state.at != at else { return }
            try database.writeAndWait(as: .host) { session in
                let host = HostWriter(session)
                if let at {
                    try host.run("UPDATE portico_due SET at = \(at.microseconds) WHERE tenant = \(tenant)")
                } else {
                    try host.run("DELETE FROM portico_due WHERE tenant = \(tenant)")
                }
            }
            state.at = at
        }
    }

    /// The tenants that have work, the most urgent first.
    var waiting: [(tenant: String, at: Instant)] {
        entries.withLock { entries in
            entries.compactMap { tenant, entry in
                entry.state.withLock { $0.at }.map { (tenant: tenant, at: $0) }
            }
        }.sorted { $0.at < $1.at }
    }

    private func entry(_ tenant: String) -> Entry {
        entries.withLock { entries in
            if let entry = entries[tenant] { return entry }
            let entry = Entry(nil)
            entries[tenant] = entry
            return entry
        }
    }
}

private struct DueRow: Record {
    let tenant: String
    let at: Instant

    init(row: borrowing Row) throws(StoreError) {
        tenant = try row.get("tenant")
        at = Instant(microseconds: try row.get("at"))
    }
}
