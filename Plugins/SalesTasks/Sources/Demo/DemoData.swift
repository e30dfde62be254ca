internal import PluginAPI

/// What a demo shows: representatives, tasks with customers, and calls that lie some days before the day it is loaded.
struct DemoData: Described {
    let representatives: [DemoRepresentative]
    let tasks: [DemoTask]
    let doNotCall: [NewDoNotCall]

    static let schema = Schema<DemoData>.object(
        DemoData.init(representatives:tasks:doNotCall:),
        Field("representatives", \.representatives, .list(DemoRepresentative.schema, 0...100)),
        Field("tasks", \.tasks, .list(DemoTask.schema, 0...100)),
        Field("doNotCall", \.doNotCall, .list(NewDoNotCall.schema, 0...100), default: []))
}

/// The account with an e-mail address, as a representative.
struct DemoRepresentative: Described {
    let email: Email
    let team: String?
    let skills: [String]

    static let schema = Schema<DemoRepresentative>.object(
        DemoRepresentative.init(email:team:skills:), Field("email", \.email, Email.schema),
        Field("team", \.team, .optional(.string(1...100))),
        Field("skills", \.skills, .list(.string(1...60), 0...50), default: []))
}

/// A task with its customers and calls.
struct DemoTask: Described {
    let facts: TaskFacts
    let script: String?
    let assigned: [Email]
    let customers: [DemoCustomer]
    let calls: [DemoCall]

    static let schema = Schema<DemoTask>.object(
        DemoTask.init(facts:script:assigned:customers:calls:), Field("facts", \.facts, TaskFacts.schema),
        Field("script", \.script, .optional(.string(1...20_000)), note: "Made of the task's own words without it"),
        Field("assigned", \.assigned, .list(Email.schema, 0...100)),
        Field("customers", \.customers, .list(DemoCustomer.schema, 0...1000)),
        Field("calls", \.calls, .list(DemoCall.schema, 0...1000), default: []))
}

/// A customer of a task.
struct DemoCustomer: Described {
    let name: String
    let phone: Phone
    let email: Email?
    let priority: Priority
    let description: String?
    let timeZone: Zone

    static let schema = Schema<DemoCustomer>.object(
        DemoCustomer.init(name:phone:email:priority:description:timeZone:), Field("name", \.name, .string(1...200)),
        Field("phone", \.phone, Phone.schema), Field("email", \.email, .optional(Email.schema)),
        Field("priority", \.priority, .oneOf, default: .medium),
        Field("description", \.description, .optional(.string(1...2000))),
        Field("timeZone", \.timeZone, Zone.schema))
}

/// A call to a customer, by whom it was dealt to.
struct DemoCall: Described {
    let phone: Phone
    let daysAgo: Int
    /// In UTC.
    let time: Int
    let minutes: Int
    let disposition: Disposition
    let sentiment: Sentiment?
    let rating: Double?
    let insights: String
    let notes: String?

    static let schema = Schema<DemoCall>.object(
        DemoCall.init(phone:daysAgo:time:minutes:disposition:sentiment:rating:insights:notes:),
        Field("phone", \.phone, Phone.schema), Field("daysAgo", \.daysAgo, .int(1...365)),
        Field("time", \.time, .minutesOfDay), Field("minutes", \.minutes, .int(0...240)),
        Field("disposition", \.disposition, .oneOf), Field("sentiment", \.sentiment, .optional(.oneOf)),
        Field("rating", \.rating, .optional(.double(1...5))), Field("insights", \.insights, .string(1...2000)),
        Field("notes", \.notes, .optional(.string(1...2000))))
}
