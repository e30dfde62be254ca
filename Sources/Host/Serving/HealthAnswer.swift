import HTTPServer
import PluginAPI

/// The answers to `/health` and `/ready`, made once but for the request's id: whoever watches asks often.
enum HealthAnswer {
    private static let up = bytes(#"{"status":"ok"}"#)
    private static let starting = bytes(#"{"status":"starting"}"#)
    private static let fields: [UInt8] = {
        var fields = HeaderFields()
        fields.add(.json)
        fields.add("cache-control: no-store")
        fields.add("x-content-type-options: nosniff")
        return fields.bytes
    }()

    static func response(_ isUp: Bool, _ inbound: Inbound) -> Response {
        var headers = HeaderFields()
        headers.reserve(fields.count + inbound.id.utf8.count + 16)
        headers.add(encoded: fields)
        headers.add(.requestID, inbound.id)
        return Response(status: isUp ? 200 : 503, headers: headers, body: .bytes(isUp ? up : starting))
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
