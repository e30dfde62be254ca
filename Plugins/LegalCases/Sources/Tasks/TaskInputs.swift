internal import PluginAPI

/// An input that names a task.
protocol NamesTask: Described {
    /// The task's.
    var id: Int { get }
}

/// One task.
struct TaskNamed: NamesTask {
    let id: Int
    static let schema = Schema<TaskNamed>.object(TaskNamed.init(id:), Field("task_id", \.id, .number, in: .path))
}

/// What lists of tasks are asked for.
struct TasksAsked: Described {
    let matter: Int?
    let status: TaskStatus?
    let overdue: Bool?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<TasksAsked>.object(
        TasksAsked.init(matter:status:overdue:page:pageSize:),
        Field("case", \.matter, .optional(.number), in: .query),
        Field("status", \.status, .optional(.oneOf), in: .query),
        Field("overdue", \.overdue, .optional(.bool), in: .query),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field(
            "page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var range: (page: Int, limit: Int) { PageAsked(page: page, pageSize: pageSize).range }
}

/// A task that the staff set.
struct TaskToAdd: Described {
    let matter: Int
    let title: String
    let description: String
    let side: TaskSide
    let assignee: PersonID?
    let dueDate: Day?

    static let schema = Schema<TaskToAdd>.object(
        TaskToAdd.init(matter:title:description:side:assignee:dueDate:), Field("case", \.matter, .number),
        Field("title", \.title, TaskFields.title),
        Field("description", \.description, TaskFields.description, default: ""),
        Field("side", \.side, .oneOf, default: .client, note: "Who has to do it"),
        Field(
            "assignee", \.assignee, .optional(PersonID.schema), note: "Who of the case's team, for a task of the staff"),
        Field("due_date", \.dueDate, .optional(Day.schema)))
}

/// A change of a task.
struct TaskChange: NamesTask {
    let id: Int
    let title: Change<String>
    let description: Change<String>
    let assignee: Change<PersonID>
    let dueDate: Change<Day>

    static let schema = Schema<TaskChange>.object(
        TaskChange.init(id:title:description:assignee:dueDate:), Field("task_id", \.id, .number, in: .path),
        Field("title", \.title, .change(TaskFields.title)),
        Field("description", \.description, .change(TaskFields.description)),
        Field("assignee", \.assignee, .change(PersonID.schema)), Field("due_date", \.dueDate, .change(Day.schema)))
}

/// An answer to a task.
struct TaskToComplete: NamesTask {
    let id: Int
    let answer: String
    let attachments: [FileID]
    let documents: [Int]

    static let schema = Schema<TaskToComplete>.object(
        TaskToComplete.init(id:answer:attachments:documents:), Field("task_id", \.id, .number, in: .path),
        Field("answer", \.answer, TaskFields.answer, default: ""),
        Field(
            "attachments", \.attachments, .list(FileID.schema, 0...20), default: [],
            note: "Files that were uploaded before; they become documents of the case"),
        Field(
            "documents", \.documents, .list(.number, 0...20), default: [],
            note: "Documents of the case that the caller brought before"))
}

/// A task that is given back.
struct TaskToReturn: NamesTask {
    let id: Int
    let note: String

    static let schema = Schema<TaskToReturn>.object(
        TaskToReturn.init(id:note:), Field("task_id", \.id, .number, in: .path),
        Field("note", \.note, TaskFields.note, note: "What is missing"))
}
