internal import PluginAPI

extension SalesTasks {
    static let start = JobName<TaskNamed>("start-task")

    /// `PATCH /admin/tasks/{id}`
    func changeTask(_ change: TaskChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SalesTask {
        let task = try tx.task(named: change.id)
        guard task.state != .archived else { throw TaskRefusal.over }
        let metadata = change.metadata ?? task.metadata
        try tx.run(
            """
            UPDATE salestasks_task SET title = \(change.title ?? task.title),
                description = \(change.description ?? task.description),
                proposition = \(change.uniqueProposition ?? task.proposition),
                priority = \((change.priority ?? task.priority).rank),
                deadline = \(change.deadline.applied(to: task.deadline)?.microseconds),
                expected_minutes = \(metadata.expectedCallDuration), target_percent = \(metadata.targetConversionRate),
                skills = \(TextList.text(metadata.requiredSkills)), updated_at = \(tx.now.microseconds)
            WHERE id = \(task.id)
            """)
        try tx.audit(AuditEntry("task.changed", on: Subject("task", id: task.id)))
        if let priority = change.priority, priority != task.priority {
            try tell(
                task, .priorityChange,
                ["from": .string(task.priority.rawValue), "to": .string(priority.rawValue)], tx)
        }
        return try tx.shown(try tx.task(named: task.id))
    }

    /// `POST /admin/tasks/{id}/pause` and the like.
    func moveTask(_ move: TaskMove, _ asked: TaskMoveAsked, _ tx: borrowing Transaction) throws -> SalesTask {
        let task = try tx.task(named: asked.id)
        guard let state = task.state.after(move) else { throw TaskRefusal.notAllowed }
        if move == .schedule {
            guard let startsAt = asked.startsAt else { throw Problem.invalid("startsAt", .missing, "is required") }
            guard startsAt > tx.now else { throw Problem.invalid("startsAt", .range, "must be in the future") }
            try tx.run("UPDATE salestasks_task SET starts_at = \(startsAt.microseconds) WHERE id = \(task.id)")
            try tx.schedule(Self.start, at: startsAt, key: task.id, TaskNamed(id: task.id))
        } else {
            if asked.startsAt != nil { throw Problem.invalid("startsAt", .notAllowed, "is only for schedule") }
            try tx.unschedule(Self.start, key: task.id)
        }
        try set(task, to: state, tx)
        return try tx.shown(try tx.task(named: task.id))
    }

    /// Starts a task when its time has come.
    func startTask(_ named: TaskNamed, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let task = try tx.task(named.id), task.state == .scheduled else { return }
        try set(task, to: .active, tx)
    }

    /// Completes a task that has no customer left to call.
    func completeIfOver(_ task: TaskRow, _ tx: borrowing Transaction) throws {
        guard task.state == .active || task.state == .paused else { return }
        let open: Int? = try tx.value(
            """
            SELECT 1 FROM salestasks_work WHERE task_id = \(task.id) AND state IN ('queued', 'callback', 'leased')
            LIMIT 1
            """)
        guard open == nil else { return }
        try set(task, to: .completed, tx)
    }

    private func set(_ task: TaskRow, to state: TaskState, _ tx: borrowing Transaction) throws {
        let completedAt: Int64? = state == .completed ? tx.now.microseconds : nil
        try tx.run(
            """
            UPDATE salestasks_task SET state = \(state), completed_at = coalesce(\(completedAt), completed_at),
                updated_at = \(tx.now.microseconds) WHERE id = \(task.id)
            """)
        try tx.audit(
            AuditEntry(
                "task.\(state.rawValue)", on: Subject("task", id: task.id), before: .string(task.state.rawValue),
                after: .string(state.rawValue)))
        try tell(
            task, state == .completed ? .taskCompleted : .stateChange, ["state": .string(state.rawValue)], tx)
    }

    private func tell(_ task: TaskRow, _ kind: TaskUpdated.Kind, _ payload: JSON, _ tx: borrowing Transaction) throws {
        let people = try tx.representatives(of: task.id).map(\.id)
        try tx.publish(
            TaskUpdated(taskId: task.id, updateType: kind, payload: payload), about: task.subject(people),
            to: .holders(of: .readTasks))
    }
}

/// Which task a job is about.
struct TaskNamed: Described {
    let id: String
    static let schema = Schema<TaskNamed>.object(TaskNamed.init(id:), Field("id", \.id, .id))
}

/// The input of `PATCH /admin/tasks/{id}`.
struct TaskChange: Described {
    let id: String
    let title: String?
    let description: String?
    let uniqueProposition: String?
    let priority: Priority?
    let deadline: Change<Instant>
    let metadata: TaskMetadata?

    static let schema = Schema<TaskChange>.object(
        TaskChange.init(id:title:description:uniqueProposition:priority:deadline:metadata:),
        Field("id", \.id, .id, in: .path), Field("title", \.title, .optional(.string(1...200))),
        Field("description", \.description, .optional(.string(1...1000))),
        Field("uniqueProposition", \.uniqueProposition, .optional(.string(1...2000))),
        Field("priority", \.priority, .optional(.oneOf)),
        Field("deadline", \.deadline, .change(Instant.schema)),
        Field("metadata", \.metadata, .optional(TaskMetadata.schema), note: "Replaces the whole"))
}
