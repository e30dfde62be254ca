public import StoreAPI
public import Time

/// Who is signed in, as the live account says at this moment, not as the token said when it was made. A class, because it
/// goes from hand to hand with every request and is made only when a session is read.
public final class Principal: Sendable {
    /// The account.
    public let person: PersonID
    /// What the person's roles grant in this plugin, at the widest scope of each permission.
    public let grants: [Grant]
    /// How the session was made (RFC 8176): `sms`, `pwd`, `otp` …
    public let methods: Set<String>
    /// The session; nil for API keys.
    public let session: String?
    /// When the session began, by a proof of who it is: for acts that want a fresh one, such as a signature. Nil for API
    /// keys.
    public let signedInAt: Instant?

    public init(
        person: PersonID, grants: [Grant], methods: Set<String>, session: String?, signedInAt: Instant? = nil
    ) {
        self.person = person
        self.grants = grants
        self.methods = methods
        self.session = session
        self.signedInAt = signedInAt
    }

    /// How far a permission reaches for this principal; nil when it is not held.
    public func reach(of permission: Permission) -> Reach? {
        var reach: Reach?
        for grant in grants where grant.permission.covers(permission) {
            reach = reach.map { grant.reach.union($0) } ?? grant.reach
        }
        return reach
    }
}

/// The id of an account in its tenant, e.g. `usr_01jd…`.
public struct PersonID: RawRepresentable, Sendable, Hashable, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension PersonID: Described {
    public static var schema: Schema<PersonID> {
        Schema<String>.string(1...64).converted(
            to: { PersonID(rawValue: $0) }, from: { $0.rawValue }, allowed: "the id of a person")
    }
}

/// A permission held, and how far it reaches.
public struct Grant: Sendable, Equatable {
    public let permission: Permission
    public let reach: Reach

    public init(_ permission: Permission, _ reach: Reach) {
        self.permission = permission
        self.reach = reach
    }
}
