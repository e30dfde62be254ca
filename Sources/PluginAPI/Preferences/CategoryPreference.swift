/// What a person wants of one category.
public struct CategoryPreference: Sendable, Hashable {
    /// Whether they want to hear of it outside the portal; nil when they have not said.
    public var isOn: Bool?
    /// The channels chosen for it, in the person's order.
    public var on: [Channel]
    /// The channels refused for it.
    public var off: [Channel]
    public var frequency: Frequency?
    /// The day of a weekly digest.
    public var weekday: Weekday?
    /// The hour of a digest.
    public var time: TimeOfDay?
    public var quietHours: QuietHours?

    public init(
        isOn: Bool? = nil, on: [Channel] = [], off: [Channel] = [], frequency: Frequency? = nil,
        weekday: Weekday? = nil, time: TimeOfDay? = nil, quietHours: QuietHours? = nil
    ) {
        self.isOn = isOn
        self.on = on
        self.off = off
        self.frequency = frequency
        self.weekday = weekday
        self.time = time
        self.quietHours = quietHours
    }

    /// Whether a channel was chosen or refused for it; nil when neither.
    public subscript(channel: Channel) -> Bool? {
        get { off.contains(channel) ? false : on.contains(channel) ? true : nil }
        set {
            if newValue != true { on.removeAll { $0 == channel } }
            if newValue != false { off.removeAll { $0 == channel } }
            if newValue == true, !on.contains(channel) { on.append(channel) }
            if newValue == false, !off.contains(channel) { off.append(channel) }
        }
    }
}

extension CategoryPreference: Described {
    public static let schema = Schema.object(
        Self.init(isOn:on:off:frequency:weekday:time:quietHours:),
        .leftOutWhenNil("enabled", \.isOn, .optional(.bool), note: "Left out: on, but for marketing."),
        Field("on", \.on, .list(Channel.schema, 0...4), default: [], note: "The channels chosen for it."),
        Field("off", \.off, .list(Channel.schema, 0...4), default: [], note: "The channels refused for it; they win."),
        .leftOutWhenNil("frequency", \.frequency, .optional(Frequency.schema)),
        .leftOutWhenNil("weekday", \.weekday, .optional(Weekday.schema), note: "The day of a weekly digest."),
        .leftOutWhenNil("time", \.time, .optional(TimeOfDay.schema), note: "The hour of a digest."),
        .leftOutWhenNil("quietHours", \.quietHours, .optional(QuietHours.schema)))
}
