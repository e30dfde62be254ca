public import PluginAPI

/// Customers that are called from a list: imported, dealt, called, and counted (seed 004).
public struct SalesTasks: Plugin {
    public static let manifest = Manifest<Self>(
        id: "sales-tasks",
        summary: "Customers that representatives call: imports, a work queue, calls, scripts and dashboards.",
        dialect: .status,
        prefixes: ["/admin", "/user", "/representative", "/ws/representative-updates"],
        permissions: Permission.callCentre,
        roles: Role.callCentre,
        migrations: Migrations.all,
        signIns: [
            .password(
                PasswordSignInPaths(login: "/admin/login", refresh: "/admin/refresh", logout: "/admin/logout")
                    .withAccount(under: "/admin"),
                roles: [Role.admin.name, Role.supervisor.name], member: nil, account: Self.admin),
            .password(
                PasswordSignInPaths(login: "/user/login", refresh: "/user/refresh", logout: "/user/logout")
                    .withAccount(under: "/user"),
                roles: [Role.representative.name], member: nil, account: Self.representative),
        ],
        routes: importRoutes + taskRoutes + workRoutes + callRoutes + actionRoutes + dashboardRoutes + customerRoutes
            + scriptRoutes + draftRoutes + disputeRoutes + representativeRoutes,
        events: [.event(TaskUpdated.self), .event(PerformanceUpdated.self)],
        topics: [
            Topic(
                "tasks", "Changes of the tasks one works on, or sees.", needs: .readTasks,
                [.event("TASK_UPDATE", Self.taskUpdate)]),
            Topic(
                "performance", "How the day of representatives goes.", needs: .readDashboards,
                [.event("PERFORMANCE_UPDATE", Self.performanceUpdate)]),
        ],
        live: [.signedInSocket("/ws/representative-updates", subprotocol: "customer-service-portal")],
        auditAt: "/admin/audit", notices: NoticeType.callCentre,
        listeners: [.on(Self.signedIn)],
        jobs: [
            Job(Self.discard, Self.discardImport), Job(Self.start, Self.startTask),
            Job(Self.trimMore, Self.trimAgain),
            Job("trim", repeating: { _ in .daily(at: .midnight, in: .utc) }, Self.trim),
        ],
        // Seed 004: 300 requests in a minute for each user; what is open to all, the sign-ins, the host limits by address.
        limits: [RateLimit(per: .person, [RateLimit.Window(300, each: .seconds(60))])],
        personalData: PersonalData.callCentre,
        longJobs: [LongJob(Self.drafting, Self.draftScript)])

    let settings: Settings
    let peers: any Peers

    public init(settings: Settings, services: Services) {
        self.settings = settings
        peers = services.peers
    }

    public static func check(_ settings: Settings) -> [Mistake] {
        var mistakes: [Mistake] = []
        if settings.callingOpens >= settings.callingCloses {
            mistakes.append(Mistake(field: "callingCloses", .range, "must be after callingOpens"))
        }
        for prefix in settings.callingZones.keys.sorted()
        where !prefix.hasPrefix("+") || prefix.utf8.count < 2 || !prefix.dropFirst().allSatisfy(\.isWholeNumber) {
            mistakes.append(
                Mistake(
                    [.name("callingZones"), .name(prefix)], .format,
                    "must be the beginning of a phone number, such as +1312"))
        }
        return mistakes
    }
}

extension PersonalData {
    /// Where the plugin keeps data about accounts. Customers have none: they are found by `/admin/customers`.
    static let callCentre: [PersonalData] = [
        PersonalData(
            table: "salestasks_rep", person: "id", exported: ["id", "team", "skills", "created_at"],
            erasure: .keep(because: "A company must be able to say who called its customers.")),
        PersonalData(
            table: "salestasks_call", person: "rep_id",
            exported: ["id", "task_id", "started_at", "ended_at", "disposition", "quality", "mood"],
            erasure: .keep(because: "A company must be able to say who called its customers.")),
        PersonalData(
            table: "salestasks_dispute", person: "rep_id",
            exported: ["call_id", "reason", "state", "score_before", "score_after", "explanation", "opened_at"],
            erasure: .keep(because: "A company must be able to say how the work of its people was judged.")),
    ]
}
