internal import PluginAPI

/// A day by which something must have happened in a case.
struct Deadline: Record {
    let id: Int
    let matter: Int
    let title: String
    let dueDate: Day
    /// What it was counted from; nil where the day itself was given.
    let triggerDate: Day?
    let days: Int?
    let counting: DayCounting?
    let state: DeadlineState

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        title = try row.get("title")
        guard let due = Day(iso8601: try row.get("due_date") as String) else {
            throw StoreError(.mismatch, "a deadline's day is no day")
        }
        dueDate = due
        triggerDate = (try row.get("trigger_date") as String?).flatMap { Day(iso8601: $0) }
        days = try row.get("days")
        counting = try row.get("counting")
        state = try row.get("state")
    }
}

/// What became of a deadline.
enum DeadlineState: String, CaseIterable, Sendable, SQLConvertible { case open, done, cancelled }

/// A deadline as answers show it.
struct DeadlineShown: Described {
    let id: Int
    let matter: CaseTitled
    let title: String
    let dueDate: Day
    let triggerDate: Day?
    let days: Int?
    let counting: DayCounting?
    let state: DeadlineState
    let isOverdue: Bool

    static let schema = Schema<DeadlineShown>.object(
        DeadlineShown.init(id:matter:title:dueDate:triggerDate:days:counting:state:isOverdue:),
        Field("id", \.id, .number), Field("case", \.matter, CaseTitled.schema),
        Field("title", \.title, .string(1...300)), Field("due_date", \.dueDate, Day.schema),
        Field("trigger_date", \.triggerDate, .optional(Day.schema)),
        Field("days", \.days, .optional(DeadlineFields.days)),
        Field("counting", \.counting, .optional(.oneOf)), Field("status", \.state, .oneOf),
        Field("is_overdue", \.isOverdue, .bool))
}

extension DeadlineShown {
    init(_ deadline: Deadline, of matter: Matter, today: Day) {
        self.init(
            id: deadline.id, matter: CaseTitled(id: matter.id, title: matter.title), title: deadline.title,
            dueDate: deadline.dueDate, triggerDate: deadline.triggerDate, days: deadline.days,
            counting: deadline.counting, state: deadline.state,
            isOverdue: deadline.state == .open && deadline.dueDate < today)
    }
}

/// Something about a deadline; also what webhooks and live connections are told.
struct DeadlineChanged: Event {
    static let name = "legal-cases.deadline-changed"
    let deadlineID: Int
    let caseID: Int
    let dueDate: Day
    let status: DeadlineState

    static let schema = Schema<DeadlineChanged>.object(
        DeadlineChanged.init(deadlineID:caseID:dueDate:status:), Field("deadline_id", \.deadlineID, .number),
        Field("case_id", \.caseID, .number), Field("due_date", \.dueDate, Day.schema),
        Field("status", \.status, .oneOf))
}

/// A deadline that is set: by its day, or by what it is counted from.
struct NewDeadline: NamesCase {
    let id: Int
    let title: String
    let dueDate: Day?
    let triggerDate: Day?
    let days: Int?
    let counting: DayCounting

    static let schema = Schema<NewDeadline>.object(
        NewDeadline.init(id:title:dueDate:triggerDate:days:counting:), Field("case_id", \.id, .number, in: .path),
        Field("title", \.title, .string(1...300)), Field("due_date", \.dueDate, .optional(Day.schema)),
        Field("trigger_date", \.triggerDate, .optional(Day.schema), note: "The day of the event"),
        Field(
            "days", \.days, .optional(DeadlineFields.days),
            note: "From the event on; negative for a period that ends with it"),
        Field("counting", \.counting, .oneOf, default: .calendar))
}

/// A change of a deadline.
struct DeadlineChange: NamesCase {
    let id: Int
    let deadline: Int
    let title: Change<String>
    let dueDate: Change<Day>
    let state: Change<DeadlineState>

    static let schema = Schema<DeadlineChange>.object(
        DeadlineChange.init(id:deadline:title:dueDate:state:), Field("case_id", \.id, .number, in: .path),
        Field("deadline_id", \.deadline, .number, in: .path), Field("title", \.title, .change(.string(1...300))),
        Field("due_date", \.dueDate, .change(Day.schema)), Field("status", \.state, .change(.oneOf)))
}

/// Which deadlines are asked for.
struct DeadlinesAsked: Described {
    let from: Day?
    let to: Day?
    let state: DeadlineState?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<DeadlinesAsked>.object(
        DeadlinesAsked.init(from:to:state:page:pageSize:), Field("from", \.from, .optional(Day.schema), in: .query),
        Field("to", \.to, .optional(Day.schema), in: .query, note: "With that day"),
        Field("status", \.state, .optional(.oneOf), in: .query),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var paging: PageAsked { PageAsked(page: page, pageSize: pageSize) }
}

/// What the shapes of deadlines share.
enum DeadlineFields {
    static let days = Schema<Int>.int(-3650...3650)
}
