import PluginAPI

extension Route<PorticoAPI> {
    static let changeUser = Route.patch(
        PorticoAPI.base + "/users/{id}", .transactional(PorticoAPI.changeUser), needs: .permission(.writeUsers),
        refuses: [HostRefusal.self], "Changes an account: fields left out stay, null empties (RFC 7396).")
}

/// What is to be changed of an account.
struct UserChange: Described {
    var id: PersonID
    var givenName: Change<String>
    var familyName: Change<String>
    var email: Change<Email>
    var phone: Change<Phone>
    var language: Change<Language>
    var zone: Change<Zone>

    static let schema = Schema.object(
        Self.init(id:givenName:familyName:email:phone:language:zone:),
        Field("id", \.id, PersonID.schema, in: .path),
        Field("givenName", \.givenName, .change(.string(0...100))),
        Field("familyName", \.familyName, .change(.string(0...100))),
        Field("email", \.email, .change(Email.schema)),
        Field("phone", \.phone, .change(Phone.schema)),
        Field("language", \.language, .change(Language.schema)),
        Field("zone", \.zone, .change(Zone.schema)))

    var person: PersonChange {
        var change = PersonChange()
        change.givenName = givenName
        change.familyName = familyName
        change.email = email
        change.phone = phone
        change.language = language
        return change
    }
}

extension PorticoAPI {
    func changeUser(_ change: UserChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: change.id, "person.changed", tables)
            try apply(change.person, change.zone, to: change.id, origin, tables)
            return try User.find(change.id, tables)
        }
    }

    /// Changes an account that exists.
    func apply(
        _ change: PersonChange, _ zone: Change<Zone>, to id: PersonID, _ origin: Origin, _ tables: HostWriter
    ) throws {
        do throws(StoreError) {
            try People.change(id, change, origin, tables)
            switch zone {
            case .keep: break
            case .clear: try Accounts.setZone(nil, of: id, origin, tables)
            case .set(let zone): try Accounts.setZone(zone, of: id, origin, tables)
            }
        } catch {
            guard case .unique = error.kind else { throw error }
            throw HostRefusal.anotherAccounts
        }
    }
}
