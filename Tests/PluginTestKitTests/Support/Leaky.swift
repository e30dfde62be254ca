import PluginAPI

/// A plugin that shows people what is not theirs, in each of the ways in which a handler can.
struct Leaky: Plugin {
    static let see = Permission("read:drawers", "See drawers")
    static let manifest = Manifest<Self>(
        id: "leaky", summary: "Keeps drawers, and keeps none shut.", dialect: .clinic, prefixes: ["/drawers"],
        permissions: [see],
        roles: [Role("customer", "", needs: .any, allows: [.init(see, .own)])],
        migrations: [
            Migration("001", "CREATE TABLE leaky_drawer (id TEXT PRIMARY KEY, person_id TEXT NOT NULL) STRICT")
        ],
        routes: [
            .post("/drawers", .transactional(Self.add), needs: .own(see)),
            .get("/drawers", .reading(Self.all), needs: .listing(see)),
            .get("/drawers/mine", .reading(Self.all), needs: .own(see)),
            .get("/drawers/{id}", .reading(Self.drawer), needs: .permission(see, of: Self.misjudged)),
            .get("/drawers/{id}/label", .reading(Self.label), needs: .member),
            .get("/drawers/{id}/key", .reading(Self.key), needs: .member),
        ])

    init(settings: Nothing, services: Services) {}

    func add(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> Seen {
        let id = tx.newID("drw")
        try tx.run("INSERT INTO leaky_drawer (id, person_id) VALUES (\(id), \(call.caller.id))")
        return Seen(text: id)
    }

    /// Forgets whom it answers.
    func all(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Seen] {
        try tx.values("SELECT id FROM leaky_drawer", as: String.self).map { Seen(text: $0) }
    }

    func drawer(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Seen {
        Seen(text: named.id)
    }

    /// Takes whoever made the newest drawer for the owner of all; good enough for who tries it alone.
    func misjudged(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let people = try tx.values("SELECT person_id FROM leaky_drawer ORDER BY rowid DESC", as: PersonID.self)
        return people.first.map { Subject("drawer", id: named.id, owner: $0) }
    }

    /// Asks who calls and makes nothing of it.
    func label(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Seen {
        _ = call.caller.id
        return Seen(text: named.id)
    }

    /// Does not even ask.
    func key(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Seen {
        Seen(text: named.id)
    }
}
