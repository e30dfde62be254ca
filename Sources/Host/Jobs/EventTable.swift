import PluginAPI

/// What has happened, in the order of commits: listeners read it from here, each with a place of its own.
enum EventTable {
    static let migration = Migration(
        "000-events",
        """
        CREATE TABLE portico_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            payload BLOB NOT NULL,
            subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            subject_owner TEXT,
            subject_branch TEXT,
            subject_assignees TEXT NOT NULL,
            audience TEXT NOT NULL,
            request_id TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX portico_event_name ON portico_event (name);
        CREATE TABLE portico_listener (
            plugin TEXT NOT NULL,
            event TEXT NOT NULL,
            position INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            retry_at INTEGER,
            last_error TEXT,
            PRIMARY KEY (plugin, event)
        ) STRICT, WITHOUT ROWID;
        """)

    static func append(_ event: PublishedEvent, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        guard !origin.isPast else { return }
        let subject = event.subject
        let assignees = JSON.array(subject.assignees.map(\.rawValue).sorted().map { .string($0) }).text
        try host.run(
            """
            INSERT INTO portico_event (name, payload, subject_kind, subject_id, subject_owner, subject_branch,
                subject_assignees, audience, request_id, at)
            VALUES (\(event.name), \(event.payload), \(subject.kind), \(subject.id), \(subject.owner), \(subject.branch),
                \(assignees), \(Self.text(event.audience)), \(origin.requestID), \(origin.now.microseconds))
            """)
        host.note(WorkDue(at: origin.now))
        EventNews.announce(host)
    }

    private static func text(_ audience: Audience) -> String {
        switch audience {
        case .holders(let permission): JSON.object(["permission": .string(permission.name)]).text
        case .people(let people):
            JSON.object(["people": .array(people.map(\.rawValue).sorted().map { .string($0) })]).text
        case .machines: "{}"
        }
    }

    /// Whether a plugin listens to an event.
    static func isHeard(_ event: String, _ tables: some Queries) throws(StoreError) -> Bool {
        try tables.value("SELECT 1 FROM portico_listener WHERE event = \(event) LIMIT 1", as: Int64.self) != nil
    }

    /// A listener's place; a new listener begins behind what has happened already.
    static func ensureListener(_ event: String, plugin: String, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_listener (plugin, event, position)
            VALUES (\(plugin), \(event), COALESCE((SELECT MAX(id) FROM portico_event), 0)) ON CONFLICT DO NOTHING
            """)
    }

    /// The listener's next event, if there is one and no pause after a failure holds it back.
    static func next(for event: String, plugin: String, now: Instant, _ tables: some Queries) throws(StoreError)
        -> EventRow?
    {
        try tables.first(
            """
            SELECT e.id, e.payload, e.request_id, l.attempts FROM portico_listener l
            JOIN portico_event e ON e.id > l.position AND e.name = l.event
            WHERE l.plugin = \(plugin) AND l.event = \(event) AND (l.retry_at IS NULL OR l.retry_at <= \(now.microseconds))
            ORDER BY e.id LIMIT 1
            """)
    }

    /// Moves a listener behind an event, unless it is there already.
    ///
    /// - Returns: false when another run has handled the event.
    static func advance(_ event: String, plugin: String, past id: Int64, _ host: HostWriter) throws(StoreError) -> Bool
    {
        try host.run(
            """
            UPDATE portico_listener SET position = \(id), attempts = 0, retry_at = NULL, last_error = NULL
            WHERE plugin = \(plugin) AND event = \(event) AND position < \(id)
            """) > 0
    }

    /// Notes a failure: again after a pause. Listeners see events in order, so a failing one waits rather than skips.
    static func fail(
        _ event: String, plugin: String, attempts: Int, _ error: String, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let again = now + Backoff.pause(after: attempts)
        try host.run(
            """
            UPDATE portico_listener SET attempts = \(attempts), retry_at = \(again.microseconds), last_error = \(error)
            WHERE plugin = \(plugin) AND event = \(event)
            """)
    }

    /// When a listener has something to do: at once when an event waits for it, later when a failure holds it back, never
    /// when no event waits.
    static func nextMoment(for event: String, plugin: String, _ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value(
            """
            SELECT COALESCE(l.retry_at, e.at) FROM portico_listener l
            JOIN portico_event e ON e.id > l.position AND e.name = l.event
            WHERE l.plugin = \(plugin) AND l.event = \(event) ORDER BY e.id LIMIT 1
            """, as: Int64.self
        ).map { Instant(microseconds: $0) }
    }
}

/// An event as a listener gets it.
struct EventRow: Record {
    let id: Int64
    let payload: [UInt8]
    let requestID: String
    let attempts: Int

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        payload = try row.get("payload")
        requestID = try row.get("request_id")
        attempts = try row.get("attempts")
    }
}
