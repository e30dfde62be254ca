public import PluginAPI

/// Second opinions: customers send cases, experts answer them, and what happened decides what each customer is shown next
/// (seed 000, contract §9).
public struct MedicalOpinion: Plugin {
    public static let manifest = Manifest<Self>(
        id: "medical-opinion",
        summary: "Medical second opinions: cases, experts, journeys and what is shown to whom.",
        dialect: .envelope,
        prefixes: ["/v1/portal", "/v1/staff", "/portal/cases", "/education", "/images"],
        permissions: Permission.secondOpinion,
        roles: Role.secondOpinion,
        migrations: Migrations.all,
        signIns: [
            .password(
                .under("/v1/portal/auth"), roles: Role.secondOpinion.map(\.name), member: "customer",
                account: Self.signedIn
            ).registering(at: "/v1/portal/auth/register", as: Role.customer.name, enrol: Self.enrol)
        ],
        routes: lifecycleRoutes,
        pages: lifecyclePages,
        events: lifecycleEvents,
        topics: lifecycleTopics,
        live: [.socket("/v1/portal/ws"), .stream("/v1/portal/events/stream")],
        notices: lifecycleNotices,
        listeners: lifecycleListeners,
        jobs: lifecycleJobs,
        limits: [RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))])],
        tiered: Role.customers,
        personalData: PersonalData.customers + PersonalData.lifecycle)

    let settings: Settings
    let services: Services
    let lifecycle: Lifecycle
    let library: ContentLibrary

    public init(settings: Settings, services: Services) {
        self.settings = settings
        self.services = services
        lifecycle = Lifecycle(settings.lifecycle)
        library = ContentLibrary(services.content)
    }

    /// What is wrong with a text of the company's folder.
    public static func check(_ content: ContentFile) -> [ContentFile.Fault] {
        do throws(ArticleFault) {
            _ = try Article(content)
            return []
        } catch { return [ContentFile.Fault(line: error.line, error.message)] }
    }
}
