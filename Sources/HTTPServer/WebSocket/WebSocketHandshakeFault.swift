/// Why a request does not open a WebSocket (RFC 6455 §4.2.1, §4.4).
public enum WebSocketHandshakeFault: String, Error, Sendable, Hashable, CaseIterable {
    /// 426: a plain request, or one of HTTP/1.0, where only WebSockets are spoken.
    case notAnUpgrade
    /// 426: `Sec-WebSocket-Version` is not 13.
    case version
    /// 405: not GET.
    case method
    /// 400: `Sec-WebSocket-Key` is not sixteen bytes in base64, once.
    case key
    /// 400: `Sec-WebSocket-Protocol` holds what is no token, or one of them twice.
    case subprotocols
    /// 400: `Origin` stands there twice.
    case origin
    /// 400: a body.
    case body

    /// The status of the refusal.
    public var status: Int {
        switch self {
        case .notAnUpgrade, .version: 426
        case .method: 405
        case .key, .subprotocols, .origin, .body: 400
        }
    }

    /// The field that is wrong, where it is one.
    public var field: String? {
        switch self {
        case .notAnUpgrade: "Upgrade"
        case .version: "Sec-WebSocket-Version"
        case .key: "Sec-WebSocket-Key"
        case .subprotocols: "Sec-WebSocket-Protocol"
        case .origin: "Origin"
        case .method, .body: nil
        }
    }

    /// What the client may do instead; the server adds `connection`.
    public var headers: HeaderFields {
        var headers = HeaderFields()
        switch status {
        case 426:
            headers.add("upgrade", "websocket")
            headers.add("sec-websocket-version", "13")
        case 405: headers.add(.allow, "GET")
        default: break
        }
        return headers
    }
}
