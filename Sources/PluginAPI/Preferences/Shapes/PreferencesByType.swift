/// Preferences category by category (seed 000 §6.2, `notifications/preferences`).
public struct PreferencesByType: Sendable, Hashable, Described {
    /// By the category's name. A PUT says everything: what it does not name is as by default. Nil leaves all of them as they
    /// are.
    public var preferences: [String: Entry]?
    /// Nil leaves it as it is: seed 000's own client sends `preferences` alone.
    public var globalSettings: Global?

    /// What a person wants of one category.
    public struct Entry: Sendable, Hashable {
        public var enabled: Bool
        public var channels: [Channel]
        public var frequency: Frequency
        public var quietHours: QuietHours?
        public var dayOfWeek: Weekday?
        public var timeOfDay: TimeOfDay?

        public init(
            enabled: Bool, channels: [Channel], frequency: Frequency = .immediate, quietHours: QuietHours? = nil,
            dayOfWeek: Weekday? = nil, timeOfDay: TimeOfDay? = nil
        ) {
            self.enabled = enabled
            self.channels = channels
            self.frequency = frequency
            self.quietHours = quietHours
            self.dayOfWeek = dayOfWeek
            self.timeOfDay = timeOfDay
        }
    }

    /// What holds for all of them. Language and zone are the account's; one that is left out stays.
    public struct Global: Sendable, Hashable {
        public var doNotDisturb: DoNotDisturb?
        public var language: Language?
        public var timezone: Zone?

        public init(doNotDisturb: DoNotDisturb? = nil, language: Language? = nil, timezone: Zone? = nil) {
            self.doNotDisturb = doNotDisturb
            self.language = language
            self.timezone = timezone
        }
    }

    public init(preferences: [String: Entry]? = nil, globalSettings: Global? = nil) {
        self.preferences = preferences
        self.globalSettings = globalSettings
    }

    public static let schema = Schema.object(
        Self.init(preferences:globalSettings:),
        .leftOutWhenNil("preferences", \.preferences, .optional(named), note: "By category, such as case_updates."),
        .leftOutWhenNil("globalSettings", \.globalSettings, .optional(Global.schema)))

    private static let named: Schema<[String: Entry]> = .map(Entry.schema, 0...Preferences.mostCategories).converted(
        to: { $0.keys.allSatisfy(NoticeCategory.isWellFormed) ? $0 : nil }, from: { $0 },
        allowed: "an object whose names are categories, such as case_updates")
}

extension PreferencesByType.Entry: Described {
    public static let schema = Schema.object(
        Self.init(enabled:channels:frequency:quietHours:dayOfWeek:timeOfDay:),
        Field("enabled", \.enabled, .bool), Field("channels", \.channels, .list(Channel.schema, 0...4)),
        Field("frequency", \.frequency, Frequency.schema, default: .immediate),
        .leftOutWhenNil("quietHours", \.quietHours, .optional(QuietHours.schema)),
        .leftOutWhenNil("dayOfWeek", \.dayOfWeek, .optional(Weekday.schema), note: "Of a weekly digest."),
        .leftOutWhenNil("timeOfDay", \.timeOfDay, .optional(TimeOfDay.schema), note: "Of a digest."))
}

extension PreferencesByType.Global: Described {
    public static let schema = Schema.object(
        Self.init(doNotDisturb:language:timezone:),
        .leftOutWhenNil("doNotDisturb", \.doNotDisturb, .optional(DoNotDisturb.schema)),
        Field("language", \.language, .optional(Language.schema)),
        Field("timezone", \.timezone, .optional(Zone.schema)))
}
