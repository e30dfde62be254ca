public import PluginAPI

/// What a firm decides about its cases.
public struct Settings: Described {
    /// The kinds of cases it takes.
    public var caseTypes: [CaseType]
    /// Days on which nobody works, beside the weekend.
    public var holidays: [Day]
    /// The days of the week on which nobody works.
    public var weekend: [Weekday]
    /// On which days before a deadline the team is reminded of it.
    public var deadlineReminderDays: [Int]
    /// On which days before its due date whoever has to do a task is reminded of it.
    public var taskReminderDays: [Int]
    /// Years after a case was closed for which its documents and tasks are kept; 0 for ever.
    public var documentRetentionYears: Int

    public static let schema = Schema<Settings>.object(
        Settings.init(caseTypes:holidays:weekend:deadlineReminderDays:taskReminderDays:documentRetentionYears:),
        Field(
            "caseTypes", \.caseTypes, .list(CaseType.schema, 1...50), default: CaseType.usual,
            note: "The kinds of cases the firm takes, with the letters of their numbers and their stages."),
        Field(
            "holidays", \.holidays, .list(Day.schema, 0...1000), default: [],
            note: "Days on which no deadline ends, beside the weekend."),
        Field("weekend", \.weekend, .list(Weekday.schema, 0...6), default: [.saturday, .sunday]),
        Field(
            "deadlineReminderDays", \.deadlineReminderDays, .list(.int(0...60), 0...5), default: [7, 1],
            note: "Days before a deadline on which the team is reminded of it, at nine by the firm's clock."),
        Field(
            "taskReminderDays", \.taskReminderDays, .list(.int(1...60), 0...5), default: [3, 1],
            note: "Days before its due date on which whoever has to do a task is reminded, at nine by the firm's clock."
        ),
        Field(
            "documentRetentionYears", \.documentRetentionYears, .int(0...100), default: 0,
            note: "Years after a case was closed for which its documents and tasks are kept; 0 for ever."))

    /// A kind of cases by its code; nil when the firm does not take it.
    func caseType(_ code: String) -> CaseType? { caseTypes.first { $0.code == code } }

    /// What is wrong beyond the fields' own shapes.
    var mistakes: [Mistake] {
        var mistakes: [Mistake] = []
        for (index, type) in caseTypes.enumerated() {
            let earlier = caseTypes[..<index]
            for (field, isTaken) in [
                ("code", earlier.contains { $0.code == type.code }),
                ("prefix", earlier.contains { $0.prefix == type.prefix }),
            ] where isTaken {
                mistakes.append(
                    Mistake(
                        [.name("caseTypes"), .index(index), .name(field)], .notAllowed, "must be of one kind only"))
            }
        }
        return mistakes
    }
}
