import PluginAPI

/// The person who is signed in, as they see themselves.
struct Me: Described {
    var id: PersonID
    var givenName: String
    var familyName: String
    var name: String
    var email: Email?
    var phone: Phone?
    var username: String?
    var language: Language?
    var zone: String?
    var createdAt: Instant
    var roles: [RoleHeld]
    /// By the plugin's id: what the roles allow that this session's sign-in is good for.
    var permissions: [String: [String]]
    /// How the session was made (RFC 8176).
    var methods: [String]

    static let schema = Schema.object(
        Self.init(
            id:givenName:familyName:name:email:phone:username:language:zone:createdAt:roles:permissions:methods:),
        Field("id", \.id, PersonID.schema),
        Field("givenName", \.givenName, .string(0...200)),
        Field("familyName", \.familyName, .string(0...200)),
        Field("name", \.name, .string(0...401), note: "Both names."),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("username", \.username, .optional(.string(1...100))),
        Field("language", \.language, .optional(Language.schema)),
        Field("zone", \.zone, .optional(.string(1...100)), note: "An IANA time zone."),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("roles", \.roles, .list(RoleHeld.schema)),
        Field(
            "permissions", \.permissions, .map(.list(.string(1...100))),
            note: "By the plugin's id: what the roles allow in this session."),
        Field("methods", \.methods, .list(.string(1...40)), note: "How this session was made (RFC 8176)."))
}

extension Me {
    /// - Parameter grants: by the plugin's id.
    init(_ account: Account, _ held: [HeldRole], grants: [(plugin: String, grants: [Grant])], methods: Set<String>) {
        self.init(
            id: account.id, givenName: account.givenName, familyName: account.familyName, name: account.name,
            email: account.email, phone: account.phone, username: account.username, language: account.language,
            zone: account.zone, createdAt: account.createdAt, roles: held.map { RoleHeld($0) },
            permissions: Dictionary(
                grants.filter { !$0.grants.isEmpty }.map { ($0.plugin, $0.grants.map(\.permission.name).sorted()) },
                uniquingKeysWith: { first, _ in first }),
            methods: methods.sorted())
    }
}
