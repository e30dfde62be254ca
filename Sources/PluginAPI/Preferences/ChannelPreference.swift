/// What a person wants of one channel.
public struct ChannelPreference: Sendable, Hashable {
    /// Whether anything may come by it; nil when they have not said.
    public var isOn: Bool?
    /// What holds for categories of which nothing is said: true for all, false for those alone that were chosen.
    public var everything: Bool?
    /// The chosen categories in the order in which the person listed them.
    public var order: [String]
    public var frequency: Frequency?
    public var quietHours: QuietHours?
    /// A number for this channel alone, where it is not the account's.
    public var phone: Phone?

    public init(
        isOn: Bool? = nil, everything: Bool? = nil, order: [String] = [], frequency: Frequency? = nil,
        quietHours: QuietHours? = nil, phone: Phone? = nil
    ) {
        self.isOn = isOn
        self.everything = everything
        self.order = order
        self.frequency = frequency
        self.quietHours = quietHours
        self.phone = phone
    }
}

extension ChannelPreference: Described {
    public static let schema = Schema.object(
        Self.init(isOn:everything:order:frequency:quietHours:phone:),
        .leftOutWhenNil(
            "enabled", \.isOn, .optional(.bool),
            note: "Left out: as the channel is by default, on for all but WhatsApp."),
        .leftOutWhenNil(
            "everything", \.everything, .optional(.bool),
            note: "For categories of which nothing is said. False: chosen ones alone."),
        Field(
            "order", \.order, .list(NoticeCategory.nameSchema, 0...Preferences.mostCategories), default: [],
            note: "The order in which the categories are listed."),
        .leftOutWhenNil("frequency", \.frequency, .optional(Frequency.schema)),
        .leftOutWhenNil("quietHours", \.quietHours, .optional(QuietHours.schema)),
        .leftOutWhenNil("phoneNumber", \.phone, .optional(Phone.schema), note: "Instead of the account's."))
}

/// What a person wants of every channel.
public struct ChannelPreferences: Sendable, Hashable {
    public var email = ChannelPreference()
    public var sms = ChannelPreference()
    public var push = ChannelPreference()
    public var whatsapp = ChannelPreference()

    public init() {}

    private init(
        email: ChannelPreference, sms: ChannelPreference, push: ChannelPreference, whatsapp: ChannelPreference
    ) {
        self.email = email
        self.sms = sms
        self.push = push
        self.whatsapp = whatsapp
    }

    public subscript(channel: Channel) -> ChannelPreference {
        get {
            switch channel {
            case .email: email
            case .sms: sms
            case .push: push
            case .whatsapp: whatsapp
            }
        }
        set {
            switch channel {
            case .email: email = newValue
            case .sms: sms = newValue
            case .push: push = newValue
            case .whatsapp: whatsapp = newValue
            }
        }
    }
}

extension ChannelPreferences: Described {
    public static let schema = Schema.object(
        Self.init(email:sms:push:whatsapp:),
        Field("email", \.email, ChannelPreference.schema, default: ChannelPreference()),
        Field("sms", \.sms, ChannelPreference.schema, default: ChannelPreference()),
        Field("push", \.push, ChannelPreference.schema, default: ChannelPreference()),
        Field("whatsapp", \.whatsapp, ChannelPreference.schema, default: ChannelPreference()))
}

extension Channel: Described {
    public static let schema = Schema<Channel>.oneOf

    /// Whether it is on for a person who has not said anything: WhatsApp's own rules ask for their word first.
    public var isOnByDefault: Bool { self != .whatsapp }
}
