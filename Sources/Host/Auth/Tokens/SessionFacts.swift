import PluginAPI

/// Who is calling, as the live account says: made when the session is read, and shared by its requests until something
/// changes.
final class SessionFacts: Sendable {
    let person: PersonID
    let session: String
    /// How the session was made (RFC 8176).
    let methods: Set<String>
    private let principals: [(plugin: String, principal: Principal)]
    private let stranger: Principal

    init(
        person: PersonID, session: String, methods: Set<String>, held: [HeldRole], definitions: [PluginDefinition]
    ) {
        self.person = person
        self.session = session
        self.methods = methods
        principals = definitions.compactMap { plugin in
            let grants = Roles.grants(held, of: person, in: plugin, among: definitions, methods: methods)
            guard !grants.isEmpty else { return nil }
            return (plugin.id, Principal(person: person, grants: grants, methods: methods, session: session))
        }
        stranger = Principal(person: person, grants: [], methods: methods, session: session)
    }

    /// The person as one plugin sees them; without grants where they have no role.
    func principal(for plugin: String) -> Principal {
        for each in principals where each.plugin == plugin { return each.principal }
        return stranger
    }
}
