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
    /// In front of the tenants' names in the rows of one kind of work.
    private let kind: String
    /// Held only for moments, and never while another lock is waited for.
    private let queue = Mutex(DueQueue())
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

    /// - Parameters:
    ///   - kind: which work it is about, where that is not the usual; no tenant's name has a slash in it.
    ///   - onLowered: wakes whoever waits for the earliest moment.
    init(_ database: Database, kind: String = "", onLowered: @escaping @Sendable () -> Void) {
        self.database = database
        self.kind = kind
        self.onLowered = onLowered
    }

    /// Reads what the last process left.
    func load() async throws {
        let kind = kind
        let rows = try await database.write(as: .host) { session in
            try HostWriter(session).all("SELECT * FROM portico_due", as: DueRow.self).compactMap { row in
                let slash = row.tenant.firstIndex(of: "/").map { row.tenant.index(after: $0) }
                let name = row.tenant[(slash ?? row.tenant.startIndex)...]
                return kind + name == row.tenant ? DueRow(tenant: String(name), at: row.at) : nil
            }
        }
        entries.withLock { entries in
            for row in rows { entries[row.tenant] = Entry(row.at) }
        }
        queue.withLock { queue in
            for row in rows { queue.set(row.tenant, to: row.at) }
        }
    }

    /// Called on the tenant's writer before its group commits. Blocks for one commit of the host's database when the
    /// moment is earlier than the one known.
    func lower(_ tenant: String, to at: Instant) throws {
        let isEarlier = try entry(tenant).state.withLock { state in
            state.generation += 1
            if let known = state.at, known <= at { return false }
            let row = kind + tenant
            try database.writeAndWait(as: .host) { try Self.store(row, at, HostWriter($0)) }
            note(tenant, at, &state)
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
            let row = kind + tenant
            try database.writeAndWait(as: .host) { session in
                let host = HostWriter(session)
                if let at {
                    try Self.store(row, at, host)
                } else {
                    try host.run("DELETE FROM portico_due WHERE tenant = \(row)")
                }
            }
            note(tenant, at, &state)
        }
    }

    /// Hands out tenants whose work is due, the most urgent first; each is handed out again only once it was given back.
    func take(dueAt now: Instant, atMost limit: Int) -> [String] {
        queue.withLock { $0.take(dueAt: now, atMost: limit) }
    }

    /// Takes a tenant back.
    ///
    /// - Parameter heldBackUntil: it is not handed out again before that.
    func giveBack(_ tenant: String, heldBackUntil: Instant? = nil) {
        queue.withLock { $0.giveBack(tenant, heldBackUntil: heldBackUntil) }
    }

    /// When the next tenant can be handed out; nil when none waits.
    var next: Instant? { queue.withLock { $0.next } }

    /// The moment of a tenant's next work; nil when it has none.
    func moment(of tenant: String) -> Instant? { entry(tenant).state.withLock { $0.at } }

    private static func store(_ tenant: String, _ at: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_due (tenant, at) VALUES (\(tenant), \(at.microseconds))
            ON CONFLICT (tenant) DO UPDATE SET at = excluded.at
            """)
    }

    /// Under the entry's lock, so that the queue hears of changes in their order.
    private func note(_ tenant: String, _ at: Instant?, _ state: inout Entry.State) {
        state.at = at
        queue.withLock { $0.set(tenant, to: at) }
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

    init(tenant: String, at: Instant) {
        self.tenant = tenant
        self.at = at
    }

    init(row: borrowing Row) throws(StoreError) {
        tenant = try row.get("tenant")
        at = Instant(microseconds: try row.get("at"))
    }
}
