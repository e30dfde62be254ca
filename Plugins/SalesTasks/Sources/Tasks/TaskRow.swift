internal import PluginAPI

/// A task as its table holds it.
struct TaskRow: Record {
    let id: String
    let title: String
    let description: String
    let proposition: String
    let priority: Priority
    let deadline: Instant?
    let startsAt: Instant?
    let state: TaskState
    let metadata: TaskMetadata
    let createdAt: Instant
    let updatedAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        title = try row.get("title")
        description = try row.get("description")
        proposition = try row.get("proposition")
        priority = Priority(rank: try row.get("priority"))
        deadline = (try row.get("deadline") as Int64?).instant
        startsAt = (try row.get("starts_at") as Int64?).instant
        state = try row.get("state")
        metadata = TaskMetadata(
            expectedCallDuration: try row.get("expected_minutes"), targetConversionRate: try row.get("target_percent"),
            requiredSkills: TextList.list(try row.get("skills")))
        createdAt = Instant(microseconds: try row.get("created_at"))
        updatedAt = Instant(microseconds: try row.get("updated_at"))
    }

    /// What deciding who may hear of it needs.
    func subject(_ assignees: some Sequence<PersonID>) -> Subject {
        Subject("task", id: id, assignees: Set(assignees))
    }
}

extension Reading where Self: ~Copyable {
    /// A task whose customers are imported.
    borrowing func task(_ id: String) throws(StoreError) -> TaskRow? {
        try first("SELECT * FROM salestasks_task WHERE id = \(id) AND is_ready = 1")
    }

    /// A task, to be found by whoever names it.
    borrowing func task(named id: String) throws -> TaskRow {
        guard let task = try task(id) else { throw Problem.notFound }
        return task
    }

    /// The text that representatives read to customers; nil when none is approved.
    borrowing func script(of task: String) throws(StoreError) -> String? {
        try value("SELECT text FROM salestasks_script WHERE task_id = \(task) AND state = 'approved'")
    }
}
