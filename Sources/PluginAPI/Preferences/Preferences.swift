/// What a person wants to hear, how and when: the one truth behind every shape in which clients read and change it.
///
/// Nothing here is said twice, so no two shapes can contradict each other; where several wishes meet at one notice, as a
/// channel's quiet hours and a category's, the stricter holds.
public struct Preferences: Sendable, Hashable {
    /// The language of the account.
    public var language: Language?
    /// The zone of the account; the tenant's when nil.
    public var zone: Zone?
    /// How often at most, whatever is said of a channel or category.
    public var frequency: Frequency
    /// The hour of digests, unless a category has its own.
    public var digestTime: TimeOfDay
    /// The day of weekly digests, unless a category has its own.
    public var digestWeekday: Weekday
    public var doNotDisturb: DoNotDisturb?
    public var channels: ChannelPreferences
    /// By the category's name.
    public var categories: [String: CategoryPreference]
    /// Categories of which the person wants no more mail, by the link in one.
    public var unsubscribed: [String]

    /// So many categories a person may say something of.
    static let mostCategories = 100
    private static let nine = TimeOfDay(hour: 9, minute: 0) ?? .midnight

    /// Of a person who has not said anything.
    public init() {
        self.init(
            language: nil, zone: nil, frequency: .immediate, digestTime: Self.nine, digestWeekday: .monday,
            doNotDisturb: nil, channels: ChannelPreferences(), categories: [:], unsubscribed: [])
    }

    private init(
        language: Language?, zone: Zone?, frequency: Frequency, digestTime: TimeOfDay, digestWeekday: Weekday,
        doNotDisturb: DoNotDisturb?, channels: ChannelPreferences, categories: [String: CategoryPreference],
        unsubscribed: [String]
    ) {
        self.language = language
        self.zone = zone
        self.frequency = frequency
        self.digestTime = digestTime
        self.digestWeekday = digestWeekday
        self.doNotDisturb = doNotDisturb
        self.channels = channels
        self.categories = categories
        self.unsubscribed = unsubscribed
    }
}

extension Preferences: Described {
    public static let schema = Schema.object(
        Self.init(
            language:zone:frequency:digestTime:digestWeekday:doNotDisturb:channels:categories:unsubscribed:),
        Field("language", \.language, .optional(Language.schema), note: "The account's; null is the portal's."),
        Field("timezone", \.zone, .optional(Zone.schema), note: "The account's; null is the portal's."),
        Field("frequency", \.frequency, Frequency.schema, default: .immediate, note: "How often at most."),
        Field("digestTime", \.digestTime, TimeOfDay.schema, default: nine, note: "The hour of digests."),
        Field("digestWeekday", \.digestWeekday, Weekday.schema, default: .monday, note: "The day of weekly digests."),
        Field("doNotDisturb", \.doNotDisturb, .optional(DoNotDisturb.schema)),
        Field("channels", \.channels, ChannelPreferences.schema, default: ChannelPreferences()),
        Field("categories", \.categories, named, default: [:], note: "By name, such as case_updates."),
        Field(
            "unsubscribed", \.unsubscribed, .list(NoticeCategory.nameSchema, 0...mostCategories), default: [],
            note: "Categories of which no more mail is wanted, by the link in one."))

    /// A map whose names are names of categories.
    private static let named: Schema<[String: CategoryPreference]> = .map(
        CategoryPreference.schema, 0...mostCategories
    ).converted(
        to: { $0.keys.allSatisfy(NoticeCategory.isWellFormed) ? $0 : nil }, from: { $0 },
        allowed: "an object whose names are categories, such as case_updates")
}
