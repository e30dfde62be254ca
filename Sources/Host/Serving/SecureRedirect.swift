import HTTPServer
import Synchronization

/// Sends who comes without encryption to where it is (RFC 9110 §15.4.9), on a listener that does nothing else.
final class SecureRedirect: Sendable {
    /// The position of its listener.
    private let listener: Int
    private let certificates: HostCertificates
    private let port = Atomic<Int>(443)

    init(listener: Int, certificates: HostCertificates) {
        self.listener = listener
        self.certificates = certificates
    }

    /// Where TLS is spoken, once that is known.
    func use(port: UInt16) { self.port.store(Int(port), ordering: .relaxed) }

    /// Whether a request came to the listener.
    func takes(_ request: Request) -> Bool { request.listener == listener }

    /// The same address with `https`; nil for a host that has no certificate, which cannot be served there.
    func answer(_ request: Request) -> Response? {
        guard let host = request.host.map({ request.string($0) }), certificates.table.covers(host) else { return nil }
        let port = port.load(ordering: .relaxed)
        var address = "https://\(host)" + (port == 443 ? "" : ":\(port)")
        let path = request.string(request.path)
        address += path.isEmpty ? "/" : path
        if let query = request.query { address += "?" + request.string(query) }
        var response = Response(status: 308)
        guard response.headers.add("location", address) else { return nil }
        return response
    }
}
