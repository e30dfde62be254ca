internal import PluginAPI

extension SalesTasks {
    /// `POST /admin/tasks/{id}/assign`
    func assignTask(_ asked: TaskAssignment, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SalesTask {
        let task = try tx.task(named: asked.id)
        guard task.state != .completed, task.state != .archived else { throw TaskRefusal.over }
        let mistakes = try tx.mistakes(in: asked.assignedSalesReps, field: "assignedSalesReps")
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        try tx.run("DELETE FROM salestasks_task_rep WHERE task_id = \(task.id)")
        try tx.assign(asked.assignedSalesReps, to: task.id)
        return try dealAnew(task, "task.assigned", tx)
    }

    /// `POST /admin/tasks/{id}/rebalance`
    func rebalanceTask(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SalesTask {
        let task = try tx.task(named: named.id)
        guard task.state != .completed, task.state != .archived else { throw TaskRefusal.over }
        return try dealAnew(task, "task.rebalanced", tx)
    }

    private func dealAnew(_ task: TaskRow, _ action: String, _ tx: borrowing Transaction) throws -> SalesTask {
        try tx.dealWaiting(of: task)
        try tx.audit(AuditEntry(action, on: Subject("task", id: task.id)))
        return try tx.shown(task)
    }
}

/// The input of `POST /admin/tasks/{id}/assign`.
struct TaskAssignment: Described {
    let id: String
    let assignedSalesReps: [PersonID]

    static let schema = Schema<TaskAssignment>.object(
        TaskAssignment.init(id:assignedSalesReps:), Field("id", \.id, .id, in: .path),
        Field(
            "assignedSalesReps", \.assignedSalesReps, .list(PersonID.schema, 0...500),
            note: "All of them; nobody means everybody"))
}
