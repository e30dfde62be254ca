import HTTPServer
import PluginAPI

/// Where a webhook's messages go, and whether they may.
///
/// What can be told from the address alone is told when the webhook is made. What a name stands for is judged at every
/// connection (``AddressPolicy``), since it may change in between.
struct WebhookTarget: Sendable {
    /// Whether addresses of this machine and of private networks may be sent to, and without TLS.
    let allowsPrivate: Bool

    var policy: AddressPolicy { allowsPrivate ? .anything : .publicOnly }

    /// - Throws: ``Problem`` 400 that names the field.
    func check(_ endpoint: String) throws(Problem) -> ClientURL {
        guard let url = ClientURL(endpoint) else {
            throw .invalid("endpoint", .format, "must be an https address without a name and password")
        }
        guard !allowsPrivate else { return url }
        guard url.isSecure else { throw .invalid("endpoint", .format, "must begin with https://") }
        let bare = url.host.hasPrefix("[") ? String(url.host.dropFirst().dropLast()) : url.host
        let isLocalName = bare == "localhost" || bare.hasSuffix(".localhost")
        let address = SocketAddress(host: bare, port: url.port)
        guard !isLocalName, address.map({ policy.allows($0) }) ?? true else {
            throw .invalid("endpoint", .format, "must lead to the public Internet")
        }
        return url
    }
}
