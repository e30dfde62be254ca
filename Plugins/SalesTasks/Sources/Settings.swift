public import PluginAPI

/// What a company decides about its calls.
public struct Settings: Described {
    /// From when on customers may be called, in minutes after midnight on their own clocks.
    public var callingOpens: Int
    /// Until when, in minutes after midnight.
    public var callingCloses: Int
    /// On which of the customer's own days.
    public var callingDays: [Weekday]
    /// Time zones by the beginnings of phone numbers: `{"+1312": "America/Chicago"}`.
    public var callingZones: [String: Zone]
    /// How long a customer stays with a representative without a heartbeat, in seconds.
    public var leaseSeconds: Int
    /// How many customers a representative may hold at once.
    public var maximumLeases: Int
    /// After how many calls nobody answered a customer is given up.
    public var maximumAttempts: Int
    /// Minutes until a busy number is tried again.
    public var busyRetryMinutes: Int
    /// Minutes until a number that nobody answered is tried again.
    public var noAnswerRetryMinutes: Int
    /// Minutes until a number with an answering machine is tried again.
    public var voicemailRetryMinutes: Int
    /// Hours until a follow-up for which no time was agreed.
    public var followUpHours: Int
    /// The language model that drafts scripts.
    var scriptModel: ScriptModel?

    public static let schema = Schema<Settings>.object(
        Settings.init(
            callingOpens:callingCloses:callingDays:callingZones:leaseSeconds:maximumLeases:maximumAttempts:
            busyRetryMinutes:noAnswerRetryMinutes:voicemailRetryMinutes:followUpHours:scriptModel:),
        Field(
            "callingOpens", \.callingOpens, .minutesOfDay, default: 540,
            note: "Customers are called from this time on, by their own clocks."),
        Field(
            "callingCloses", \.callingCloses, .minutesOfDay, default: 1200,
            note: "Customers are called before this time, by their own clocks; 24:00 is the end of the day."),
        Field(
            "callingDays", \.callingDays, .list(Weekday.schema, 1...7),
            default: [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday],
            note: "Customers are called on these days of theirs."),
        Field(
            "callingZones", \.callingZones, .map(Zone.schema), default: [:],
            note: "Time zones by the beginnings of phone numbers; the longest that fits is taken."),
        Field(
            "leaseSeconds", \.leaseSeconds, .int(10...3600), default: 300,
            note: "A customer goes back into the queue after so many seconds without a heartbeat."),
        Field(
            "maximumLeases", \.maximumLeases, .int(1...1000), default: 25,
            note: "A representative may hold so many customers at once."),
        Field(
            "maximumAttempts", \.maximumAttempts, .int(1...50), default: 6,
            note: "A customer is given up after so many calls that reached nobody."),
        Field(
            "busyRetryMinutes", \.busyRetryMinutes, .int(1...43_200), default: 15,
            note: "A busy number is tried again after so many minutes."),
        Field(
            "noAnswerRetryMinutes", \.noAnswerRetryMinutes, .int(1...43_200), default: 240,
            note: "A number that nobody answered is tried again after so many minutes."),
        Field(
            "voicemailRetryMinutes", \.voicemailRetryMinutes, .int(1...43_200), default: 1440,
            note: "A number with an answering machine is tried again after so many minutes."),
        Field(
            "followUpHours", \.followUpHours, .int(1...720), default: 24,
            note: "A follow-up for which no time was agreed is due after so many hours."),
        .leftOutWhenNil(
            "scriptModel", \.scriptModel, .optional(ScriptModel.schema),
            note: "The language model that drafts scripts; the template does without it"))

    /// When customers may be called.
    var window: CallingWindow { CallingWindow(opens: callingOpens, closes: callingCloses, days: Set(callingDays)) }

    /// The end of a lease that begins or is renewed at a moment.
    func leaseEnd(from now: Instant) -> Instant { now + .seconds(leaseSeconds) }
}
