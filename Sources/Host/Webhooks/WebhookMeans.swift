import HTTPServer
import PluginAPI

/// What the webhooks of all tenants share.
struct WebhookMeans: Sendable {
    let client: HTTPClient
    let target: WebhookTarget
    let places: WebhookPlaces
    let catalogue: WebhookCatalogue
    let clock: any TimeSource
    /// Names this run of the host: leases of earlier runs are void.
    let instance: String
}
