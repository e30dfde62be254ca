import Synchronization

/// Leads the host's own API, which is made first, to the tenant's webhooks at work.
final class WebhookDoor: Sendable {
    private struct Found: Sendable { weak var webhooks: TenantWebhooks? }
    private let found = Mutex(Found())

    /// Nil while the tenant is being opened.
    var current: TenantWebhooks? { found.withLock { $0.webhooks } }
    func use(_ webhooks: TenantWebhooks) { found.withLock { $0.webhooks = webhooks } }
}
