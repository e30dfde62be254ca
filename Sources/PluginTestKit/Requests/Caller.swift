public import PluginAPI

/// Who sends a request.
public struct Caller: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case stranger
        case person(PersonID, methods: Set<String>)
        case signedIn(String)
        case bearer(String)
    }

    let kind: Kind

    /// Nobody that is known: no `Authorization`.
    public static let stranger = Caller(kind: .stranger)

    /// An account of the tenant, in a session that was made by these methods (RFC 8176): `pwd`, `sms`.
    public static func person(_ id: PersonID, by methods: Set<String> = ["pwd"]) -> Caller {
        Caller(kind: .person(id, methods: methods))
    }

    /// Whoever has this phone, signed in by the plugin's own sign-in with the code that was texted.
    public static func signedIn(phone: String) -> Caller { Caller(kind: .signedIn(phone)) }

    /// Whoever shows this token, good or not.
    public static func bearer(_ token: String) -> Caller { Caller(kind: .bearer(token)) }
}
