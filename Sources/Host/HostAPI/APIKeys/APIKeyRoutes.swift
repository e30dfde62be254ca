import PluginAPI

extension Route<PorticoAPI> {
    static let listAPIKeys = Route.get(
        PorticoAPI.base + "/api-keys", .reading(PorticoAPI.listAPIKeys), needs: .member,
        "One's API keys that were not revoked, the newest in front.")
    static let addAPIKey = Route.post(
        PorticoAPI.base + "/api-keys", .transactional(PorticoAPI.addAPIKey), needs: .member,
        "Makes an API key. Its text is in this answer and nowhere else.")
    static let getAPIKey = Route.get(
        PorticoAPI.base + "/api-keys/{id}", .reading(PorticoAPI.getAPIKey), needs: .member, "One of one's API keys.")
    static let rotateAPIKey = Route.post(
        PorticoAPI.base + "/api-keys/{id}/rotate", .transactional(PorticoAPI.rotateAPIKey), needs: .member, status: 200,
        "Gives an API key another text; the one until now stays good for some hours.")
    static let revokeAPIKey = Route.delete(
        PorticoAPI.base + "/api-keys/{id}", .transactional(PorticoAPI.revokeAPIKey), needs: .member,
        "Ends an API key at once: one's own, or anybody's for those who change users.")
}

extension PorticoAPI {
    func listAPIKeys(
        _ asked: OwnListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<APIKeyShown> {
        let person = call.caller.id
        _ = try call.caller.principal.interactive()
        return try tx.host { tables in
            let found = try APIKeyTable.list(of: person, page: asked.page, limit: asked.limit, tables)
            return Page(
                found.keys.map { APIKeyShown($0) },
                PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
        }
    }

    func getAPIKey(
        _ named: APIKeyNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> APIKeyShown {
        let person = call.caller.id
        _ = try call.caller.principal.interactive()
        return try tx.host { tables in
            guard let key = try APIKeyTable.find(named.id, tables), key.person == person, key.revokedAt == nil else {
                throw Problem.notFound
            }
            return APIKeyShown(key)
        }
    }

    func addAPIKey(_ asked: APIKeyAsked, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> APIKeyShown {
        let principal = call.caller.principal
        let session = try principal.interactive()
        return try tx.host { tables, origin in
            // What the creator holds in every plugin, as the account says in this very transaction.
            let creator = SessionFacts(
                person: principal.person, session: session, methods: principal.methods,
                held: try Roles.held(by: principal.person, tables),
                plan: try Plans.plan(of: principal.person, tables) ?? .free, definitions: host.definitions)
            let new = APIKeys.New(
                name: asked.name, scopes: asked.scopes, expiresAt: asked.expiresAt, addresses: asked.addresses)
            let made = try APIKeys.create(new, by: creator, origin, tables)
            return APIKeyShown(made.key, text: made.text)
        }
    }

    func rotateAPIKey(
        _ rotating: APIKeyRotating, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> APIKeyShown {
        let person = call.caller.id
        _ = try call.caller.principal.interactive()
        return try tx.host { tables, origin in
            let made = try APIKeys.rotate(
                rotating.id, of: person, overlapHours: rotating.overlapHours, origin, tables)
            return APIKeyShown(made.key, text: made.text)
        }
    }

    func revokeAPIKey(_ named: APIKeyNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let (principal, person) = (call.caller.principal, call.caller.id)
        _ = try principal.interactive()
        let isAnybodys = principal.reach(of: .writeUsers) == .tenant
        return try tx.host { tables, origin in
            try APIKeys.revoke(named.id, of: isAnybodys ? nil : person, origin, tables)
            return NoContent()
        }
    }
}
