import HTTPServer
import PluginAPI

extension Outbound {
    /// The keys of identity providers, fetched from the addresses that tenants name.
    ///
    /// - Parameter allowsPrivate: whether private and loopback addresses may be asked.
    func issuers(allowsPrivate: Bool) -> IssuerKeys {
        let client = client
        let policy = allowsPrivate ? AddressPolicy.anything : .publicOnly
        return IssuerKeys { address in
            // Over plain HTTP anybody on the way could name the keys.
            guard let url = ClientURL(address), url.isSecure || allowsPrivate else { throw Problem.unavailable }
            var request = ClientRequest("GET", url, policy: policy)
            request.bodyLimit = 256 * 1024
            request.totalTimeout = .seconds(10)
            let response = try await client.send(request)
            guard response.status == 200 else { throw Problem.unavailable }
            return response.body
        }
    }
}
