import HTTPServer
import PluginAPI

/// The answers to `/health` and `/ready`: whoever watches asks often.
enum HealthAnswer {
    static func response(_ isUp: Bool, _ inbound: Inbound) -> Response {
        var headers = HeaderFields()
        headers.add(.json)
        headers.add("cache-control: no-store")
        headers.add("x-content-type-options: nosniff")
        headers.add(.requestID, inbound.id)
        return Response(
            status: isUp ? 200 : 503, headers: headers,
            body: .literal(isUp ? #"{"status":"ok"}"# : #"{"status":"starting"}"#))
    }
}
