public import PluginAPI

/// Second opinions: customers send cases, experts answer them, and what happened decides what each customer is shown next
/// (seed 000, contract §9).
public struct MedicalOpinion: Plugin {
    public static let manifest = Manifest<Self>(
        id: "medical-opinion",
        summary: "Medical second opinions: cases, experts, journeys and what is shown to whom.",
        dialect: .envelope,
        prefixes: ["/v1/portal", "/v1/staff", "/portal/cases", "/education", "/images", "/verify", "/portal/consents"],
        permissions: Permission.secondOpinion,
        roles: Role.secondOpinion,
        migrations: Migrations.all,
        signIns: [
            .password(
                .under("/v1/portal/auth"), roles: Role.secondOpinion.map(\.name), member: "customer",
                account: Self.signedIn
            ).registering(at: "/v1/portal/auth/register", as: Role.customer.name, enrol: Self.enrol)
        ],
        routes: profileRoutes + contactRoutes + caseRoutes + talkRoutes + staffCaseRoutes + staffCustomerRoutes
            + lifecycleRoutes + matchingRoutes + documentRoutes + libraryRoutes,
        pages: lifecyclePages + documentPages,
        events: [.event(CaseStatusChanged.self)] + lifecycleEvents + libraryEvents,
        topics: [
            Topic(
                "case_updates", "Changes of the cases one may see.", needs: .readCases,
                [.event("case_status_update", Self.caseUpdate, stream: "case_update", brief: Self.caseUpdateInBrief)]),
            Topic(
                "messages", "Messages in the threads one takes part in.", needs: .readMessages,
                [
                    .event(
                        "message_received", Self.messageReceived, stream: "message", brief: Self.messageReceivedInBrief)
                ]),
        ] + lifecycleTopics,
        live: [.socket("/v1/portal/ws"), .stream("/v1/portal/events/stream")],
        webhooks: [.event("opinion.case_status_changed", "A case came to another status.", Self.caseUpdate)]
            + libraryWebhooks,
        notices: NoticeType.cases + lifecycleNotices + matchingNotices + documentNotices,
        listeners: [.on(Self.noteMessage), .on(Self.noteMessagesRead)] + lifecycleListeners + libraryListeners,
        jobs: [Job(caseDue, Self.caseDue)] + lifecycleJobs + matchingJobs + libraryJobs,
        limits: [RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))])],
        tiered: Role.customers,
        personalData: PersonalData.customers + PersonalData.lifecycle + PersonalData.matching
            + PersonalData.documents,
        files: [
            .attached(to: CaseNumber.subjectKind, readBy: .readCases, Self.readSubject(of:_:))
        ],
        conversations: talks)

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
