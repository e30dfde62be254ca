internal import PluginAPI

extension SalesTasks {
    static let taskRoutes: [Route<Self>] =
        [
            .get("/admin/tasks", .reading(Self.tasks), needs: .permission(.readTasks), "Tasks, the newest first."),
            .post(
                "/admin/tasks", .transactional(Self.draftTask), needs: .permission(.writeTasks),
                "A draft of a task, without customers."),
            .get(
                "/admin/tasks/{id}", .reading(Self.task), needs: .permission(.readTasks), "One task with its progress."),
            .patch(
                "/admin/tasks/{id}", .transactional(Self.changeTask), needs: .permission(.writeTasks),
                refuses: [TaskRefusal.self], "Changes a task: fields left out stay."),
            .post(
                "/admin/tasks/{id}/assign", .transactional(Self.assignTask), needs: .permission(.writeTasks),
                status: 200,
                refuses: [TaskRefusal.self], "Sets the task's representatives and deals what waits to them anew."),
            .post(
                "/admin/tasks/{id}/rebalance", .transactional(Self.rebalanceTask), needs: .permission(.writeTasks),
                status: 200, refuses: [TaskRefusal.self], "Deals what waits to the task's representatives anew."),
            .get(
                "/admin/tasks/{id}/results.csv", .reading(Self.results), needs: .permission(.readCalls),
                "The task's customers with what came of them, as a spreadsheet."),
            .get(
                "/representative/{salesId}/tasks", .reading(Self.representativeTasks), needs: .listing(.readTasks),
                "A representative's tasks, each with their next customer."),
        ] + TaskMove.allCases.map { move($0) }

    /// `POST /admin/tasks/{id}/start` and the like.
    private static func move(_ move: TaskMove) -> Route<Self> {
        .post(
            "/admin/tasks/{id}/\(move.rawValue)",
            .transactional { (plugin: Self) in
                { (asked: TaskMoveAsked, tx: borrowing Transaction, call: Call<Member>) throws -> SalesTask in
                    try plugin.moveTask(move, asked, tx)
                }
            }, needs: .permission(.writeTasks), status: 200, refuses: [TaskRefusal.self],
            "Moves a task on: \(move.rawValue).")
    }

    /// `GET /admin/tasks`
    func tasks(_ asked: TasksAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<SalesTask> {
        let filter: SQL =
            asked.state.map { "WHERE is_ready = 1 AND state = \($0)" } ?? "WHERE is_ready = 1 AND state <> 'archived'"
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_task" + filter) ?? 0
        let rows: [TaskRow] = try tx.all(
            "SELECT * FROM salestasks_task" + filter + "ORDER BY created_at DESC, id DESC"
                + .rows(asked.page, asked.limit))
        var shown: [SalesTask] = []
        for row in rows { shown.append(try tx.shown(row)) }
        return Page(shown, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `GET /admin/tasks/{id}`
    func task(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> SalesTask {
        try tx.shown(try tx.task(named: named.id))
    }

    /// `POST /admin/tasks`
    func draftTask(_ facts: TaskFacts, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SalesTask {
        let id = tx.newID("tsk")
        try tx.add(facts, id: id, state: .draft, isReady: true, by: call.caller.id, at: tx.now)
        try tx.audit(AuditEntry("task.drafted", on: Subject("task", id: id)))
        return try tx.shown(try tx.task(named: id))
    }
}

/// The input of `GET /admin/tasks`.
struct TasksAsked: Described {
    let state: TaskState?
    let page: Int
    let limit: Int

    static let schema = Schema<TasksAsked>.object(
        TasksAsked.init(state:page:limit:),
        Field("state", \.state, .optional(.oneOf), in: .query, note: "All but archived ones without it"),
        Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

/// The input of the moves of a task.
struct TaskMoveAsked: Described {
    let id: String
    let startsAt: Instant?

    static let schema = Schema<TaskMoveAsked>.object(
        TaskMoveAsked.init(id:startsAt:), Field("id", \.id, .id, in: .path),
        Field("startsAt", \.startsAt, .optional(Instant.schema), note: "When a scheduled task starts"))
}

/// Why a task is not changed.
enum TaskRefusal: Refusal {
    case over, notAllowed

    var problem: Problem {
        switch self {
        case .over: .conflict("TASK_IS_OVER", "This task is completed or archived.")
        case .notAllowed: .conflict("TASK_STATE_CONFLICT", "A task in this state cannot be moved so.")
        }
    }
}
