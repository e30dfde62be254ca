/// Everything a plugin is, as data: the host reads it without any tenant.
public struct Manifest<P: Plugin>: Sendable {
    /// Names the plugin in settings, addresses and tables: lower-case words with dashes.
    public let id: String
    /// One sentence.
    public let summary: String
    public let dialect: Dialect
    /// What all its tables begin with, followed by `_`: the id without its dashes, so that no prefix begins another.
    public let tablePrefix: String
    /// The paths it may use; each route and page lies under one.
    public let prefixes: [String]
    public let permissions: [Permission]
    public let roles: [Role]
    public let migrations: [Migration]
    public let signIns: [SignIn<P>]
    public let routes: [Route<P>]
    public let pages: [PageRoute<P>]
    /// The names of the events it publishes, with their schemas.
    public let events: [EventDeclaration]
    /// What people can follow live.
    public let topics: [Topic<P>]
    /// Where they follow it, beside the host's own `/_portico/v1/ws` and `/_portico/v1/events`.
    public let live: [LiveRoute]
    /// What other people's servers can be told of.
    public let webhooks: [WebhookEvent<P>]
    /// Where the host's own API for webhooks (`/_portico/v1/webhooks`) also answers, in this plugin's dialect.
    public let webhooksAt: String?
    /// Where the host's own API for the audit log (`/_portico/v1/audit`) also answers, in this plugin's dialect.
    public let auditAt: String?
    public let notices: [NoticeType]
    public let listeners: [Listener<P>]
    public let jobs: [Job<P>]
    /// What holds for routes that have no limit of their own for a key.
    public let limits: [RateLimit]
    /// The roles whose holders are limited by their plan (``Plan``) and not by `limits` per person. Who also holds another
    /// role of the plugin, as staff do, has no tier.
    public let tiered: [String]
    public let personalData: [PersonalData]
    public let longJobs: [LongJob<P>]
    /// To what kinds of subjects files are attached, and who may read them then.
    public let files: [FileAccess<P>]
    /// The conversations between its people; nil when it has none.
    public let conversations: Conversations<P>?

    public init(
        id: String, summary: String, dialect: Dialect, prefixes: [String], permissions: [Permission] = [],
        roles: [Role] = [], migrations: [Migration] = [], signIns: [SignIn<P>] = [], routes: [Route<P>],
        pages: [PageRoute<P>] = [], events: [EventDeclaration] = [], topics: [Topic<P>] = [],
        live: [LiveRoute] = [], webhooks: [WebhookEvent<P>] = [], webhooksAt: String? = nil, auditAt: String? = nil,
        notices: [NoticeType] = [],
        listeners: [Listener<P>] = [], jobs: [Job<P>] = [], limits: [RateLimit] = [], tiered: [String] = [],
        personalData: [PersonalData] = [], files: [FileAccess<P>] = [],
        longJobs: [LongJob<P>] = [], conversations: Conversations<P>? = nil
    ) {
        self.id = id
        self.summary = summary
        self.dialect = dialect
        self.prefixes = prefixes
        self.permissions = permissions
        self.roles = roles
        self.migrations = migrations
        self.signIns = signIns
        self.routes = routes
        self.pages = pages
        self.events = events
        self.topics = topics
        self.live = live
        self.webhooks = webhooks
        self.webhooksAt = webhooksAt
        self.auditAt = auditAt
        self.notices = notices
        self.listeners = listeners
        self.jobs = jobs
        self.limits = limits
        self.tiered = tiered
        self.personalData = personalData
        self.files = files + (conversations.map { [$0.fileAccess] } ?? [])
        self.longJobs = longJobs
        self.conversations = conversations
        tablePrefix = id.filter { $0 != "-" }
    }
}

/// An event that a plugin publishes.
public struct EventDeclaration: Sendable {
    public let name: String
    public let payload: JSONSchema

    /// By its type.
    public static func event<E: Event>(_ type: E.Type) -> EventDeclaration {
        EventDeclaration(name: E.name, payload: E.schema.document)
    }
}
