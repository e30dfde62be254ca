internal import PluginAPI

/// A task in seed 003's list.
struct TaskListed: Described {
    let id: Int
    let title: String
    let description: String
    let status: TaskStatus
    let dueDate: Day?
    let matter: CaseTitled
    let detailedStatus: TaskState
    let isOverdue: Bool

    static let schema = Schema<TaskListed>.object(
        TaskListed.init(id:title:description:status:dueDate:matter:detailedStatus:isOverdue:),
        Field("id", \.id, .number), Field("title", \.title, TaskFields.title),
        Field("description", \.description, TaskFields.description), Field("status", \.status, .oneOf),
        Field("due_date", \.dueDate, .optional(Day.schema)), Field("case", \.matter, CaseTitled.schema),
        Field("detailed_status", \.detailedStatus, .oneOf), Field("is_overdue", \.isOverdue, .bool))
}

extension TaskListed {
    init(_ row: TaskRow, today: Day) {
        self.init(
            id: row.id, title: row.title, description: row.description, status: row.state.status,
            dueDate: row.dueDate, matter: CaseTitled(id: row.matter, title: row.matterTitle),
            detailedStatus: row.state, isOverdue: row.isOverdue(on: today))
    }
}

/// A task as its client sees it.
struct TaskShown: Described {
    let listed: TaskListed
    let createdAt: Instant
    let updatedAt: Instant
    let answers: [TaskAnswerShown]
    let documents: [DocumentListed]

    /// What the list says of it, and more.
    static let schema = Schema<TaskShown>.object(
        TaskShown.init(
            id:title:description:status:dueDate:matter:detailedStatus:isOverdue:createdAt:updatedAt:answers:documents:),
        Field("id", \.listed.id, .number), Field("title", \.listed.title, TaskFields.title),
        Field("description", \.listed.description, TaskFields.description),
        Field("status", \.listed.status, .oneOf), Field("due_date", \.listed.dueDate, .optional(Day.schema)),
        Field("case", \.listed.matter, CaseTitled.schema), Field("detailed_status", \.listed.detailedStatus, .oneOf),
        Field("is_overdue", \.listed.isOverdue, .bool), Field("created_at", \.createdAt, Instant.schema),
        Field("updated_at", \.updatedAt, Instant.schema),
        Field("answers", \.answers, .list(TaskAnswerShown.schema), note: "The first in front"),
        Field("documents", \.documents, .list(DocumentListed.schema), note: "What was brought for it"))

    init(_ listed: TaskListed, _ row: TaskRow, answers: [TaskAnswerShown], documents: [DocumentListed]) {
        self.listed = listed
        createdAt = row.createdAt
        updatedAt = row.updatedAt
        self.answers = answers
        self.documents = documents
    }

    init(
        id: Int, title: String, description: String, status: TaskStatus, dueDate: Day?, matter: CaseTitled,
        detailedStatus: TaskState, isOverdue: Bool, createdAt: Instant, updatedAt: Instant,
        answers: [TaskAnswerShown], documents: [DocumentListed]
    ) {
        listed = TaskListed(
            id: id, title: title, description: description, status: status, dueDate: dueDate, matter: matter,
            detailedStatus: detailedStatus, isOverdue: isOverdue)
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.answers = answers
        self.documents = documents
    }
}

/// An answer to a task.
struct TaskAnswerShown: Described {
    let text: String
    let by: PersonNamed?
    let at: Instant
    let outcome: TaskState?
    let note: String?

    static let schema = Schema<TaskAnswerShown>.object(
        TaskAnswerShown.init(text:by:at:outcome:note:), Field("text", \.text, TaskFields.answer),
        Field("by", \.by, .optional(PersonNamed.schema)), Field("at", \.at, Instant.schema),
        Field("outcome", \.outcome, .optional(.oneOf), note: "accepted or returned, once it was looked at"),
        Field("note", \.note, .optional(TaskFields.note), note: "Why it was returned"))
}

/// What the shapes of tasks share.
enum TaskFields {
    static let title = Schema<String>.string(1...300)
    static let description = Schema<String>.string(0...5000)
    static let answer = Schema<String>.string(0...10_000)
    static let note = Schema<String>.string(1...5000)
}
