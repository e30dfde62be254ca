import HTTPServer
import PluginAPI

extension HostCall {
    /// The opening handshake of a WebSocket; answer it with `Response.webSocket(…)`.
    ///
    /// - Throws: ``Problem`` 426 when the request asks for no WebSocket or for another version, 400 naming the field that
    ///   is malformed, 403 from a page of an origin that is neither the tenant's own nor listed: browsers let every page
    ///   open WebSockets to everywhere (RFC 6455 §10.2).
    func handshake() throws(Problem) -> WebSocketHandshake {
        let handshake: WebSocketHandshake
        do throws(WebSocketHandshakeFault) {
            handshake = try WebSocketHandshake(inbound.request)
        } catch {
            throw Problem(error)
        }
        guard Provenance(inbound.request, origins: runtime.crossOrigin.trusted) != .foreign else {
            throw Problem(403, "INSUFFICIENT_PERMISSIONS", "Pages of this origin may not connect here.")
        }
        return handshake
    }
}

extension Problem {
    /// Why a request opens no WebSocket.
    init(_ fault: WebSocketHandshakeFault) {
        let message: String
        switch fault {
        case .notAnUpgrade, .method: message = "This path speaks WebSocket."
        case .version: message = "This path speaks version 13 of WebSocket."
        case .key: message = "must be 16 bytes in base64"
        case .subprotocols: message = "must be a list of tokens, each of them once"
        case .origin: message = "must be given once"
        case .body: message = "A WebSocket's handshake has no body."
        }
        if fault.status == 400, let field = fault.field {
            self = .invalid(field, .format, message)
        } else if fault.status == 400 {
            self = .format(message)
        } else {
            self = Problem(426, "UPGRADE_REQUIRED", message)
        }
    }
}
