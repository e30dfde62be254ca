import PluginAPI

/// `tenants/<slug>/demo.json`: who is in the demo, and what its plugins show.
struct DemoData: Described {
    /// Of everybody who has an e-mail address or a user name.
    let password: String?
    let people: [DemoPerson]
    let plugins: [String: JSON]

    static let schema = Schema.object(
        Self.init(password:people:plugins:),
        Field("password", \.password, .optional(.string(1...72, .verbatim)), default: nil),
        Field("people", \.people, .list(DemoPerson.schema)),
        Field("plugins", \.plugins, .map(.openObject), default: [:]))
}

/// A person of the demo.
struct DemoPerson: Described {
    let givenName: String
    let familyName: String
    let email: Email?
    let phone: Phone?
    let username: String?
    let roles: [DemoRole]

    static let schema = Schema.object(
        Self.init(givenName:familyName:email:phone:username:roles:), Field("givenName", \.givenName, .string(0...100)),
        Field("familyName", \.familyName, .string(0...100)), Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)), Field("username", \.username, .optional(.string(1...100))),
        Field("roles", \.roles, .list(DemoRole.schema), default: []))
}

/// A role of a person of the demo.
struct DemoRole: Described {
    let plugin: String
    let role: String
    let branch: String?

    static let schema = Schema.object(
        Self.init(plugin:role:branch:), Field("plugin", \.plugin, .string(1...40)),
        Field("role", \.role, .string(1...40)),
        Field("branch", \.branch, .optional(.string(1...64))))
}
