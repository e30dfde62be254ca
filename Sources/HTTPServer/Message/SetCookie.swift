/// A cookie that an answer sets (RFC 6265 §4.1). It has no `Domain`, so it is of the host that set it and no other.
public struct SetCookie: Sendable, Hashable {
    /// When another site's page may send the cookie along.
    public enum SameSite: String, Sendable {
        /// When it leads here, with a method that changes nothing.
        case lax = "Lax"
        /// Never.
        case strict = "Strict"
    }

    /// The name, a token.
    public var name: String
    /// The value: visible ASCII without double quote, comma, semicolon and backslash.
    public var value: String
    /// How long the client keeps it, in seconds; until it is closed when nil; 0 takes it away.
    public var maxAge: Int?
    /// Whether it is sent over TLS only.
    public var isSecure: Bool
    /// When another site's page may send it along.
    public var sameSite: SameSite

    /// A cookie for every path of this host that no script can read.
    public init(
        _ name: String, _ value: String, maxAge: Int? = nil, isSecure: Bool = true, sameSite: SameSite = .lax
    ) {
        self.name = name
        self.value = value
        self.maxAge = maxAge
        self.isSecure = isSecure
        self.sameSite = sameSite
    }

    /// What goes into `Set-Cookie`; nil when name or value has a character it may not have, or the name promises with
    /// `__Host-` or `__Secure-` what the cookie does not keep.
    public var text: String? {
        guard !name.isEmpty, name.utf8.allSatisfy(ByteClass.isToken), value.utf8.allSatisfy(RequestCookies.isOctet),
            isSecure || !name.hasPrefix("__")
        else { return nil }
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=\(sameSite.rawValue)"
        if let maxAge { text += "; Max-Age=\(max(0, maxAge))" }
        return isSecure ? text + "; Secure" : text
    }
}

extension HeaderFields {
    /// Adds a cookie. Returns whether it was added; see ``SetCookie/text``.
    @discardableResult
    public mutating func add(_ cookie: SetCookie) -> Bool { cookie.text.map { add(.setCookie, $0) } ?? false }
}
