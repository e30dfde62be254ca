import HTTPServer
import PluginAPI

/// What the plugins of all tenants share to ask other people's servers.
struct PeerMeans: Sendable {
    let client: HTTPClient
    /// A breaker for each tenant, plugin and server: what one tenant's key or server fails at is no reason to leave the same
    /// host alone for another.
    let breakers: CircuitBreakers
    /// Whether addresses of this machine and of private networks may be asked, and without TLS.
    let allowsPrivate: Bool
}
