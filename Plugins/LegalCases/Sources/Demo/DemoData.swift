internal import PluginAPI

/// What a demo shows: clients, and cases with what belongs to them.
struct DemoData: Described {
    let clients: [DemoClient]
    let cases: [DemoCase]

    static let schema = Schema<DemoData>.object(
        DemoData.init(clients:cases:), Field("clients", \.clients, .list(DemoClient.schema, 0...100)),
        Field("cases", \.cases, .list(DemoCase.schema, 0...100)))
}

/// The account with an e-mail address, as a client.
struct DemoClient: Described {
    let email: Email
    let companyName: String
    let address: String

    static let schema = Schema<DemoClient>.object(
        DemoClient.init(email:companyName:address:), Field("email", \.email, Email.schema),
        Field("companyName", \.companyName, .string(0...200), default: ""),
        Field("address", \.address, .string(0...500), default: ""))
}

/// A case.
struct DemoCase: Described {
    let title: String
    let caseType: String
    let description: String
    let client: Email
    let lead: Email
    let state: MatterState
    let stage: String?
    let openedDaysAgo: Int
    let parties: [NewParty]
    let notes: [String]
    let tasks: [DemoTask]
    let deadlines: [DemoDeadline]
    let threads: [DemoThread]

    static let schema = Schema<DemoCase>.object(
        DemoCase.init(
            title:caseType:description:client:lead:state:stage:openedDaysAgo:parties:notes:tasks:deadlines:threads:),
        Field("title", \.title, CaseFields.title), Field("caseType", \.caseType, .string(1...40)),
        Field("description", \.description, CaseFields.description), Field("client", \.client, Email.schema),
        Field("lead", \.lead, Email.schema), Field("state", \.state, .oneOf, default: .open),
        Field("stage", \.stage, .optional(.string(1...100))), Field("openedDaysAgo", \.openedDaysAgo, .int(0...3650)),
        Field("parties", \.parties, .list(NewParty.schema, 0...50), default: []),
        Field("notes", \.notes, .list(.string(1...2000), 0...50), default: []),
        Field("tasks", \.tasks, .list(DemoTask.schema, 0...50), default: []),
        Field("deadlines", \.deadlines, .list(DemoDeadline.schema, 0...50), default: []),
        Field("threads", \.threads, .list(DemoThread.schema, 0...50), default: []))
}

/// A task, due so many days from when the demo is loaded.
struct DemoTask: Described {
    let title: String
    let description: String
    let side: TaskSide
    let dueInDays: Int?

    static let schema = Schema<DemoTask>.object(
        DemoTask.init(title:description:side:dueInDays:), Field("title", \.title, .string(1...300)),
        Field("description", \.description, .string(0...5000), default: ""),
        Field("side", \.side, .oneOf, default: .client), Field("dueInDays", \.dueInDays, .optional(.int(-365...365))))
}

/// A deadline, so many days from an event that is today.
struct DemoDeadline: Described {
    let title: String
    let days: Int
    let counting: DayCounting

    static let schema = Schema<DemoDeadline>.object(
        DemoDeadline.init(title:days:counting:), Field("title", \.title, .string(1...300)),
        Field("days", \.days, DeadlineFields.days), Field("counting", \.counting, .oneOf, default: .calendar))
}

/// A thread with its messages.
struct DemoThread: Described {
    let subject: String
    let messages: [DemoMessage]

    static let schema = Schema<DemoThread>.object(
        DemoThread.init(subject:messages:), Field("subject", \.subject, .string(1...200)),
        Field("messages", \.messages, .list(DemoMessage.schema, 1...50)))
}

/// A message, by the client or by whoever leads the case.
struct DemoMessage: Described {
    let from: TaskSide
    let text: String

    static let schema = Schema<DemoMessage>.object(
        DemoMessage.init(from:text:), Field("from", \.from, .oneOf), Field("text", \.text, .string(1...5000)))
}
