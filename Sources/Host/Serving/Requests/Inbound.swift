import Crypto
public import HTTPServer
public import PluginAPI

/// A request with what every answer to it needs: its id and its moment.
struct Inbound: Sendable {
    let request: Request
    /// Finds the request in the log; the client's own if it sent a usable one.
    let id: String
    let now: Instant

    init(_ request: Request, now: Instant) {
        self.request = request
        self.now = now
        id = Self.clientID(request) ?? Self.newID()
    }

    /// A header's value as text.
    func header(_ name: HeaderName) -> String? { request.header(name).map { request.string($0) } }

    /// `X-Correlation-Id`, passed through to logs and jobs when it is printable.
    var correlationID: String? { Self.usable(request, .correlationID) }

    /// The client's address.
    var address: String { request.address }

    /// The path as the client sent it.
    var path: String { request.string(request.path) }

    private static func clientID(_ request: Request) -> String? { usable(request, .requestID) }

    /// 1 to 128 letters, digits, dots, underscores and dashes (contract §1); nil for anything else.
    private static func usable(_ request: Request, _ name: HeaderName) -> String? {
        guard let range = request.header(name), (1...128).contains(range.count) else { return nil }
        for index in range {
            switch request.bytes[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x5F, 0x2D: continue
            default: return nil
            }
        }
        return request.string(range)
    }

    private static func newID() -> String { Random.id("req_") }
}

extension Request: Client {
    public var address: String { remoteAddress.host }
    public var userAgent: String? { header("user-agent").map { string($0) } }
}

extension HeaderName {
    static let requestID: HeaderName = "x-request-id"
    static let correlationID: HeaderName = "x-correlation-id"
    static let idempotencyKey: HeaderName = "idempotency-key"
    static let accessControlRequestMethod: HeaderName = "access-control-request-method"
}
