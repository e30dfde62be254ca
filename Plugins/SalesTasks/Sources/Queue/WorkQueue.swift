internal import PluginAPI

/// The tasks from which one may take work, as far as choosing needs them.
private struct OpenTask: Record {
    let id: String
    let skills: [String]

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        skills = TextList.list(try row.get("skills"))
    }
}

extension Reading where Self: ~Copyable {
    /// The places of customers where it is a time to call.
    borrowing func openPlaces(_ window: CallingWindow) throws(StoreError) -> [String] {
        try places().filter { window.isOpen(at: now, in: $0) }.map(\.key)
    }

    /// Every place where a customer is; one for each country, and a few more.
    borrowing func places() throws(StoreError) -> [CallingPlace] {
        try values("SELECT id FROM salestasks_place ORDER BY id LIMIT 2000", as: String.self).compactMap {
            CallingPlace(key: $0)
        }
    }

    /// Who is to be called next by a representative: callbacks that are due, the oldest first; then by the task's priority
    /// and deadline, the customer's priority, and how long it has been due. Theirs before everybody's; nobody who is in
    /// somebody's hands in any task; nobody outside of `places`.
    borrowing func nextWork(for rep: PersonID, in places: [String]) throws(StoreError) -> WorkRow? {
        let isFree = Self.isFree(places, now)
        let callback: WorkRow? = try first(
            """
            SELECT w.* FROM salestasks_work w JOIN salestasks_task t ON t.id = w.task_id AND t.state = 'active'
            WHERE w.owner = \(rep) AND w.state = 'callback' AND \(isFree) ORDER BY w.due_at, w.seq LIMIT 1
            """)
        if let callback { return callback }
        let skills = Set(try representative(rep)?.skills.map { $0.lowercased() } ?? [])
        let tasks: [OpenTask] = try all(
            """
            SELECT t.id, t.skills FROM salestasks_task t WHERE t.state = 'active' AND t.is_ready = 1
            AND (EXISTS (SELECT 1 FROM salestasks_task_rep a WHERE a.rep_id = \(rep) AND a.task_id = t.id)
                OR NOT EXISTS (SELECT 1 FROM salestasks_task_rep a WHERE a.task_id = t.id))
            ORDER BY t.priority DESC, t.deadline IS NULL, t.deadline, t.created_at, t.id LIMIT 500
            """)
        for task in tasks {
            if let work = try nextWork(in: task.id, owner: rep.rawValue, isFree) { return work }
            guard task.skills.allSatisfy({ skills.contains($0.lowercased()) }) else { continue }
            if let work = try nextWork(in: task.id, owner: "", isFree) { return work }
        }
        return nil
    }

    /// Who is to be called next by a representative in one task.
    borrowing func nextWork(for rep: PersonID, in places: [String], of task: String) throws(StoreError) -> WorkRow? {
        let isFree = Self.isFree(places, now)
        let callback: WorkRow? = try first(
            """
            SELECT w.* FROM salestasks_work w WHERE w.owner = \(rep) AND w.state = 'callback' AND w.task_id = \(task)
            AND \(isFree) ORDER BY w.due_at, w.seq LIMIT 1
            """)
        if let callback { return callback }
        return try nextWork(in: task, owner: rep.rawValue, isFree)
    }

    private borrowing func nextWork(in task: String, owner: String, _ isFree: SQL) throws(StoreError) -> WorkRow? {
        try first(
            """
            SELECT w.* FROM salestasks_work w WHERE w.task_id = \(task) AND w.owner = \(owner) AND w.state = 'queued'
            AND \(isFree) ORDER BY w.priority DESC, w.due_at, w.seq LIMIT 1
            """)
    }

    private static func isFree(_ places: [String], _ now: Instant) -> SQL {
        """
        w.due_at <= \(now.microseconds) AND w.place IN \(SQL.list(places)) AND NOT EXISTS (
            SELECT 1 FROM salestasks_work o WHERE o.customer_seq = w.customer_seq AND o.state = 'leased')
        """
    }

    /// How many customers somebody holds.
    borrowing func held(by rep: PersonID) throws(StoreError) -> Int {
        try value(
            """
            SELECT count(*) FROM salestasks_work WHERE state = 'leased' AND lease_until > \(now.microseconds)
            AND lease_rep = \(rep)
            """) ?? 0
    }
}

extension Transaction {
    /// Puts a customer into somebody's hands.
    borrowing func lease(_ work: WorkRow, to rep: PersonID, until end: Instant) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_work SET lease_from = state, state = 'leased', lease_rep = \(rep),
                lease_until = \(end.microseconds), updated_at = \(now.microseconds) WHERE seq = \(work.seq)
            """)
    }

    /// Puts back into the queue whom nobody holds any more, some at a time.
    borrowing func returnExpiredLeases() throws(StoreError) {
        try run(
            """
            UPDATE salestasks_work SET state = coalesce(lease_from, 'queued'), updated_at = \(now.microseconds)
            WHERE seq IN (SELECT seq FROM salestasks_work WHERE state = 'leased' AND lease_until <= \(now.microseconds)
                ORDER BY lease_until LIMIT 1000)
            """)
    }

    /// Puts a customer back into the queue.
    borrowing func returnLease(_ work: WorkRow) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_work SET state = coalesce(lease_from, 'queued'), lease_rep = NULL, lease_until = NULL,
                updated_at = \(now.microseconds) WHERE seq = \(work.seq)
            """)
    }
}
