import PluginAPI

extension Route<PorticoAPI> {
    static let addUser = Route.post(
        PorticoAPI.base + "/users", .transactional(PorticoAPI.addUser), needs: .permission(.writeUsers),
        refuses: [HostRefusal.self], "Makes an account, with roles that the caller's own cover.")
}

/// An account that is to be made.
struct NewUser: Described {
    var givenName: String
    var familyName: String
    var email: Email?
    var phone: Phone?
    var username: String?
    var language: Language?
    var zone: Zone?
    var roles: [RoleHeld]
    var invite: Bool

    static let schema = Schema.object(
        Self.init(givenName:familyName:email:phone:username:language:zone:roles:invite:),
        Field("givenName", \.givenName, .string(0...100), default: ""),
        Field("familyName", \.familyName, .string(0...100), default: ""),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("username", \.username, .optional(.string(1...100))),
        Field("language", \.language, .optional(Language.schema)),
        Field("zone", \.zone, .optional(Zone.schema)),
        Field("roles", \.roles, .list(RoleHeld.schema, 0...20), default: []),
        Field("invite", \.invite, .bool, default: false, note: "Whether to mail a link to choose a password with."))

    var change: PersonChange {
        var change = PersonChange()
        change.givenName = .set(givenName)
        change.familyName = .set(familyName)
        if let email { change.email = .set(email) }
        if let phone { change.phone = .set(phone) }
        if let language { change.language = .set(language) }
        return change
    }

    /// What its schema cannot say.
    func mistakes() -> [Mistake] {
        var mistakes: [Mistake] = []
        if email == nil, phone == nil, username == nil {
            mistakes.append(Mistake(field: "email", .missing, "is required unless there is a phone or a username"))
        }
        if invite, email == nil { mistakes.append(Mistake(field: "email", .missing, "is required for an invitation")) }
        if let username, Username(username) == nil {
            mistakes.append(Mistake(field: "username", .format, "must have no spaces"))
        }
        return mistakes
    }
}

extension PorticoAPI {
    func addUser(_ new: NewUser, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let mistakes = new.mistakes()
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            let id = People.newID(at: origin.now)
            do throws(StoreError) {
                try People.add(
                    new.change, username: new.username.flatMap { Username($0) }, id: id, origin, tables)
            } catch {
                guard case .unique = error.kind else { throw error }
                throw HostRefusal.anotherAccounts
            }
            if let zone = new.zone { try Accounts.setZone(zone, of: id, origin, tables) }
            let authority = try Authority(principal, host.definitions, tables)
            for (index, role) in new.roles.enumerated() {
                try give(role, to: id, authority, at: [.name("roles"), .index(index)], origin, tables)
            }
            if new.invite { try host.auth.invite(id, origin, tables) }
            return try User.find(id, tables)
        }
    }
}
