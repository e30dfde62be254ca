internal import PluginAPI

/// A task as the staff see it in lists.
struct StaffTaskListed: Described {
    let listed: TaskListed
    let side: TaskSide
    let assignee: PersonNamed?

    static let schema = Schema<StaffTaskListed>.object(
        StaffTaskListed.init(
            id:title:description:status:dueDate:matter:detailedStatus:isOverdue:side:assignee:),
        Field("id", \.listed.id, .number), Field("title", \.listed.title, TaskFields.title),
        Field("description", \.listed.description, TaskFields.description),
        Field("status", \.listed.status, .oneOf), Field("due_date", \.listed.dueDate, .optional(Day.schema)),
        Field("case", \.listed.matter, CaseTitled.schema), Field("detailed_status", \.listed.detailedStatus, .oneOf),
        Field("is_overdue", \.listed.isOverdue, .bool), Field("side", \.side, .oneOf, note: "Who has to do it"),
        Field("assignee", \.assignee, .optional(PersonNamed.schema), note: "Who of the staff"))

    init(_ listed: TaskListed, side: TaskSide, assignee: PersonNamed?) {
        self.listed = listed
        self.side = side
        self.assignee = assignee
    }

    private init(
        id: Int, title: String, description: String, status: TaskStatus, dueDate: Day?, matter: CaseTitled,
        detailedStatus: TaskState, isOverdue: Bool, side: TaskSide, assignee: PersonNamed?
    ) {
        self.init(
            TaskListed(
                id: id, title: title, description: description, status: status, dueDate: dueDate, matter: matter,
                detailedStatus: detailedStatus, isOverdue: isOverdue), side: side, assignee: assignee)
    }
}

/// A task as the staff see it.
struct StaffTask: Described {
    let task: TaskShown
    let side: TaskSide
    let assignee: PersonNamed?
    let createdBy: PersonNamed?

    static let schema = Schema<StaffTask>.object(
        StaffTask.init(
            id:title:description:status:dueDate:matter:detailedStatus:isOverdue:side:assignee:createdBy:createdAt:
            updatedAt:answers:documents:),
        Field("id", \.task.listed.id, .number), Field("title", \.task.listed.title, TaskFields.title),
        Field("description", \.task.listed.description, TaskFields.description),
        Field("status", \.task.listed.status, .oneOf), Field("due_date", \.task.listed.dueDate, .optional(Day.schema)),
        Field("case", \.task.listed.matter, CaseTitled.schema),
        Field("detailed_status", \.task.listed.detailedStatus, .oneOf),
        Field("is_overdue", \.task.listed.isOverdue, .bool), Field("side", \.side, .oneOf, note: "Who has to do it"),
        Field("assignee", \.assignee, .optional(PersonNamed.schema), note: "Who of the staff"),
        Field("created_by", \.createdBy, .optional(PersonNamed.schema)),
        Field("created_at", \.task.createdAt, Instant.schema), Field("updated_at", \.task.updatedAt, Instant.schema),
        Field("answers", \.task.answers, .list(TaskAnswerShown.schema), note: "The first in front"),
        Field("documents", \.task.documents, .list(DocumentListed.schema), note: "What was brought for it"))

    init(_ task: TaskShown, side: TaskSide, assignee: PersonNamed?, createdBy: PersonNamed?) {
        self.task = task
        self.side = side
        self.assignee = assignee
        self.createdBy = createdBy
    }

    private init(
        id: Int, title: String, description: String, status: TaskStatus, dueDate: Day?, matter: CaseTitled,
        detailedStatus: TaskState, isOverdue: Bool, side: TaskSide, assignee: PersonNamed?, createdBy: PersonNamed?,
        createdAt: Instant, updatedAt: Instant, answers: [TaskAnswerShown], documents: [DocumentListed]
    ) {
        self.init(
            TaskShown(
                id: id, title: title, description: description, status: status, dueDate: dueDate, matter: matter,
                detailedStatus: detailedStatus, isOverdue: isOverdue, createdAt: createdAt, updatedAt: updatedAt,
                answers: answers, documents: documents), side: side, assignee: assignee, createdBy: createdBy)
    }
}
