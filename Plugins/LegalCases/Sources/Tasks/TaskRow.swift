internal import PluginAPI

/// A task as its table holds it.
struct TaskRow: Record {
    let id: Int
    let matter: Int
    let matterTitle: String
    let title: String
    let description: String
    let side: TaskSide
    /// Who of the staff has to do it.
    let assignee: PersonID?
    let dueDate: Day?
    let state: TaskState
    let createdBy: PersonID?
    let createdAt: Instant
    let updatedAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        matterTitle = try row.get("matter_title")
        title = try row.get("title")
        description = try row.get("description")
        side = try row.get("side")
        assignee = try row.get("assignee")
        dueDate = (try row.get("due_date") as String?).flatMap { Day(iso8601: $0) }
        state = try row.get("state")
        createdBy = try row.get("created_by")
        createdAt = Instant(microseconds: try row.get("created_at"))
        updatedAt = Instant(microseconds: try row.get("updated_at"))
    }

    static let select: SQL = """
        SELECT t.*, m.title AS matter_title FROM legalcases_task t JOIN legalcases_matter m ON m.id = t.matter_id
        """

    /// Whether it should have been done before a day and is not.
    func isOverdue(on today: Day) -> Bool { state.isOpen && dueDate.map { $0 < today } ?? false }
}

/// What somebody answered to a task, and what came of it.
struct TaskAnswer: Record {
    let number: Int
    let text: String
    let by: PersonID?
    let at: Instant
    /// `accepted` or `returned`, once somebody has looked at it.
    let outcome: TaskState?
    let note: String?

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        text = try row.get("text")
        by = try row.get("by_person")
        at = Instant(microseconds: try row.get("at"))
        outcome = try row.get("outcome")
        note = try row.get("note")
    }
}

extension Reading where Self: ~Copyable {
    borrowing func task(_ id: Int) throws(StoreError) -> TaskRow? {
        try first(TaskRow.select + "WHERE t.id = \(id)", as: TaskRow.self)
    }

    /// What was answered to a task, the first in front.
    borrowing func answers(to task: Int) throws(StoreError) -> [TaskAnswer] {
        try all("SELECT * FROM legalcases_task_answer WHERE task_id = \(task) ORDER BY number LIMIT 200")
    }

    /// The documents that were brought for a task; for the client those that they see.
    borrowing func documents(ofTask task: Int, isForClient: Bool) throws(StoreError) -> [DocumentRow] {
        try all(
            DocumentRow.select(isForClient: isForClient) + "WHERE d.task_id = \(task) ORDER BY d.id LIMIT 200")
    }

    /// What deciding who may see a task needs.
    borrowing func subject(ofTask id: Int) throws -> Subject? {
        guard let matter: Int = try value("SELECT matter_id FROM legalcases_task WHERE id = \(id)"),
            let found = try self.matter(matter)
        else { return nil }
        return found.subject("task", id)
    }
}
