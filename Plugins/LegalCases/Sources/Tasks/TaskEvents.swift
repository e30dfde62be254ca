internal import PluginAPI

/// A task was set.
struct TaskAssigned: Event {
    static let name = "legal-cases.task-assigned"
    let task: TaskFacts

    static let schema = Schema<TaskAssigned>.object(TaskAssigned.init(task:), Field("task", \.task, TaskFacts.schema))
}

/// A task was changed, or has moved on.
struct TaskChanged: Event {
    static let name = "legal-cases.task-changed"
    let task: TaskFacts

    static let schema = Schema<TaskChanged>.object(TaskChanged.init(task:), Field("task", \.task, TaskFacts.schema))
}

/// What others are told of a task. No words of it: they ask for more if they may see it.
struct TaskFacts: Described {
    let taskID: Int
    let caseID: Int
    let side: TaskSide
    let status: TaskStatus
    let detailedStatus: TaskState
    let dueDate: Day?

    static let schema = Schema<TaskFacts>.object(
        TaskFacts.init(taskID:caseID:side:status:detailedStatus:dueDate:), Field("task_id", \.taskID, .number),
        Field("case_id", \.caseID, .number), Field("side", \.side, .oneOf), Field("status", \.status, .oneOf),
        Field("detailed_status", \.detailedStatus, .oneOf), Field("due_date", \.dueDate, .optional(Day.schema)))

    init(_ row: TaskRow) {
        self.init(
            taskID: row.id, caseID: row.matter, side: row.side, status: row.state.status, detailedStatus: row.state,
            dueDate: row.dueDate)
    }

    private init(
        taskID: Int, caseID: Int, side: TaskSide, status: TaskStatus, detailedStatus: TaskState, dueDate: Day?
    ) {
        self.taskID = taskID
        self.caseID = caseID
        self.side = side
        self.status = status
        self.detailedStatus = detailedStatus
        self.dueDate = dueDate
    }
}

extension LegalCases {
    static let taskEvents: [EventDeclaration] = [.event(TaskAssigned.self), .event(TaskChanged.self)]

    static let taskTopic = Topic<Self>(
        "tasks", "Tasks of the cases one works on, or one's own.",
        [.event("task_assigned", Self.assignedFacts), .event("task_updated", Self.movedFacts)])

    static let taskWebhooks: [WebhookEvent<Self>] = [
        .event("task.assigned", "A task was assigned to a client.", Self.toldOfClients),
        .event("task.updated", "A task was changed, or has moved on.", Self.movedFacts),
    ]

    private func assignedFacts(_ event: TaskAssigned) -> TaskFacts? { event.task }
    private func movedFacts(_ event: TaskChanged) -> TaskFacts? { event.task }
    private func toldOfClients(_ event: TaskAssigned) -> TaskFacts? {
        event.task.side == .client ? event.task : nil
    }
}
