import PluginAPI

/// A plugin as the process knows it: its manifest's facts without its type. Made once, and a class so that passing it along
/// costs one reference and not one for each of its lists.
final class PluginDefinition: Sendable {
    let id: String
    /// Whether it is the host's own API, which every tenant has and whose tables are the host's.
    let isHost: Bool
    let summary: String
    let dialect: Dialect
    let tablePrefix: String
    let routes: [RouteDeclaration]
    let pages: [(path: String, title: String, access: Access, limits: [RateLimit])]
    let signIns: [SignInMount]
    let permissions: [Permission]
    let roles: [Role]
    let migrations: [Migration]
    let notices: [NoticeType]
    let events: [EventDeclaration]
    /// What people can follow live, and where the plugin mounts the way to it.
    let topics: [TopicDeclaration]
    let live: [LiveRoute]
    /// What other people's servers can be told of.
    let webhooks: [WebhookEventDeclaration]
    /// Where the host's API for webhooks also answers.
    let webhooksAt: String?
    /// Where the host's API for the audit log also answers.
    let auditAt: String?
    let listeners: [(event: String, payload: JSONSchema)]
    let jobs: [(name: String, repeats: Bool)]
    let limits: [RateLimit]
    /// The roles whose holders are limited by their plan.
    let tiered: Set<String>
    let personalData: [PersonalData]
    let longJobs: [(name: String, keptFor: Duration)]
    /// The kinds of subjects that files are attached to, and how long they are kept then.
    let files: [(kind: String, keptFor: Duration?)]
    /// The kinds of conversations, and what reading and answering in them takes.
    let conversations: [ConversationKind]
    let readsConversations: Permission?
    let answersConversations: Permission?
    /// What is wrong with the manifest by itself.
    let faults: [String]
    /// Makes an instance from settings; throws ``Invalid``, or what the plugin's initialiser throws.
    let install: @Sendable (Input, Services) throws -> any InstalledPlugin

    init<P: Plugin>(_ type: P.Type, isHost: Bool = false) {
        let manifest = P.manifest
        self.isHost = isHost
        id = manifest.id
        summary = manifest.summary
        dialect = manifest.dialect
        tablePrefix = manifest.tablePrefix
        routes = manifest.routes.map(\.declaration)
        pages = manifest.pages.map { page in
            let access = page.needs.map { Access.permission($0) } ?? (page.isForMembers ? .member : .anyone("a page"))
            return (page.path, page.title, access, page.limits)
        }
        signIns = manifest.signIns.map { SignInMount($0.declaration, manifest.dialect) }
        permissions = manifest.permissions
        roles = manifest.roles
        migrations = manifest.migrations
        notices = manifest.notices
        events = manifest.events
        topics = manifest.topics.map(\.declaration)
        live = manifest.live
        webhooks = manifest.webhooks.map(\.declaration)
        webhooksAt = manifest.webhooksAt
        auditAt = manifest.auditAt
        listeners = manifest.listeners.map { ($0.event, $0.payload) }
        jobs = manifest.jobs.map { ($0.name, $0.rule != nil) }
        limits = manifest.limits
        tiered = Set(manifest.tiered)
        personalData = manifest.personalData
        longJobs = manifest.longJobs.map { ($0.name, $0.keptFor) }
        files = manifest.files.map { ($0.kind, $0.keptFor) }
        conversations = manifest.conversations?.kinds ?? []
        readsConversations = manifest.conversations?.read
        answersConversations = manifest.conversations?.write
        faults = manifest.faults
        install = { input, services in
            let settings = try P.Settings.schema.decode(input)
            let mistakes = P.check(settings)
            guard mistakes.isEmpty else { throw Invalid(mistakes) }
            return Installed(try P(settings: settings, services: services), manifest)
        }
    }
}
