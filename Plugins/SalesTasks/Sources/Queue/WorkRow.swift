internal import PluginAPI

/// Where a customer is in a task's queue.
enum WorkState: String, CaseIterable, Sendable, SQLConvertible {
    /// Its file is not read to its end.
    case importing
    /// Waits to be called.
    case queued
    /// Waits for a moment that was agreed.
    case callback
    /// In a representative's hands.
    case leased
    /// Called with success, or not interested.
    case done
    /// Called in vain as often as may be.
    case exhausted
    /// Must not be called.
    case suppressed
}

/// A customer in a task's queue, as the table holds it.
struct WorkRow: Record {
    let seq: Int
    let id: String
    let task: String
    let customer: Int
    /// Whose it is; nil is everybody's.
    let owner: PersonID?
    let state: WorkState
    let priority: Priority
    let dueAt: Instant
    let place: String
    let attempts: Int
    /// Who holds it, or held it last.
    let leaseRep: PersonID?
    let leaseUntil: Instant?

    init(row: borrowing Row) throws(StoreError) {
        seq = try row.get("seq")
        id = try row.get("id")
        task = try row.get("task_id")
        customer = try row.get("customer_seq")
        let owner: String = try row.get("owner")
        self.owner = owner.isEmpty ? nil : PersonID(rawValue: owner)
        state = try row.get("state")
        priority = Priority(rank: try row.get("priority"))
        dueAt = Instant(microseconds: try row.get("due_at"))
        place = try row.get("place")
        attempts = try row.get("attempts")
        leaseRep = try row.get("lease_rep")
        leaseUntil = (try row.get("lease_until") as Int64?).instant
    }

    /// What deciding who may act on it needs.
    var subject: Subject {
        Subject("work", id: id, assignees: Set([state == .leased ? leaseRep : leaseRep ?? owner].compactMap { $0 }))
    }
}

extension Reading where Self: ~Copyable {
    borrowing func work(_ id: String) throws(StoreError) -> WorkRow? {
        try first("SELECT * FROM salestasks_work WHERE id = \(id) AND state <> 'importing'")
    }

    /// A customer's place in a task.
    borrowing func work(of customer: String, in task: String) throws(StoreError) -> WorkRow? {
        try first(
            """
            SELECT w.* FROM salestasks_work w JOIN salestasks_customer c ON c.seq = w.customer_seq
            WHERE c.id = \(customer) AND w.task_id = \(task) AND w.state <> 'importing'
            """)
    }
}
