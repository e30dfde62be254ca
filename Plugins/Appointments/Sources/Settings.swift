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

    public static let schema = Schema<Settings>.object(
        Settings.init(
            slotGridMinutes:bookingNoticeMinutes:maximumDaysAhead:maximumUpcoming:cancellationNoticeHours:),
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
            note: "A customer can cancel a visit until so many hours before its start; the clinic always can."))

    /// How long before its start a customer can still cancel a visit.
    var cancellationNotice: Duration { .seconds(cancellationNoticeHours * 3600) }
}
