/// Preferences channel by channel (seed 000 §3.2, `communication-preferences`).
public struct PreferencesByChannel: Sendable, Hashable, Described {
    public var channels: Channels
    public var globalPreferences: Global

    /// One entry for each channel; one that is left out in a PUT stays as it is.
    public struct Channels: Sendable, Hashable {
        public var email: Entry?
        public var sms: Entry?
        public var push: Entry?
        public var whatsapp: Entry?

        public init(email: Entry? = nil, sms: Entry? = nil, push: Entry? = nil, whatsapp: Entry? = nil) {
            self.email = email
            self.sms = sms
            self.push = push
            self.whatsapp = whatsapp
        }
    }

    /// What comes by one channel.
    public struct Entry: Sendable, Hashable {
        public var enabled: Bool
        /// Names of categories, or `all`.
        public var types: [String]
        public var frequency: Frequency?
        public var quietHours: Hours?
        public var phoneNumber: Phone?

        public init(
            enabled: Bool, types: [String], frequency: Frequency? = nil, quietHours: Hours? = nil,
            phoneNumber: Phone? = nil
        ) {
            self.enabled = enabled
            self.types = types
            self.frequency = frequency
            self.quietHours = quietHours
            self.phoneNumber = phoneNumber
        }
    }

    /// Quiet hours by the person's own clock.
    public struct Hours: Sendable, Hashable {
        public var start: TimeOfDay
        public var end: TimeOfDay

        public init(start: TimeOfDay, end: TimeOfDay) {
            self.start = start
            self.end = end
        }
    }

    /// What holds for all of them. Language and zone are the account's; one that is left out stays.
    public struct Global: Sendable, Hashable {
        public var frequency: Frequency
        public var language: Language?
        public var timezone: Zone?

        public init(frequency: Frequency = .immediate, language: Language? = nil, timezone: Zone? = nil) {
            self.frequency = frequency
            self.language = language
            self.timezone = timezone
        }
    }

    public init(channels: Channels, globalPreferences: Global) {
        self.channels = channels
        self.globalPreferences = globalPreferences
    }

    public static let schema = Schema.object(
        Self.init(channels:globalPreferences:), Field("channels", \.channels, Channels.schema),
        Field("globalPreferences", \.globalPreferences, Global.schema, default: Global()))
}

extension PreferencesByChannel.Channels: Described {
    public static let schema = Schema.object(
        Self.init(email:sms:push:whatsapp:),
        .leftOutWhenNil("email", \.email, .optional(PreferencesByChannel.Entry.schema)),
        .leftOutWhenNil("sms", \.sms, .optional(PreferencesByChannel.Entry.schema)),
        .leftOutWhenNil("push", \.push, .optional(PreferencesByChannel.Entry.schema)),
        .leftOutWhenNil("whatsapp", \.whatsapp, .optional(PreferencesByChannel.Entry.schema)))

    subscript(channel: Channel) -> PreferencesByChannel.Entry? {
        switch channel {
        case .email: email
        case .sms: sms
        case .push: push
        case .whatsapp: whatsapp
        }
    }
}

extension PreferencesByChannel.Entry: Described {
    public static let schema = Schema.object(
        Self.init(enabled:types:frequency:quietHours:phoneNumber:),
        Field("enabled", \.enabled, .bool),
        Field(
            "types", \.types, .list(typeName, 0...Preferences.mostCategories), default: ["all"],
            note: "Names of categories, or all."),
        .leftOutWhenNil("frequency", \.frequency, .optional(Frequency.schema)),
        .leftOutWhenNil("quietHours", \.quietHours, .optional(PreferencesByChannel.Hours.schema)),
        .leftOutWhenNil("phoneNumber", \.phoneNumber, .optional(Phone.schema), note: "Instead of the account's."))

    private static let typeName: Schema<String> = .text(
        JSONSchema(["type": "string", "pattern": "^[a-z0-9][a-z0-9_]{0,59}$"]),
        allowed: "the name of a category, such as case_updates, or all", sample: { "category_\($0)" },
        parse: { $0 == "all" || NoticeCategory.isWellFormed($0) ? $0 : nil }, write: { $1.value($0) })
}

extension PreferencesByChannel.Hours: Described {
    public static let schema = Schema.object(
        Self.init(start:end:), Field("start", \.start, TimeOfDay.schema), Field("end", \.end, TimeOfDay.schema))
}

extension PreferencesByChannel.Global: Described {
    public static let schema = Schema.object(
        Self.init(frequency:language:timezone:),
        Field("frequency", \.frequency, Frequency.schema, default: .immediate),
        Field("language", \.language, .optional(Language.schema)),
        Field("timezone", \.timezone, .optional(Zone.schema)))
}
