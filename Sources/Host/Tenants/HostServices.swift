import Database
import PluginAPI

/// What the host's own API works with in one tenant, beside the tables that its transactions lend it. One for each open
/// tenant; made anew with its runtime.
struct HostServices: Sendable {
    /// What holds for the tenant now.
    let settings: TenantSettings
    /// The tenant's `tenant.json`, as the directory keeps it.
    let content: [UInt8]
    /// Reads settings against the plugins of this build.
    let reader: TenantReader
    /// The enabled plugins, the host's own API among them.
    let definitions: [PluginDefinition]
    let auth: TenantAuth
    let database: Database
    /// The tenant's live connections.
    let hub: Hub
    let files: TenantFiles
    /// The tenant's webhooks at work, and where they may lead.
    let webhooks: WebhookDoor
    let webhookTarget: WebhookTarget
    /// What was counted of the tenant's requests and is not stored yet.
    let requests: RequestTally
    /// Makes the tenant's runtime anew from the settings that are stored now; when it returns, requests find the new one.
    ///
    /// - Throws: what opening a tenant throws; then it serves on as it was.
    let remake: @Sendable () async throws -> Void

    /// What the tenant's database takes on the disk, its log included, in bytes.
    var storageBytes: Int { Files.size(database.path) + Files.size(database.path + "-wal") }
}
