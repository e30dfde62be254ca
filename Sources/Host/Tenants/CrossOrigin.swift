import HTTPServer
import PluginAPI

/// Which other origins' pages may use a tenant's API (Fetch standard; contract §1).
struct CrossOrigin: Sendable {
    /// Exact origins: `https://app.example.com`.
    let origins: Set<String>
    /// These, and the tenant's own hosts: whose pages a cookie may come from.
    let trusted: Set<String>

    /// - Parameter own: the origins of the tenant's own hosts.
    init(origins: Set<String>, own: Set<String> = []) {
        self.origins = origins
        trusted = origins.union(own)
    }

    private static let exposed =
        "X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Tier, "
        + "X-RateLimit-Retry-After, RateLimit, RateLimit-Policy, Retry-After, ETag, Link, Location"
    private static let allowed =
        "Authorization, Content-Type, Accept, Accept-Language, Idempotency-Key, If-None-Match, If-Match, X-API-Key, "
        + "X-CSRF-Token, X-Acting-For, X-Correlation-Id, X-Request-Id, Last-Event-ID, traceparent, Cache-Control"

    /// The request's origin when it is listed.
    func origin(of request: Request) -> String? {
        guard let range = request.header("origin") else { return nil }
        let origin = request.string(range)
        return origins.contains(origin) ? origin : nil
    }

    /// Adds what lets a listed origin's page read the answer.
    func add(to headers: inout HeaderFields, for origin: String?) {
        headers.add("vary: Origin")
        guard let origin else { return }
        headers.add("access-control-allow-origin", origin)
        headers.add("access-control-allow-credentials: true")
        headers.add("access-control-expose-headers", Self.exposed)
    }

    /// The answer to a preflight, given before authentication and limits.
    func preflight(_ request: Request, methods: String) -> HeaderFields {
        var headers = HeaderFields()
        let origin = origin(of: request)
        add(to: &headers, for: origin)
        guard origin != nil else { return headers }
        headers.add("access-control-allow-methods", methods)
        headers.add("access-control-allow-headers", Self.allowed)
        headers.add("access-control-max-age: 600")
        return headers
    }
}
