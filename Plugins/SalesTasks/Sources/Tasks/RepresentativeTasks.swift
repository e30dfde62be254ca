internal import PluginAPI

extension SalesTasks {
    /// `GET /representative/{salesId}/tasks` (seed 004)
    func representativeTasks(_ asked: RepresentativeTasksAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>)
        throws -> RepresentativeTasks
    {
        let rep = try representative(asked.salesId, tx, call)
        let filter: SQL = """
            FROM salestasks_task t JOIN salestasks_task_rep a ON a.task_id = t.id AND a.rep_id = \(rep)
            WHERE t.is_ready = 1 AND t.state IN \(SQL.list(asked.status.states))
            """
        let total: Int = try tx.value("SELECT count(*)" + filter) ?? 0
        let rows: [TaskRow] = try tx.all(
            "SELECT t.*" + filter + "ORDER BY t.priority DESC, t.deadline IS NULL, t.deadline, t.created_at, t.id"
                + .rows(asked.page, asked.limit))
        let places = try tx.openPlaces(settings.window)
        var tasks: [RepresentativeTask] = []
        for row in rows { tasks.append(try tx.task(row, of: rep, in: places)) }
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: total)
        return RepresentativeTasks(
            activeTasks: tasks,
            pagination: TaskPagination(
                currentPage: asked.page, totalPages: numbers.totalPages, totalItems: total,
                hasNext: asked.page < numbers.totalPages))
    }

    /// The representative whose things are asked for: oneself, or anybody for whoever sees all.
    func representative(_ id: PersonID, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PersonID {
        if call.reach == .tenant {
            guard try tx.representative(id) != nil else { throw Problem.notFound }
            return id
        }
        guard call.reach?.covers(Subject("representative", id: id.rawValue, assignees: [id])) == true else {
            // Whether there is such a one is nobody else's business, and both are told the same.
            throw Problem.forbidden
        }
        return id
    }
}

extension ReadTransaction {
    fileprivate borrowing func task(_ row: TaskRow, of rep: PersonID, in places: [String]) throws(StoreError)
        -> RepresentativeTask
    {
        let customers = try customers(of: row.id, owner: rep)
        var next: NextCustomer?
        if row.state == .active, let work = try nextWork(for: rep, in: places, of: row.id) {
            let customer: CustomerRow = try one(CustomerRow.select + "WHERE c.seq = \(work.customer)")
            next = NextCustomer(
                customerId: customer.customer.customerId, name: customer.customer.name,
                phone: customer.customer.phone, priority: work.priority)
        }
        return RepresentativeTask(
            taskId: row.id, title: row.title, description: row.description, script: try script(of: row.id) ?? "",
            uniqueProposition: row.proposition, deadline: row.deadline, priority: row.priority, state: row.state,
            progress: TaskProgress(
                assigned: customers.total, completed: customers.closed, pending: customers.total - customers.closed,
                successRate: try successRate(of: row.id, rep: rep)),
            nextCustomer: next)
    }
}

/// The input of `GET /representative/{salesId}/tasks`.
struct RepresentativeTasksAsked: Described {
    let salesId: PersonID
    let status: TaskFilter
    let page: Int
    let limit: Int

    static let schema = Schema<RepresentativeTasksAsked>.object(
        RepresentativeTasksAsked.init(salesId:status:page:limit:),
        Field("salesId", \.salesId, PersonID.schema, in: .path),
        Field("status", \.status, .oneOf, in: .query, default: .active),
        Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

/// The answer; `activeTasks` holds whatever status was asked for.
struct RepresentativeTasks: Described {
    let activeTasks: [RepresentativeTask]
    let pagination: TaskPagination

    static let schema = Schema<RepresentativeTasks>.object(
        RepresentativeTasks.init(activeTasks:pagination:),
        Field("activeTasks", \.activeTasks, .list(RepresentativeTask.schema)),
        Field("pagination", \.pagination, TaskPagination.schema))
}

/// Seed 004's pagination.
struct TaskPagination: Described {
    let currentPage: Int
    let totalPages: Int
    let totalItems: Int
    let hasNext: Bool

    static let schema = Schema<TaskPagination>.object(
        TaskPagination.init(currentPage:totalPages:totalItems:hasNext:),
        Field("currentPage", \.currentPage, .count), Field("totalPages", \.totalPages, .count),
        Field("totalItems", \.totalItems, .count), Field("hasNext", \.hasNext, .bool))
}

/// A task as a representative sees it.
struct RepresentativeTask: Described {
    let taskId: String
    let title: String
    let description: String
    let script: String
    let uniqueProposition: String
    let deadline: Instant?
    let priority: Priority
    let state: TaskState
    let progress: TaskProgress
    let nextCustomer: NextCustomer?

    static let schema = Schema<RepresentativeTask>.object(
        RepresentativeTask.init(
            taskId:title:description:script:uniqueProposition:deadline:priority:state:progress:nextCustomer:),
        Field("taskId", \.taskId, .id), Field("title", \.title, .string(1...200)),
        Field("description", \.description, .string(1...1000)), Field("script", \.script, .string(0...20_000)),
        Field("uniqueProposition", \.uniqueProposition, .string(1...2000)),
        Field("deadline", \.deadline, .optional(Instant.schema)), Field("priority", \.priority, .oneOf),
        Field("state", \.state, .oneOf), Field("progress", \.progress, TaskProgress.schema),
        Field(
            "nextCustomer", \.nextCustomer, .optional(NextCustomer.schema),
            note: "null when there is nobody to call now"))
}

/// How far a representative is with a task.
struct TaskProgress: Described {
    let assigned: Int
    let completed: Int
    let pending: Int
    let successRate: Double

    static let schema = Schema<TaskProgress>.object(
        TaskProgress.init(assigned:completed:pending:successRate:), Field("assigned", \.assigned, .count),
        Field("completed", \.completed, .count), Field("pending", \.pending, .count),
        Field("successRate", \.successRate, .percent))
}

/// Whom a representative calls next.
struct NextCustomer: Described {
    let customerId: String
    let name: String
    let phone: Phone
    let priority: Priority

    static let schema = Schema<NextCustomer>.object(
        NextCustomer.init(customerId:name:phone:priority:), Field("customerId", \.customerId, .id),
        Field("name", \.name, .string(1...200)), Field("phone", \.phone, Phone.schema),
        Field("priority", \.priority, .oneOf))
}
