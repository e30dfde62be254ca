import PluginAPI

extension Route<PorticoAPI> {
    static let changeMe = Route.patch(
        PorticoAPI.base + "/me", .transactional(PorticoAPI.changeMe), needs: .member,
        "Changes one's own name, language and time zone: fields left out stay, null empties (RFC 7396).")
}

/// What people change of themselves; addresses and numbers take a proof and have routes of their own.
struct MyChange: Described {
    var givenName: Change<String>
    var familyName: Change<String>
    var language: Change<Language>
    var zone: Change<Zone>

    static let schema = Schema.object(
        Self.init(givenName:familyName:language:zone:),
        Field("givenName", \.givenName, .change(.string(0...100))),
        Field("familyName", \.familyName, .change(.string(0...100))),
        Field("language", \.language, .change(Language.schema)),
        Field("zone", \.zone, .change(Zone.schema)))
}

extension PorticoAPI {
    func changeMe(_ change: MyChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Me {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            var person = PersonChange()
            person.givenName = change.givenName
            person.familyName = change.familyName
            person.language = change.language
            try apply(person, change.zone, to: principal.person, origin, tables)
            return try me(principal, tables)
        }
    }
}
