import Database
import PluginAPI

/// A tenant that is open: its settings decoded, its plugins made, its keys loaded. Replaced as a whole when its settings
/// change; requests in flight finish with the one they began with.
final class TenantRuntime: Sendable {
    /// Names this runtime; no other of the process, of this tenant or another, had or has it.
    let serial = Serial.next()
    let tenant: Tenant
    let settings: TenantSettings
    /// By the plugin's position in the process's list; nil for those that are not enabled.
    let plugins: [(any InstalledPlugin)?]
    let definitions: [PluginDefinition]
    /// In whose name each plugin's statements run, by position.
    let owners: [Owner]
    let database: Database
    /// Names the tenant in counters; no other tenant of this process has or had it.
    let number: UInt32
    /// What customers in tiers are counted by.
    let tiers: TierLimits
    let auth: TenantAuth
    let dispatcher: Dispatcher
    /// The tenant's live connections, the same as long as the process lives.
    let hub: Hub
    /// What they need of this runtime.
    let live: LiveView
    let files: TenantFiles
    /// Tells other people's servers.
    let webhooks: TenantWebhooks
    let crossOrigin: CrossOrigin
    /// Counts the tenant's requests.
    let requests: RequestTally
    /// How long browsers are to come by TLS only; 0 does not ask for it.
    let hstsSeconds: Int
    private let runs: PluginRuns

    init(
        tenant: Tenant, settings: TenantSettings, plugins: [(any InstalledPlugin)?], definitions: [PluginDefinition],
        owners: [Owner], slot: TenantSlot, tiers: TierLimits, auth: TenantAuth, dispatcher: Dispatcher, live: LiveView,
        files: TenantFiles, webhooks: TenantWebhooks, runs: PluginRuns
    ) {
        self.webhooks = webhooks
        hub = slot.hub
        self.live = live
        self.tenant = tenant
        self.settings = settings
        self.plugins = plugins
        self.definitions = definitions
        self.owners = owners
        self.tiers = tiers
        self.auth = auth
        self.dispatcher = dispatcher
        self.files = files
        self.runs = runs
        database = slot.database
        number = slot.number
        requests = slot.requests
        hstsSeconds = settings.values.tls.hstsSeconds
        crossOrigin = CrossOrigin(
            origins: Set(settings.values.cors.origins.map(\.text)),
            own: Set(settings.values.domains.map { "https://\($0)" } + [tenant.origin]))
    }

    /// Knows the reports of a channel's provider; nil where it has none.
    func callbacks(of channel: Channel) -> (any CallbackReceiver)? {
        dispatcher.drivers[channel] as? any CallbackReceiver
    }

    /// The position and instance of a plugin by its id, if it is enabled.
    func plugin(_ id: String) -> (position: Int, plugin: any InstalledPlugin)? {
        for (position, definition) in definitions.enumerated() where definition.id == id {
            return plugins[position].map { (position, $0) }
        }
        return nil
    }
}
