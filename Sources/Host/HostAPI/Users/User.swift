import PluginAPI

/// An account, as the tenant's administrators see it.
struct User: Described {
    var id: PersonID
    var givenName: String
    var familyName: String
    var name: String
    var email: Email?
    var phone: Phone?
    var username: String?
    var language: Language?
    var zone: String?
    var state: PersonState
    var createdAt: Instant
    var lastUsedAt: Instant?
    var roles: [RoleHeld]

    static let schema = Schema.object(
        Self.init(
            id:givenName:familyName:name:email:phone:username:language:zone:state:createdAt:lastUsedAt:roles:),
        Field("id", \.id, PersonID.schema),
        Field("givenName", \.givenName, .string(0...200)),
        Field("familyName", \.familyName, .string(0...200)),
        Field("name", \.name, .string(0...401), note: "Both names."),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("username", \.username, .optional(.string(1...100))),
        Field("language", \.language, .optional(Language.schema)),
        Field("zone", \.zone, .optional(.string(1...100)), note: "An IANA time zone."),
        Field("state", \.state, .oneOf),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("lastUsedAt", \.lastUsedAt, .optional(Instant.schema), note: "When a session was last made or renewed."),
        Field("roles", \.roles, .list(RoleHeld.schema)))
}

extension User {
    init(_ account: Account, _ held: [HeldRole]) {
        self.init(
            id: account.id, givenName: account.givenName, familyName: account.familyName, name: account.name,
            email: account.email, phone: account.phone, username: account.username, language: account.language,
            zone: account.zone, state: account.state, createdAt: account.createdAt, lastUsedAt: account.lastUsedAt,
            roles: held.map { RoleHeld($0) })
    }

    /// The account with this id.
    ///
    /// - Throws: ``Problem`` 404 when there is none; ``StoreError``.
    static func find(_ id: PersonID, _ tables: some Queries) throws -> User {
        guard let account = try Accounts.account(id, tables) else { throw Problem.notFound }
        return User(account, try Roles.held(by: id, tables))
    }
}

/// The input of routes about one account.
struct UserNamed: Described {
    var id: PersonID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, PersonID.schema, in: .path))
}
