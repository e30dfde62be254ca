import PluginAPI

extension Route<PorticoAPI> {
    static let listUsers = Route.get(
        PorticoAPI.base + "/users", .reading(PorticoAPI.listUsers), needs: .permission(.readUsers),
        "The portal's people, by name.")
}

/// Which accounts are asked for.
struct UsersAsked: Described {
    var search: String?
    var state: PersonState?
    var plugin: String?
    var role: String?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(search:state:plugin:role:page:limit:),
        Field(
            "search", \.search, .optional(.string(1...100)), in: .query,
            note: "Part of a name, an e-mail address, a phone number or a user name."),
        Field("state", \.state, .optional(.oneOf), in: .query),
        Field("plugin", \.plugin, .optional(.string(1...40)), in: .query, note: "Who has a role of this plugin."),
        Field("role", \.role, .optional(.string(1...100)), in: .query, note: "Who has a role of this name."),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))

    /// What an account must fulfil.
    var filter: SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let state { conditions.append("person.state = \(state)") }
        if plugin != nil || role != nil {
            var held: SQL = "held.person_id = person.id"
            if let plugin { held = held + "AND held.plugin = \(plugin)" }
            if let role { held = held + "AND held.role = \(role)" }
            conditions.append("EXISTS (SELECT 1 FROM portico_person_role AS held WHERE \(held))")
        }
        if let search {
            let pattern = "%" + search.flatMap { "%_\\".contains($0) ? "\\\($0)" : "\($0)" } + "%"
            conditions.append(
                """
                (person.given_name || ' ' || person.family_name LIKE \(pattern) ESCAPE '\\'
                OR EXISTS (SELECT 1 FROM portico_identifier AS known WHERE known.person_id = person.id
                    AND known.value LIKE \(pattern) ESCAPE '\\'))
                """)
        }
        return "WHERE" + SQL.joined(conditions, by: " AND ")
    }
}

extension PorticoAPI {
    func listUsers(_ asked: UsersAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<User> {
        try tx.host { tables in
            let total = try tables.value("SELECT COUNT(*) FROM portico_person AS person" + asked.filter, as: Int.self)
            let order: SQL = "ORDER BY person.family_name, person.given_name, person.id"
            let accounts = try tables.all(
                Accounts.columns + asked.filter + order + Paging.rows(page: asked.page, limit: asked.limit),
                as: Account.self)
            return Page(
                try accounts.map { User($0, try Roles.held(by: $0.id, tables)) },
                PageNumbers(page: asked.page, limit: asked.limit, total: total ?? 0))
        }
    }
}
