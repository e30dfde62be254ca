import HTTPServer
import PluginAPI

extension Response {
    /// A whole HTML document.
    init(page: HTML, status: Int) {
        self.init(status: status, body: .bytes(Array(page.text.utf8)))
        headers.add("content-type", "text/html; charset=utf-8")
        headers.add("content-security-policy", HostRoutes.contentPolicy)
        headers.add("referrer-policy", "same-origin")
    }

    /// The same with the entity tag of its bytes; 304 without them when the client has them already.
    func conditional(on inbound: Inbound) -> Response {
        guard case .bytes(let bytes) = body else { return self }
        var response = self
        let tag = EntityTag.of(bytes[...])
        response.headers.add("etag", tag)
        if let named = inbound.header("if-none-match"), EntityTag.isNamed(tag, in: named) {
            response.status = 304
            response.body = .none
        }
        return response
    }
}
