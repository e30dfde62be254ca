internal import PluginAPI

/// A task that is to be added.
struct NewTask: Sendable {
    var matter: Int
    var client: PersonID?
    var title: String
    var description: String
    var side: TaskSide
    var assignee: PersonID?
    var dueDate: Day?
    /// Names the template it was made from; nil for none.
    var template: String?
    var by: PersonID?
}

extension Transaction {
    borrowing func add(_ new: NewTask) throws -> TaskRow {
        let inserted: Int? = try value(
            """
            INSERT INTO legalcases_task (matter_id, client_id, title, description, side, assignee, due_date, state,
                template, created_by, created_at, updated_at)
            VALUES (\(new.matter), \(new.client), \(new.title), \(new.description), \(new.side), \(new.assignee),
                \(new.dueDate?.description), 'pending', \(new.template), \(new.by), \(now.microseconds),
                \(now.microseconds)) RETURNING id
            """)
        guard let id = inserted, let row = try task(id) else { throw Problem.fault }
        return row
    }

    /// Moves a task on.
    ///
    /// - Throws: ``TaskRefusal/notNow`` when it is not in a state for that.
    borrowing func move(_ task: TaskRow, _ act: TaskState.Act) throws -> TaskRow {
        guard let state = task.state.after(act) else { throw TaskRefusal.notNow }
        try run(
            """
            UPDATE legalcases_task SET state = \(state), updated_at = \(now.microseconds) WHERE id = \(task.id)
            """)
        guard let moved = try self.task(task.id) else { throw Problem.fault }
        return moved
    }
}

/// Why something is not done with a task.
enum TaskRefusal: Refusal {
    case notNow, caseClosed

    var problem: Problem {
        switch self {
        case .notNow: .conflict("TASK_STATE", "The task is not in a state for that.")
        case .caseClosed: .conflict("CASE_CLOSED", "The case is closed and takes nothing new.")
        }
    }
}
