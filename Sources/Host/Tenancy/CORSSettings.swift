import PluginAPI

/// Which other sites' scripts may call the tenant's API (contract §1).
struct CORSSettings: Described, Equatable {
    /// Exact origins; none by default.
    var origins: [WebOrigin]

    static let schema = Schema.object(
        Self.init(origins:),
        Field("origins", \.origins, .list(WebOrigin.schema, 0...100), default: [], note: "Exact origins"))
}

/// An origin exactly as browsers send it in `Origin` (RFC 6454 §6.2): scheme, host, and the port if it is not the usual one.
struct WebOrigin: Sendable, Hashable {
    /// `http://localhost:3000`
    let text: String

    /// Nil for everything that no browser would send: wildcards, paths, upper case, the scheme's usual port.
    init?(_ text: String) {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://"), text.utf8.count <= 300 else { return nil }
        let authority = text.dropFirst(isSecure ? 8 : 7)
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]"), Self.isIPv6(authority[..<end].dropFirst()) else {
                return nil
            }
            host = "localhost"
            rest = authority[authority.index(after: end)...]
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
        }
        guard HostName.isName(host.utf8) || HostName.isIPv4(host.utf8) else { return nil }
        if !rest.isEmpty {
            let digits = rest.dropFirst()
            guard rest.hasPrefix(":"), !digits.hasPrefix("0"), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let port = UInt16(digits), port != (isSecure ? 443 : 80)
            else { return nil }
        }
        self.text = text
    }

    private static func isIPv6(_ text: Substring) -> Bool {
        (2...45).contains(text.utf8.count) && text.contains(":")
            && text.utf8.allSatisfy { (48...58).contains($0) || (97...102).contains($0) || $0 == UInt8(ascii: ".") }
    }
}

extension WebOrigin: Described {
    static let schema = Schema<WebOrigin>.text(
        JSONSchema(["type": "string", "pattern": "^https?://[^/*@?#\\s]+$"]),
        allowed: "an exact origin in lower case without a path, such as https://portal.example.com; no wildcards",
        sample: { "http://localhost:\(3000 + $0)" }, parse: { WebOrigin($0) }, write: { $1.value($0.text) })
}
