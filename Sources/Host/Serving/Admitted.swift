import HTTPServer
import PluginAPI

/// A request that may go on: tenant, endpoint and caller are known, and what the head alone decides is decided.
struct Admitted: Sendable {
    let inbound: Inbound
    let runtime: TenantRuntime
    let endpoint: Endpoint
    /// The path's parameters, decoded.
    let path: [(name: String, value: String)]
    let query: [(name: String, value: String)]
    let session: SessionFacts?
    let principal: Principal?
    var reach: Reach?
    let language: Language
    /// The limit that is closest to being reached, for the answer's fields.
    var verdict: LimitVerdict?

    /// The reader's place.
    var slot: Int { inbound.request.loop.index }

    /// The dialect the answer is in.
    var dialect: Dialect {
        if case .plugin(let position) = endpoint.owner { return runtime.definitions[position].dialect }
        return runtime.settings.values.defaultDialect
    }

    var facts: RequestFacts {
        RequestFacts(
            requestID: inbound.id, correlationID: inbound.correlationID, now: inbound.now, origin: runtime.tenant.origin
        )
    }

    /// Where a change made by this request comes from.
    func origin(plugin: String) -> Origin {
        Origin(
            plugin: plugin, person: principal?.person, onBehalfOf: nil, requestID: inbound.id,
            correlationID: inbound.correlationID, address: inbound.address, userAgent: inbound.header("user-agent"),
            now: inbound.now)
    }
}
