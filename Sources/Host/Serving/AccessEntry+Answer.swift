import HTTPServer
import PluginAPI

extension AccessEntry {
    /// What the log says of an answer: the route's template, never the path or query with what people typed in them.
    init(_ inbound: Inbound, status: Int, bytes: Int, endpoint: Endpoint?, tenant: String?, now: Instant) {
        let request = inbound.request
        self.init(
            time: now, method: request.string(request.methodRange), route: endpoint?.template, status: status,
            duration: Int(now.microseconds - inbound.now.microseconds), bytes: bytes, tenant: tenant,
            requestID: inbound.id, correlationID: inbound.correlationID)
    }
}

extension Response.Body {
    /// How many bytes it has, as far as that is known before it is sent.
    var knownLength: Int {
        switch self {
        case .none, .takeover: 0
        case .bytes(let bytes): bytes.count
        case .literal(let text): text.utf8CodeUnitCount
        case .stream(let length, _): length ?? 0
        }
    }
}
