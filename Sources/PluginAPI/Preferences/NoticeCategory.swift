/// What a notice is about, in the words in which people set their preferences (seed 000 §3.2, §6.2). Plugins share the
/// ready-made ones, and may have their own.
public struct NoticeCategory: Hashable, Sendable {
    /// Lower-case words with underscores: `case_updates`.
    public let name: String

    public init(_ name: String) { self.name = name }

    public static let caseUpdates = NoticeCategory("case_updates")
    public static let messages = NoticeCategory("messages")
    public static let documents = NoticeCategory("documents")
    public static let tasks = NoticeCategory("tasks")
    public static let reminders = NoticeCategory("reminders")
    public static let appointmentUpdates = NoticeCategory("appointment_updates")
    public static let appointmentReminders = NoticeCategory("appointment_reminders")
    public static let educationalContent = NoticeCategory("educational_content")
    public static let systemUpdates = NoticeCategory("system_updates")
    public static let marketing = NoticeCategory("marketing")
    /// Sign-in codes, warnings about the account.
    public static let security = NoticeCategory("security")
    /// What people choose for everything urgent, whatever it is about: a channel that is on for it is on for an emergency of
    /// any category.
    public static let urgentUpdates = NoticeCategory("urgent_updates")

    /// Whether people get it who have not said anything: all but marketing, which needs their word (ePrivacy art. 13).
    public var isOnByDefault: Bool { self != .marketing }

    /// Whether the name can be a category's.
    public static func isWellFormed(_ name: String) -> Bool {
        (1...60).contains(name.utf8.count) && name != "all" && name.utf8.first != UInt8(ascii: "_")
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// The schema of a name.
    static let nameSchema: Schema<String> = .text(
        JSONSchema(["type": "string", "pattern": "^[a-z0-9][a-z0-9_]{0,59}$"]),
        allowed: "the name of a category, such as case_updates", sample: { "category_\($0)" },
        parse: { isWellFormed($0) ? $0 : nil }, write: { $1.value($0) })
}

/// How much a notice may interrupt.
public enum Importance: String, Sendable, CaseIterable {
    /// Every preference holds.
    case normal
    /// It waits for no digest; and for no quiet hours, where the person lets emergencies through.
    case emergency
    /// What people cannot do without, such as a changed password: no preference holds it back.
    case mandatory
}
