internal import PluginAPI

/// A task as admins and supervisors see it.
struct SalesTask: Described {
    let taskId: String
    let title: String
    let description: String
    let uniqueProposition: String
    let script: String?
    let priority: Priority
    let state: TaskState
    let deadline: Instant?
    let startsAt: Instant?
    let metadata: TaskMetadata
    let customers: TaskCustomers
    let assignedReps: [DealtRepresentative]
    let successRate: Double
    let createdAt: Instant
    let updatedAt: Instant

    static let schema = Schema<SalesTask>.object(
        SalesTask.init(
            taskId:title:description:uniqueProposition:script:priority:state:deadline:startsAt:metadata:customers:
            assignedReps:successRate:createdAt:updatedAt:),
        Field("taskId", \.taskId, .id), Field("title", \.title, .string(1...200)),
        Field("description", \.description, .string(1...1000)),
        Field("uniqueProposition", \.uniqueProposition, .string(1...2000)),
        Field("script", \.script, .optional(.string(0...20_000)), note: "The approved version"),
        Field("priority", \.priority, .oneOf), Field("state", \.state, .oneOf),
        Field("deadline", \.deadline, .optional(Instant.schema)),
        Field("startsAt", \.startsAt, .optional(Instant.schema)), Field("metadata", \.metadata, TaskMetadata.schema),
        Field("customers", \.customers, TaskCustomers.schema),
        Field("assignedReps", \.assignedReps, .list(DealtRepresentative.schema)),
        Field("successRate", \.successRate, .percent), Field("createdAt", \.createdAt, Instant.schema),
        Field("updatedAt", \.updatedAt, Instant.schema))
}

/// How many customers of a task are where in its queue.
struct TaskCustomers: Described, Equatable {
    var total = 0
    var queued = 0
    var leased = 0
    var callback = 0
    var done = 0
    var exhausted = 0
    var suppressed = 0

    static let schema = Schema<TaskCustomers>.object(
        TaskCustomers.init(total:queued:leased:callback:done:exhausted:suppressed:), Field("total", \.total, .count),
        Field("queued", \.queued, .count), Field("leased", \.leased, .count), Field("callback", \.callback, .count),
        Field("done", \.done, .count), Field("exhausted", \.exhausted, .count),
        Field("suppressed", \.suppressed, .count))

    /// Closed for good.
    var closed: Int { done + exhausted + suppressed }

    mutating func add(_ state: WorkState, _ count: Int) {
        total += count
        switch state {
        case .importing: total -= count
        case .queued: queued += count
        case .leased: leased += count
        case .callback: callback += count
        case .done: done += count
        case .exhausted: exhausted += count
        case .suppressed: suppressed += count
        }
    }
}

extension Reading where Self: ~Copyable {
    /// Where a task's customers are in its queue, all or those of one representative.
    borrowing func customers(of task: String, owner: PersonID? = nil) throws(StoreError) -> TaskCustomers {
        var counts = TaskCustomers()
        let whose: SQL = owner.map { "AND owner = \($0)" } ?? ""
        try forEach(
            "SELECT state, count(*) FROM salestasks_work WHERE task_id = \(task)" + whose + "GROUP BY state"
        ) { (row: borrowing Row) throws(StoreError) in
            counts.add(try row.get(at: 0), try row.get(at: 1))
        }
        return counts
    }

    /// Successful calls in percent of all of a task, or of one representative in it.
    borrowing func successRate(of task: String, rep: PersonID? = nil) throws(StoreError) -> Double {
        let whose: SQL = rep.map { "rep_id = \($0) AND" } ?? ""
        var counts: (successes: Int, calls: Int) = (0, 0)
        try forFirst(
            "SELECT coalesce(sum(outcome IS 'SUCCESSFUL'), 0), count(*) FROM salestasks_call WHERE" + whose
                + "task_id = \(task)"
        ) { (row: borrowing Row) throws(StoreError) in counts = (try row.get(at: 0), try row.get(at: 1)) }
        return Rounded.percent(counts.successes, of: counts.calls)
    }

    borrowing func shown(_ task: TaskRow) throws(StoreError) -> SalesTask {
        SalesTask(
            taskId: task.id, title: task.title, description: task.description, uniqueProposition: task.proposition,
            script: try script(of: task.id), priority: task.priority, state: task.state, deadline: task.deadline,
            startsAt: task.startsAt, metadata: task.metadata, customers: try customers(of: task.id),
            assignedReps: try dealt(task.id, import: nil), successRate: try successRate(of: task.id),
            createdAt: task.createdAt, updatedAt: task.updatedAt)
    }
}
