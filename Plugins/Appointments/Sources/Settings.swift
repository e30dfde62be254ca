public import PluginAPI

/// What a company decides about booking.
public struct Settings: Described {
    /// Minutes between the starts of two slots, counted from opening.
    public var slotGridMinutes: Int
    /// How long before its start a visit can still be booked, in minutes.
    public var bookingNoticeMinutes: Int
    /// How many days ahead a visit can be booked, today not counted.
    public var maximumDaysAhead: Int
    /// How many visits a customer may have before them at once.
    public var maximumUpcoming: Int
    /// How long before its start a customer can still cancel a visit, in hours.
    public var cancellationNoticeHours: Int
    /// How long before its start a customer can still move a visit, in hours.
    public var rescheduleNoticeHours: Int
    /// How often a visit may be moved by its customer.
    public var maximumReschedules: Int
    /// How long time is held for a customer who is about to book, in minutes.
    public var holdMinutes: Int
    /// How long before a visit its customer is reminded, in minutes, each time.
    public var remindersMinutesBefore: [Int]

    public static let schema = Schema<Settings>.object(
        Settings.init(
            slotGridMinutes:bookingNoticeMinutes:maximumDaysAhead:maximumUpcoming:cancellationNoticeHours:
            rescheduleNoticeHours:maximumReschedules:holdMinutes:remindersMinutesBefore:),
        Field(
            "slotGridMinutes", \.slotGridMinutes, .int(5...240), default: 15,
            note: "Minutes between the starts of two slots, counted from the branch's opening."),
        Field(
            "bookingNoticeMinutes", \.bookingNoticeMinutes, .int(0...43_200), default: 120,
            note: "A visit can be booked until so many minutes before its start."),
        Field(
            "maximumDaysAhead", \.maximumDaysAhead, .int(1...730), default: 90,
            note: "A visit can be booked so many days ahead, today not counted, in the branch's calendar."),
        Field(
            "maximumUpcoming", \.maximumUpcoming, .int(1...1000), default: 10,
            note: "A customer may have so many visits ahead at once."),
        Field(
            "cancellationNoticeHours", \.cancellationNoticeHours, .int(0...720), default: 24,
            note: "A customer can cancel a visit until so many hours before its start; the clinic always can."),
        Field(
            "rescheduleNoticeHours", \.rescheduleNoticeHours, .int(0...720), default: 24,
            note: "A customer can move a visit until so many hours before its start; the clinic always can."),
        Field(
            "maximumReschedules", \.maximumReschedules, .int(0...100), default: 3,
            note: "A customer can move a visit so often."),
        Field(
            "holdMinutes", \.holdMinutes, .int(5...10), default: 10,
            note: "Time is held so long for a customer who is about to book."),
        Field(
            "remindersMinutesBefore", \.remindersMinutesBefore, .list(.int(15...20_160), 0...5), default: [1440],
            note: "A customer is reminded so many minutes before a visit, each time."))

    /// How long before its start a customer can still cancel a visit.
    var cancellationNotice: Duration { .seconds(cancellationNoticeHours * 3600) }
}
