internal import PluginAPI

/// A case in seed 003's list.
struct CaseListed: Described {
    let id: Int
    let title: String
    let number: String
    let status: MatterStatus
    let openDate: Day
    let description: String
    let caseType: String
    let detailedStatus: MatterState
    let stage: String?

    static let schema = Schema<CaseListed>.object(
        CaseListed.init(id:title:number:status:openDate:description:caseType:detailedStatus:stage:),
        Field("id", \.id, .number), Field("title", \.title, CaseFields.title),
        Field("case_number", \.number, .string(1...40)), Field("status", \.status, .oneOf),
        Field("open_date", \.openDate, Day.schema), Field("description", \.description, CaseFields.description),
        Field("case_type", \.caseType, .string(1...40)), Field("detailed_status", \.detailedStatus, .oneOf),
        Field("stage", \.stage, .optional(.string(1...100))))
}

extension CaseListed {
    init(_ matter: Matter) {
        self.init(
            id: matter.id, title: matter.title, number: matter.number, status: matter.state.status,
            openDate: matter.openDate, description: matter.description, caseType: matter.caseType,
            detailedStatus: matter.state, stage: matter.stage)
    }
}

/// Who leads a case, as its client sees them.
struct Attorney: Described {
    let id: Int?
    let name: String
    let email: String

    static let schema = Schema<Attorney>.object(
        Attorney.init(id:name:email:), Field("id", \.id, .optional(.number)), Field("name", \.name, .string(0...500)),
        Field("email", \.email, .string(0...254)))
}

/// A document of a case, in few words.
struct DocumentBrief: Described {
    let id: Int
    let title: String
    let fileType: String
    let uploadedAt: Instant

    static let schema = Schema<DocumentBrief>.object(
        DocumentBrief.init(id:title:fileType:uploadedAt:), Field("id", \.id, .number),
        Field("title", \.title, .string(0...1000)), Field("file_type", \.fileType, .string(1...20)),
        Field("uploaded_at", \.uploadedAt, Instant.schema))
}

/// A task of a case, in few words.
struct TaskBrief: Described {
    let id: Int
    let title: String
    let status: TaskStatus
    let dueDate: Day?

    static let schema = Schema<TaskBrief>.object(
        TaskBrief.init(id:title:status:dueDate:), Field("id", \.id, .number),
        Field("title", \.title, .string(0...1000)),
        Field("status", \.status, .oneOf), Field("due_date", \.dueDate, .optional(Day.schema)))
}

/// A case as its client sees it.
struct CaseShown: Described {
    let listed: CaseListed
    let attorney: Attorney?
    let documents: [DocumentBrief]
    let tasks: [TaskBrief]

    static let schema = Schema<CaseShown>.object(
        CaseShown.init(
            id:title:number:status:openDate:description:caseType:detailedStatus:stage:attorney:documents:tasks:),
        Field("id", \.listed.id, .number), Field("title", \.listed.title, CaseFields.title),
        Field("case_number", \.listed.number, .string(1...40)), Field("status", \.listed.status, .oneOf),
        Field("open_date", \.listed.openDate, Day.schema),
        Field("description", \.listed.description, CaseFields.description),
        Field("case_type", \.listed.caseType, .string(1...40)),
        Field("detailed_status", \.listed.detailedStatus, .oneOf),
        Field("stage", \.listed.stage, .optional(.string(1...100))),
        Field("assigned_attorney", \.attorney, .optional(Attorney.schema)),
        Field("documents", \.documents, .list(DocumentBrief.schema), note: "The newest 50 that the client sees."),
        Field("tasks", \.tasks, .list(TaskBrief.schema), note: "The 50 soonest due."))

    init(_ listed: CaseListed, attorney: Attorney?, documents: [DocumentBrief], tasks: [TaskBrief]) {
        self.listed = listed
        self.attorney = attorney
        self.documents = documents
        self.tasks = tasks
    }

    private init(
        id: Int, title: String, number: String, status: MatterStatus, openDate: Day, description: String,
        caseType: String, detailedStatus: MatterState, stage: String?, attorney: Attorney?,
        documents: [DocumentBrief], tasks: [TaskBrief]
    ) {
        self.init(
            CaseListed(
                id: id, title: title, number: number, status: status, openDate: openDate, description: description,
                caseType: caseType, detailedStatus: detailedStatus, stage: stage), attorney: attorney,
            documents: documents, tasks: tasks)
    }
}

/// What the shapes of cases share.
enum CaseFields {
    static let title = Schema<String>.string(1...300)
    static let description = Schema<String>.string(0...10_000)
}
