import HTTPServer
import PluginAPI

/// From which page a request comes, as far as the browser tells: what matters wherever a cookie says who is calling, since
/// browsers send cookies along whoever wrote the page (Fetch Metadata; RFC 6454 §7).
enum Provenance: Sendable, Equatable {
    /// A page of this very origin, and the browser says so.
    case own
    /// A page of an origin that the tenant lists, or of another of its own hosts.
    case listed
    /// The browser says nothing, or that a person typed the address.
    case untold
    /// Another site's page.
    case foreign

    /// - Parameter origins: those whose pages may use the tenant's API.
    init(_ request: Request, origins: Set<String>) {
        let site = request.header("sec-fetch-site").map { request.string($0) }
        if let range = request.header(.origin) {
            let origin = request.string(range)
            if Self.isOwn(origin, request) {
                // A browser that says both must mean the same.
                self = site == nil || site == "same-origin" ? .own : .foreign
            } else {
                self = origins.contains(origin) ? .listed : .foreign
            }
            return
        }
        switch site {
        case nil, "none": self = .untold
        case "same-origin": self = .own
        default: self = .foreign
        }
    }

    /// Whether a script of a page asks that is neither the host's own nor of a listed origin. Links from elsewhere send no
    /// `Origin`, and lead a signed-in person to where they are signed in.
    static func isForeignScript(_ request: Request, origins: Set<String>) -> Bool {
        guard let range = request.header(.origin) else { return false }
        let origin = request.string(range)
        return !isOwn(origin, request) && !origins.contains(origin)
    }

    /// Whether an origin is that of the request's own host. Plain http counts on loopback only: elsewhere it is whoever
    /// stands on the line.
    private static func isOwn(_ origin: String, _ request: Request) -> Bool {
        guard let host = request.host else { return false }
        let name = request.string(host)
        let isPlain = PortalCookie.Form(request) == .plain
        let (scheme, usual): (String, UInt16) = origin.hasPrefix("https://") ? ("https://", 443) : ("http://", 80)
        guard origin.hasPrefix(scheme), isPlain || usual == 443 else { return false }
        let port = request.port ?? (isPlain ? usual : 443)
        return origin == scheme + name + (port == usual ? "" : ":\(port)")
    }
}
