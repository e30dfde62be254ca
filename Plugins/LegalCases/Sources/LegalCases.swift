public import PluginAPI

/// Cases of a law firm, which clients follow: documents, tasks, messages, and the firm's side of it (seed 003).
public struct LegalCases: Plugin {
    public static let manifest = Manifest<Self>(
        id: "legal-cases",
        summary: "Cases of a law firm: what clients follow of them, and the work of the team.",
        dialect: .bare,
        prefixes: ["/api/token", "/api/portal", "/api/staff", "/matters"],
        permissions: Permission.legal,
        roles: Role.legal,
        migrations: Migrations.all,
        signIns: [
            .password(
                PasswordSignInPaths(
                    login: "/api/token/", refresh: "/api/token/refresh/", logout: "/api/token/logout/"
                ).withAccount(under: "/api/token"), roles: Role.legal.map(\.name))
        ],
        routes: clientRoutes + matterRoutes + teamRoutes + partyRoutes + conflictRoutes + deadlineRoutes + noteRoutes
            + threadRoutes + notificationRoutes + documentRoutes + shareRoutes + holdRoutes + bundleRoutes + taskRoutes,
        events: matterEvents + documentEvents + taskEvents,
        topics: [caseTopic, documentTopic, taskTopic],
        live: [.stream("/api/portal/events/"), .socket("/api/portal/ws/")],
        webhooks: caseWebhooks + messageWebhooks + documentWebhooks + taskWebhooks,
        webhooksAt: "/api/staff/webhooks",
        notices: NoticeType.cases + NoticeType.documents + NoticeType.tasks,
        listeners: [.on(Self.tellOfMessage), .on(Self.signedIn)],
        jobs: documentJobs,
        // Seed 003: 100 requests in a minute and 1,000 in an hour for each user.
        limits: [
            RateLimit(
                per: .person, [RateLimit.Window(100, each: .seconds(60)), RateLimit.Window(1000, each: .seconds(3600))])
        ],
        personalData: PersonalData.people + PersonalData.cases + PersonalData.documents + PersonalData.tasks,
        files: [documentFiles],
        longJobs: [taskTextsJob],
        conversations: talks)

    let settings: Settings
    let services: Services

    public init(settings: Settings, services: Services) {
        self.settings = settings
        self.services = services
    }

    public static func check(_ settings: Settings) -> [Mistake] { settings.mistakes }
}
