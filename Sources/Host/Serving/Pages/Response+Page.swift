import HTTPServer
import PluginAPI

extension Response {
    /// A whole HTML document.
    ///
    /// - Parameter referrer: what a browser may tell of the page's address where it goes on from there.
    init(page: HTML, status: Int, referrer: String = "same-origin") {
        self.init(status: status, body: .bytes(Array(page.text.utf8)))
        headers.add("content-type: text/html; charset=utf-8")
        headers.add("content-security-policy", HostRoutes.contentPolicy)
        headers.add("referrer-policy", referrer)
    }

    /// The answer to a GET of this content, as the request's conditions and, where the bytes are the same for everybody,
    /// its range have it.
    ///
    /// - Throws: ``Refused`` for 412 and 416.
    func conditional(on inbound: Inbound, hasRanges: Bool = false) throws(Refused) -> Response {
        guard case .bytes(let bytes) = body else { return self }
        return try Representation(bytes: bytes, headers: headers, hasRanges: hasRanges).answer(to: inbound)
    }
}

extension Representation {
    /// The answer to a GET or HEAD.
    ///
    /// - Throws: ``Refused`` for 412 and 416.
    consuming func answer(to inbound: Inbound) throws(Refused) -> Response {
        switch selection(for: inbound.request, now: inbound.now) {
        case .answer(let response): return response
        case .refused(let problem, let headers): throw Refused(problem, headers: headers)
        }
    }
}
