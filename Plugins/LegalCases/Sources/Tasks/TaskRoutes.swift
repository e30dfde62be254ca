internal import PluginAPI

extension LegalCases {
    static let taskRoutes: [Route<Self>] = portalTaskRoutes + staffTaskRoutes

    private static let portalTaskRoutes: [Route<Self>] = [
        .get(
            "/api/portal/tasks/", .reading(Self.portalTasks), needs: .own(.usePortal),
            "What the caller has to do, the soonest due in front."),
        .get(
            "/api/portal/tasks/{task_id}/", .reading(Self.portalTask),
            needs: .permission(.usePortal, of: Self.clientsTask), "One task."),
        .post(
            "/api/portal/tasks/{task_id}/start/", .transactional(Self.startTask),
            needs: .permission(.usePortal, of: Self.clientsTask), status: 200, refuses: [TaskRefusal.self],
            "Says that one works on it."),
        .post(
            "/api/portal/tasks/{task_id}/complete/", .transactional(Self.completeTask),
            needs: .permission(.usePortal, of: Self.clientsAnswer), status: 200, refuses: [TaskRefusal.self],
            "Answers a task with text and files; the staff look at it."),
    ]

    private static let staffTaskRoutes: [Route<Self>] = [
        .get(
            "/api/staff/tasks/", .reading(Self.staffTasks), needs: .listing(.readTasks),
            "Tasks, the soonest due in front."),
        .post(
            "/api/staff/tasks/", .transactional(Self.addTask), needs: .listing(.writeTasks),
            refuses: [TaskRefusal.self],
            "Sets a task for the client, or for somebody of the team."),
        .get(
            "/api/staff/tasks/{task_id}/", .reading(Self.staffTask),
            needs: .permission(.readTasks, of: Self.anyTask), "One task with its answers."),
        .patch(
            "/api/staff/tasks/{task_id}/", .transactional(Self.changeTask),
            needs: .permission(.writeTasks, of: Self.anyTask), refuses: [TaskRefusal.self],
            "Changes an open task; its reminders move along."),
        .post(
            "/api/staff/tasks/{task_id}/start/", acting(.start), needs: .permission(.writeTasks, of: Self.anyTask),
            status: 200, refuses: [TaskRefusal.self], "Says that somebody works on it."),
        .post(
            "/api/staff/tasks/{task_id}/submit/", .transactional(Self.submitTask),
            needs: .permission(.writeTasks, of: Self.anyTask), status: 200, refuses: [TaskRefusal.self],
            "Answers a task of the staff."),
        .post(
            "/api/staff/tasks/{task_id}/accept/", acting(.accept), needs: .permission(.writeTasks, of: Self.anyTask),
            status: 200, refuses: [TaskRefusal.self], "Takes a task as done."),
        .post(
            "/api/staff/tasks/{task_id}/return/", .transactional(Self.returnTask),
            needs: .permission(.writeTasks, of: Self.anyTask), status: 200, refuses: [TaskRefusal.self],
            "Gives an answered task back, to be done again."),
        .post(
            "/api/staff/tasks/{task_id}/cancel/", acting(.cancel), needs: .permission(.writeTasks, of: Self.anyTask),
            status: 200, refuses: [TaskRefusal.self], "Takes a task back."),
        .post(
            "/api/staff/tasks/{task_id}/reopen/", acting(.reopen), needs: .permission(.writeTasks, of: Self.anyTask),
            status: 200, refuses: [TaskRefusal.self], "Sets a cancelled task again."),
    ]

    /// An act that needs nothing but the task.
    private static func acting(_ act: TaskState.Act) -> Handler<Self, TaskNamed, StaffTask, Member> {
        .transactional { (plugin: Self) in
            { (named: TaskNamed, tx: borrowing Transaction, call: Call<Member>) throws in
                try plugin.act(act, on: named.id, note: nil, tx, call)
            }
        }
    }

    func anyTask(_ named: some NamesTask, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofTask: named.id)
    }
    /// A task that is the client's to do.
    func clientsTask(_ named: TaskNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try clientsTask(named.id, tx)
    }
    func clientsAnswer(_ answer: TaskToComplete, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try clientsTask(answer.id, tx)
    }
    private func clientsTask(_ id: Int, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let isTheirs: Int? = try tx.value("SELECT 1 FROM legalcases_task WHERE id = \(id) AND side = 'client'")
        return isTheirs == nil ? nil : try tx.subject(ofTask: id)
    }
}
