import PluginAPI

extension Route<PorticoAPI> {
    static let listActing = Route.get(
        PorticoAPI.base + "/users/{id}/acting-for", .reading(PorticoAPI.listActing), needs: .permission(.readUsers),
        "The accounts that somebody may act for.")

    static let allowActing = Route.put(
        PorticoAPI.base + "/users/{id}/acting-for/{other}", .transactional(PorticoAPI.allowActing),
        needs: .permission(.writeUsers), refuses: [HostRefusal.self],
        "Lets somebody act for another account's own things, by X-Acting-For.")

    static let forbidActing = Route.delete(
        PorticoAPI.base + "/users/{id}/acting-for/{other}", .transactional(PorticoAPI.forbidActing),
        needs: .permission(.writeUsers), "Lets somebody act for another account no more, at once.")
}

/// Who is to act for whom, as what.
struct ActingAllowed: Described {
    var id: PersonID
    var other: PersonID
    var relation: Relation

    /// What the one is to the other.
    enum Relation: String, Sendable, CaseIterable { case family, company }

    static let schema = Schema.object(
        Self.init(id:other:relation:),
        Field("id", \.id, PersonID.schema, in: .path),
        Field("other", \.other, PersonID.schema, in: .path),
        Field("relation", \.relation, .oneOf, default: .family, note: "What the one is to the other."))
}

/// Who is to act for whom no more.
struct ActingForbidden: Described {
    var id: PersonID
    var other: PersonID

    static let schema = Schema.object(
        Self.init(id:other:),
        Field("id", \.id, PersonID.schema, in: .path),
        Field("other", \.other, PersonID.schema, in: .path))
}

extension PorticoAPI {
    func listActing(_ named: UserNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<User> {
        try tx.host { tables in try self.actedFor(named.id, tables) }
    }

    func allowActing(_ allowed: ActingAllowed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Page<User> {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            guard allowed.id != allowed.other else {
                throw Problem.invalid("other", .notAllowed, "must be another account")
            }
            // Acting for an account is to hold what is its own.
            try requireAuthority(of: principal, over: allowed.id, "acting.allowed", tables)
            try requireAuthority(of: principal, over: allowed.other, "acting.allowed", tables)
            try ActingFor.allow(
                allowed.id, for: allowed.other, as: allowed.relation.rawValue, origin, tables)
            return try actedFor(allowed.id, tables)
        }
    }

    func forbidActing(
        _ forbidden: ActingForbidden, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        try tx.host { tables, origin in
            guard try ActingFor.forbid(forbidden.id, for: forbidden.other, origin, tables) else {
                throw Problem.notFound
            }
            return NoContent()
        }
    }

    private func actedFor(_ id: PersonID, _ tables: some Queries) throws -> Page<User> {
        _ = try User.find(id, tables)
        let users = try ActingFor.accounts(by: id, tables).map { try User.find($0, tables) }
        return Page(users, PageNumbers(page: 1, limit: max(1, users.count), total: users.count))
    }
}
