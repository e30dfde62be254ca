internal import PluginAPI

/// Whom something in a case concerns.
extension LegalCases {
    /// Who may hear of something in a case: its team, and its client where they see it.
    static func audience(_ matter: Matter, withClient: Bool) -> Audience {
        var people = matter.team
        if withClient, let client = matter.client { people.insert(client) }
        return people.isEmpty ? .machines : .people(people)
    }

    /// In an order that is the same each time.
    static func others(_ people: Set<PersonID>, than person: PersonID?) -> [PersonID] {
        people.filter { $0 != person }.sorted { $0.rawValue < $1.rawValue }
    }
}
