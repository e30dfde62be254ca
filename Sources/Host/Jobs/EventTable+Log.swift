import PluginAPI

/// The events as a log that can be read again from any place that is still there.
extension EventTable {
    /// At most so many events are kept, however young.
    static let countLimit: Int64 = 200_000
    /// Asks for itself until nothing is left to trim.
    static let trimJob = "event-trim"
    /// Events trimmed in one go.
    private static let trimBatch = 5_000

    /// Up to where events have been trimmed.
    static let floor = Migration(
        "000-event-floor",
        """
        CREATE TABLE portico_event_floor (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position INTEGER NOT NULL
        ) STRICT;
        INSERT INTO portico_event_floor (id, position)
        VALUES (1, COALESCE((SELECT MIN(id) FROM portico_event), 1) - 1);
        CREATE INDEX portico_event_at ON portico_event (at);
        """)

    /// Events behind a position, the oldest first, and up to where the log has been looked through.
    ///
    /// - Parameter names: what is wanted; every event when nil.
    static func page(
        after position: Int64, names: [String]? = nil, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (events: [LoggedEvent], to: Int64) {
        let wanted: SQL = if let names { "AND name IN \(SQL.list(names))" } else { "" }
        let events = try tables.all(
            "SELECT * FROM portico_event WHERE id > \(position)" + wanted + "ORDER BY id LIMIT \(limit)",
            as: LoggedEvent.self)
        if events.count == limit, let last = events.last { return (events, last.id) }
        return (events, max(position, try head(tables)?.id ?? position))
    }

    /// The last event; nil before the first.
    static func head(_ tables: some Queries) throws(StoreError) -> EventPlace? {
        try tables.first("SELECT id, at FROM portico_event ORDER BY id DESC LIMIT 1", as: EventPlace.self)
    }

    /// Where somebody stands who has seen the log up to an event.
    static func standing(_ seen: EventPlace, _ tables: some Queries) throws(StoreError) -> EventStanding {
        let floor = try tables.value("SELECT position FROM portico_event_floor", as: Int64.self) ?? 0
        // Before the first event of all there is none to compare with.
        if seen.id == 0 { return floor == 0 ? .known : .gone }
        let at = try tables.value("SELECT at FROM portico_event WHERE id = \(seen.id)", as: Int64.self)
        if at == seen.at.microseconds { return seen.id >= floor ? .known : .gone }
        return at == nil && seen.id <= floor ? .gone : .unknown
    }

    /// Forgets events that are old, or too many, and that every one of their listeners and the webhooks have passed. The
    /// last event stays, so that who has seen it can be told that they missed nothing.
    ///
    /// - Returns: whether there may be more to forget.
    @discardableResult
    static func trim(before: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        let last = try head(host)?.id ?? 0
        let doomed = try host.values(
            """
            SELECT id FROM portico_event WHERE (at < \(before.microseconds) OR id <= \(last - countLimit))
            AND id < \(last)
            AND NOT EXISTS (
                SELECT 1 FROM portico_listener l WHERE l.event = portico_event.name AND l.position < portico_event.id)
            AND NOT EXISTS (
                SELECT 1 FROM portico_webhook_place p WHERE p.position < portico_event.id
                AND EXISTS (SELECT 1 FROM portico_webhook))
            ORDER BY id LIMIT \(trimBatch)
            """, as: Int64.self)
        guard let highest = doomed.last else { return false }
        // At most the parameters that a statement may have.
        for start in stride(from: 0, to: doomed.count, by: 500) {
            let some = Array(doomed[start..<min(start + 500, doomed.count)])
            try host.run("DELETE FROM portico_event WHERE id IN \(SQL.list(some))")
        }
        try host.run("UPDATE portico_event_floor SET position = max(position, \(highest))")
        return doomed.count == trimBatch
    }
}

/// A place in the log: an event and its moment, which tells it from another event of the same number in a database that
/// was restored from a copy.
struct EventPlace: Record, Equatable {
    let id: Int64
    let at: Instant

    /// Before the first event.
    static let start = EventPlace(id: 0, at: .epoch)

    init(id: Int64, at: Instant) {
        self.id = id
        self.at = at
    }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        at = Instant(microseconds: try row.get("at"))
    }
}

/// Whether a place in the log can be gone on from.
enum EventStanding: Sendable {
    case known
    /// What followed it has been trimmed.
    case gone
    /// This log has never had it.
    case unknown
}

/// An event with all that is stored of it.
struct LoggedEvent: Record {
    let id: Int64
    let name: String
    let payload: [UInt8]
    let subject: Subject
    let audience: Audience
    let requestID: String
    let at: Instant

    /// The id of the plugin that has published it.
    var publisher: String { String(name.prefix { $0 != "." }) }
    var place: EventPlace { EventPlace(id: id, at: at) }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        name = try row.get("name")
        payload = try row.get("payload")
        let assignees = try Self.strings(in: try row.get("subject_assignees"), nil)
        subject = Subject(
            try row.get("subject_kind"), id: try row.get("subject_id"), owner: try row.get("subject_owner"),
            branch: try row.get("subject_branch"), assignees: Set(assignees.map { PersonID(rawValue: $0) }))
        audience = try Self.audience(of: try row.get("audience"))
        requestID = try row.get("request_id")
        at = Instant(microseconds: try row.get("at"))
    }

    private static func audience(of text: String) throws(StoreError) -> Audience {
        guard let tree = try? JSONDocument(Array(text.utf8)).root.tree else {
            throw StoreError(.mismatch, "an event does not say who may hear of it")
        }
        if let name = tree["permission"]?.string { return .holders(of: Permission(name)) }
        guard tree["people"] != nil else { return .machines }
        return .people(Set(try strings(in: text, "people").map { PersonID(rawValue: $0) }))
    }

    private static func strings(in text: String, _ member: String?) throws(StoreError) -> [String] {
        guard let tree = try? JSONDocument(Array(text.utf8)).root.tree,
            case .array(let elements)? = member.map({ tree[$0] }) ?? tree
        else { throw StoreError(.mismatch, "an event's people are no list") }
        return elements.compactMap(\.string)
    }
}
