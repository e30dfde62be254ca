import HTTPServer
import PluginAPI

extension PortalCookie.Form {
    /// How cookies are set where a request came in: plain only for a browser on this machine that asks a loopback name
    /// without TLS.
    init(_ request: Request) {
        let isLocal =
            !request.isSecure && request.remoteAddress.isLoopback
            && request.host.map { Self.isLoopbackName(request.bytes[$0]) } == true
        self = isLocal ? .plain : .secure
    }

    /// `localhost` and all below it (RFC 6761 §6.3), and the loopback addresses.
    private static func isLoopbackName(_ host: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: host, as: UTF8.self)
        return name == "localhost" || name.hasSuffix(".localhost") || name == "127.0.0.1" || name == "[::1]"
    }
}

extension SocketAddress {
    /// Whether only this machine has the address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
    fileprivate var isLoopback: Bool {
        let bytes = bytes
        return bytes.count == 4 ? bytes.first == 127 : bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
    }
}

extension Inbound {
    /// Where the value of a cookie of the host's pages lies; nil when it is not there, or there with two values.
    func cookie(_ cookie: PortalCookie, of slug: String) -> Range<Int>? {
        guard request.header(.cookie) != nil else { return nil }
        let name = cookie.name(PortalCookie.Form(request), tenant: slug)
        if case .one(let range) = request.cookies.find(name) { return range }
        return nil
    }

    /// The browser's own cookie, if it sent one of the right form.
    func device(of slug: String) -> DeviceCookie? {
        cookie(.device, of: slug).flatMap { DeviceCookie(request.string($0)) }
    }

    /// A cookie to set, in the form that suits where the request came in.
    ///
    /// - Parameter maxAge: how long the browser keeps it, in seconds; until it is closed when nil; 0 takes it away.
    func set(_ cookie: PortalCookie, _ value: String, maxAge: Int?, of slug: String) -> SetCookie {
        let form = PortalCookie.Form(request)
        return SetCookie(
            cookie.name(form, tenant: slug), value, maxAge: maxAge, isSecure: form == .secure, sameSite: .lax)
    }
}
