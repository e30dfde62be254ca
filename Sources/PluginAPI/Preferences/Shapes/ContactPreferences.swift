/// Preferences as a clinic's customer sets them on one screen (seed 001, "manage communication preferences"; contract §10,
/// `/api/customer/preferences`): how to be reached, of what, and when not.
public struct ContactPreferences: Sendable, Hashable, Described {
    public var email: Bool
    public var sms: Bool
    public var push: Bool
    public var whatsapp: Bool
    /// Whether the person wants to be reminded of visits.
    public var reminders: Bool
    public var marketing: Bool
    /// When nothing may disturb; nil for never.
    public var quietHours: QuietHours?
    public var language: Language?
    public var timeZone: Zone?

    public init(
        email: Bool, sms: Bool, push: Bool, whatsapp: Bool, reminders: Bool, marketing: Bool, quietHours: QuietHours?,
        language: Language?, timeZone: Zone?
    ) {
        self.email = email
        self.sms = sms
        self.push = push
        self.whatsapp = whatsapp
        self.reminders = reminders
        self.marketing = marketing
        self.quietHours = quietHours
        self.language = language
        self.timeZone = timeZone
    }

    public static let schema = Schema.object(
        Self.init(email:sms:push:whatsapp:reminders:marketing:quietHours:language:timeZone:),
        Field("email", \.email, .bool), Field("sms", \.sms, .bool), Field("push", \.push, .bool),
        Field("whatsapp", \.whatsapp, .bool),
        Field("reminders", \.reminders, .bool, note: "Of coming visits."),
        Field("marketing", \.marketing, .bool),
        Field("quietHours", \.quietHours, .optional(QuietHours.schema), note: "When nothing may disturb."),
        Field("language", \.language, .optional(Language.schema)),
        Field("timeZone", \.timeZone, .optional(Zone.schema)))

    /// As the preferences stand.
    public init(_ preferences: Preferences, of tenant: Tenant) {
        let switches = ChannelSwitches(preferences)
        self.init(
            email: switches.email, sms: switches.sms, push: switches.push, whatsapp: switches.whatsapp,
            reminders: preferences.isOn(.appointmentReminders), marketing: preferences.isOn(.marketing),
            quietHours: preferences.doNotDisturb?.hours, language: preferences.language ?? tenant.language,
            timeZone: preferences.zone ?? tenant.zone)
    }

    /// The preferences with this shape put on them. What the shape says as it was before changes nothing, not even what only
    /// another shape can say.
    public func applied(to preferences: Preferences, of tenant: Tenant) -> Preferences {
        var changed = ChannelSwitches(email: email, sms: sms, push: push, whatsapp: whatsapp).applied(to: preferences)
        for (category, wish) in [(NoticeCategory.appointmentReminders, reminders), (.marketing, marketing)]
        where wish != preferences.isOn(category) {
            changed.change(category) { $0.isOn = wish }
        }
        if quietHours != preferences.doNotDisturb?.hours {
            let lets = preferences.letsEmergenciesThrough
            changed.doNotDisturb = quietHours.map { DoNotDisturb(hours: $0, letsEmergenciesThrough: lets) }
        }
        if let language, language != preferences.language ?? tenant.language { changed.language = language }
        if let timeZone, timeZone != preferences.zone ?? tenant.zone { changed.zone = timeZone }
        return changed
    }
}
