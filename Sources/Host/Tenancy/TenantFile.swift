import PluginAPI
import Time

/// What a company configures: `tenants/<slug>/tenant.json`, read, checked and documented by one schema.
struct TenantFile: Described, Equatable {
    /// The name people read.
    var name: String
    /// The host names the tenant answers at, beside `<slug>.<baseDomain>`.
    var domains: [HostName]
    var state: TenantState
    /// The zone in which the tenant keeps its days.
    var zone: Zone
    /// The language of texts for people whose own is not known; one of ``languages``.
    var language: Language
    /// Every language the tenant offers.
    var languages: [Language]
    /// How errors look that are raised before a plugin's route is known.
    var defaultDialect: Dialect
    var registration: Registration
    var cors: CORSSettings
    var auth: AuthSettings
    var channels: ChannelSettings
    var messaging: MessagingSettings
    var delivery: DeliverySettings
    var branding: BrandingSettings
    var tls: TLSSettings
    var audit: AuditSettings
    var limits: LimitSettings
    var files: FileSettings
    var webhooks: WebhookSettings
    /// The enabled plugins by id, with settings that ``PluginCatalogue`` reads.
    var plugins: [String: JSON]
    /// Paths that the overlay may not change.
    var locked: [SettingsPath]

    static let schema = Schema.object(
        Self.init(
            name:domains:state:zone:language:writtenLanguages:defaultDialect:registration:cors:auth:channels:messaging:
            delivery:branding:tls:audit:limits:files:webhooks:plugins:locked:),
        Field("name", \.name, .string(1...100), note: "The name people read"),
        Field("domains", \.domains, .list(HostName.schema, 0...50), default: [], note: "Exact host names"),
        Field("state", \.state, .oneOf, default: .active, note: "readOnly refuses writes, suspended everything"),
        Field("zone", \.zone, .timeZone, default: .utc, note: "The zone in which the tenant keeps its days"),
        Field("language", \.language, Language.schema, default: .english),
        Field(
            "languages", \.writtenLanguages, .optional(.list(Language.schema, 1...50)),
            note: "Every language the tenant offers; without it, language alone"),
        Field(
            "defaultDialect", \.defaultDialect, .oneOf, default: .envelope,
            note: "How errors look where no plugin's route is known"),
        Field(
            "registration", \.registration, .oneOf, default: .invited,
            note: "open: a person may make an account; invited: staff make it"),
        Field("cors", \.cors, CORSSettings.schema, default: CORSSettings(origins: [])),
        Field("auth", \.auth, AuthSettings.schema, default: AuthSettings()),
        Field("channels", \.channels, ChannelSettings.schema, default: ChannelSettings()),
        Field("messaging", \.messaging, MessagingSettings.schema, default: MessagingSettings()),
        Field("delivery", \.delivery, DeliverySettings.schema, default: DeliverySettings()),
        Field(
            "branding", \.branding, BrandingSettings.schema, default: BrandingSettings(), note: "How the tenant looks"),
        Field("tls", \.tls, TLSSettings.schema, default: TLSSettings(), note: "The certificate, and HSTS"),
        Field("audit", \.audit, AuditSettings.schema, default: AuditSettings(retentionDays: 90)),
        Field("limits", \.limits, LimitSettings.schema, default: LimitSettings(), note: "How much people may ask"),
        Field(
            "files", \.files, FileSettings.schema, default: FileSettings(),
            note: "What files are taken, and for how long"),
        Field(
            "webhooks", \.webhooks, WebhookSettings.schema, default: WebhookSettings(),
            note: "How messages go to other people's servers"),
        Field("plugins", \.plugins, .map(.openObject, 0...100), default: [:], note: "The enabled plugins' settings"),
        Field(
            "locked", \.locked, .list(SettingsPath.schema, 0...500), default: [],
            note: "Paths that the console and the API may not change"))

    private init(
        name: String, domains: [HostName], state: TenantState, zone: Zone, language: Language,
        writtenLanguages: [Language]?, defaultDialect: Dialect, registration: Registration, cors: CORSSettings,
        auth: AuthSettings, channels: ChannelSettings, messaging: MessagingSettings, delivery: DeliverySettings,
        branding: BrandingSettings, tls: TLSSettings, audit: AuditSettings, limits: LimitSettings,
        files: FileSettings, webhooks: WebhookSettings, plugins: [String: JSON],
        locked: [SettingsPath]
    ) {
        self.name = name
        self.domains = domains
        self.state = state
        self.zone = zone
        self.language = language
        self.languages = writtenLanguages ?? [language]
        self.defaultDialect = defaultDialect
        self.registration = registration
        self.cors = cors
        self.auth = auth
        self.channels = channels
        self.messaging = messaging
        self.delivery = delivery
        self.branding = branding
        self.tls = tls
        self.audit = audit
        self.limits = limits
        self.files = files
        self.webhooks = webhooks
        self.plugins = plugins
        self.locked = locked
    }

    private var writtenLanguages: [Language]? { languages }
}
