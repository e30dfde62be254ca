import HTTPServer
import PluginAPI
import Synchronization

/// A request that may go on: tenant, endpoint and caller are known, and what the head alone decides is decided.
struct Admitted: Sendable {
    let head: Head
    /// The limit that is closest to being reached, for the answer's fields.
    var verdict: LimitVerdict?

    /// What never changes, in one reference, since an admitted request is handed from step to step.
    final class Head: Sendable {
        let inbound: Inbound
        let runtime: TenantRuntime
        let endpoint: Endpoint
        let path: [(name: String, value: String)]
        let query: [(name: String, value: String)]
        let session: SessionFacts?
        let principal: Principal?
        let onBehalfOf: PersonID?
        let language: Language
        let reach: Reach?
        /// How many files of the request's form were kept.
        let uploads = Atomic(0)

        init(
            _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint,
            path: [(name: String, value: String)], query: [(name: String, value: String)],
            session: SessionFacts?, principal: Principal?, onBehalfOf: PersonID?, language: Language, reach: Reach?
        ) {
            self.principal = principal
            self.onBehalfOf = onBehalfOf
            self.inbound = inbound
            self.runtime = runtime
            self.endpoint = endpoint
            self.path = path
            self.query = query
            self.session = session
            self.language = language
            self.reach = reach
        }
    }

    var inbound: Inbound { head.inbound }
    var runtime: TenantRuntime { head.runtime }
    var endpoint: Endpoint { head.endpoint }
    /// The path's parameters, decoded.
    var path: [(name: String, value: String)] { head.path }
    var query: [(name: String, value: String)] { head.query }
    var session: SessionFacts? { head.session }
    /// Who the caller is to the endpoint's plugin.
    var principal: Principal? { head.principal }
    /// The account the caller acts for, when it is not their own.
    var onBehalfOf: PersonID? { head.onBehalfOf }
    var language: Language { head.language }
    /// Which objects the route's permission covers.
    var reach: Reach? { head.reach }

    /// The reader's place.
    var slot: Int { head.inbound.request.loop.index }

    /// The dialect the answer is in.
    var dialect: Dialect {
        if let position = head.endpoint.speaker { return head.runtime.definitions[position].dialect }
        return head.runtime.settings.values.defaultDialect
    }

    var facts: RequestFacts {
        RequestFacts(
            requestID: inbound.id, correlationID: inbound.correlationID, now: inbound.now, origin: runtime.tenant.origin
        )
    }
}

extension Admitted.Head {
    /// Where a change made by this request comes from.
    func origin(plugin: String) -> Origin {
        Origin(
            plugin: plugin, person: principal?.person, onBehalfOf: onBehalfOf, apiKey: session?.apiKey?.id,
            requestID: inbound.id,
            correlationID: inbound.correlationID, address: inbound.address, userAgent: inbound.header("user-agent"),
            now: inbound.now)
    }
}
