import Database
import PluginAPI

/// The host's own API for a tenant's people and administrators (contract §8), declared like any plugin: what decodes,
/// checks permissions, counts limits, documents and proves isolation is the same. Every tenant has it, and its tables are
/// the host's.
///
/// A route is a file with an extension of this type, and a word in ``manifest``.
struct PorticoAPI: Plugin {
    static let id = Owner.host.id
    static let base = "/_portico/v1"

    static let manifest = Manifest<Self>(
        id: id,
        summary: "The account, people, roles, settings and audit log of this portal.",
        dialect: .problem,
        prefixes: [base],
        permissions: Permission.hosts,
        roles: [.tenantAdmin],
        routes: me + notifications + keys + people + roles + settings + audit + deliveries + files + jobs + realtime
            + webhooks + Route.conversations + Route.privacy,
        events: [
            .event(NotificationArrived.self), .event(MessagePosted.self), .event(InboxChanged.self),
            .event(MessagesRead.self), .event(TextReceived.self), .event(PersonSignedIn.self),
            .event(PersonErased.self),
        ],
        topics: [.notifications, .messages, .inbox],
        live: [.socket(base + "/ws"), .stream(base + "/events")], notices: NoticeType.conversations,
        limits: [
            RateLimit(per: .person, [RateLimit.Window(300, each: .seconds(60))]),
            RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))]),
        ], longJobs: [LongJob(exporting, Self.export)])

    let services: Services
    let host: HostServices

    init(_ services: Services, _ host: HostServices) {
        self.services = services
        self.host = host
    }

    /// The host makes this one itself, with more than services.
    ///
    /// - Throws: always.
    init(settings: Nothing, services: Services) throws {
        throw StoreError(.misuse, "the host's own API is made with the host's services")
    }

    /// One tenant's instance, as the machinery of plugins knows it.
    static func install(_ services: Services, _ host: HostServices) -> any InstalledPlugin {
        Installed(PorticoAPI(services, host), manifest)
    }

    /// What everybody sees and changes of themselves.
    private static let me: [Route<Self>] = [
        .me, .changeMe, .listSessions, .endSession, .endSessions, .mySecondFactor, .enableSecondFactor,
        .verifySecondFactor,
        .disableSecondFactor, .renewMyRecoveryCodes, .myPushKey,
    ]
    /// What everybody is told and wants to be told.
    private static let notifications: [Route<Self>] = [
        .listNotifications, .changeNotifications, .getPreferences, .patchPreferences, .putPreferences,
        .readAllNotifications, .readNotification, .unreadNotification, .explainNotification, .listDevices,
        .registerDevice, .unregisterDevice,
    ]
    /// What became of messages.
    private static let deliveries: [Route<Self>] = [
        .listDeliveries, .listDeadLetters, .getDelivery, .traceDelivery, .replayDelivery,
    ]
    /// What programs use.
    private static let keys: [Route<Self>] = [.listAPIKeys, .addAPIKey, .getAPIKey, .rotateAPIKey, .revokeAPIKey]
    private static let people: [Route<Self>] = [
        .listUsers, .addUser, .getUser, .changeUser, .suspendUser, .activateUser, .signOutUser, .inviteUser,
        .removeSecondFactor, .giveRole, .takeRole, .listActing, .allowActing, .forbidActing,
    ]
    private static let roles: [Route<Self>] = [.listRoles, .putRole, .deleteRole, .listPermissions]
    private static let settings: [Route<Self>] = [.getSettings, .changeSettings, .getUsage]
    private static let webhooks: [Route<Self>] = [
        .listWebhooks, .addWebhook, .listWebhookEvents, .getWebhook, .changeWebhook, .removeWebhook, .rotateWebhook,
        .testWebhook, .listWebhookDeliveries, .getWebhookDelivery, .replayWebhookDelivery, .replayWebhook,
    ]
    private static let realtime: [Route<Self>] = [.issueTicket]
    private static let files: [Route<Self>] =
        Route.files(at: base + "/files") + [.sharedFile, .holdFile, .releaseFile]
    private static let jobs: [Route<Self>] = [.listJobs, .getJob, .retryJob]
    private static let audit: [Route<Self>] = [.searchAudit, .listHeads, .verifyAudit]
}
