import PluginAPI
import PluginTestKit
import Testing

/// A plugin with a box of each customer's own, and a list of them for staff.
struct Boxes: Plugin {
    static let see = Permission("read:boxes", "See boxes")
    static let fill = Permission("write:boxes", "Fill boxes")
    static let manifest = Manifest<Self>(
        id: "boxes", summary: "Boxes.", dialect: .clinic, prefixes: ["/boxes", "/box"], permissions: [see, fill],
        roles: [
            Role("customer", "", needs: .any, allows: [.init(see, .own), .init(fill, .own)]),
            Role("STAFF", "", needs: .any, allows: [.init(see, .tenant)]),
        ],
        migrations: [
            Migration("001", "CREATE TABLE boxes_box (id TEXT PRIMARY KEY, person_id TEXT NOT NULL) STRICT")
        ],
        routes: [
            .get("/boxes", .reading(Self.list), needs: .listing(see)),
            .get("/boxes/all", .reading(Self.all), needs: .permission(see)),
            .get("/boxes/{id}", .reading(Self.box), needs: .permission(see, of: Self.subject)),
            .post("/boxes", .transactional(Self.add), needs: .own(fill)),
            .get("/box/accounts", .reading(Self.accounts), needs: .member),
            .get("/box/forgotten", .reading(Self.forgotten), needs: .listing(see)),
            .put("/box/forgotten", .transactional(Self.forgottenToo), needs: .own(fill)),
        ])
    init(settings: Nothing, services: Services) {}

    struct Box: Described, Record {
        var id: String
        var owner: PersonID
        static let schema = Schema.object(
            Self.init(id:owner:), Field("id", \.id, .string(1...60)), Field("owner", \.owner, PersonID.schema))
        init(id: String, owner: PersonID) { (self.id, self.owner) = (id, owner) }
        init(row: borrowing Row) throws(StoreError) {
            id = try row.get("id")
            owner = try row.get("person_id")
        }
    }
    struct Named: Described {
        var id: String
        static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...60), in: .path))
    }

    func list(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Box] {
        try tx.all("SELECT * FROM boxes_box WHERE" + (call.reach?.condition(owner: "person_id") ?? "1 = 0"))
    }
    func all(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Box] {
        try tx.all("SELECT * FROM boxes_box")
    }
    func box(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Box {
        try tx.one("SELECT * FROM boxes_box WHERE id = \(named.id)")
    }
    func subject(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let owner: PersonID? = try tx.value("SELECT person_id FROM boxes_box WHERE id = \(named.id)")
        return owner.map { Subject("box", id: named.id, owner: $0) }
    }
    func add(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> Box {
        let box = Box(id: tx.newID("box"), owner: call.caller.id)
        try tx.run("INSERT INTO boxes_box (id, person_id) VALUES (\(box.id), \(box.owner))")
        try tx.audit(AuditEntry("box.added", on: Subject("box", id: box.id, owner: box.owner)))
        return box
    }
    func accounts(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [PersonID] {
        try tx.accounts(actedForBy: call.caller.principal.person)
    }
    func forgotten(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Box] {
        try tx.all("SELECT * FROM boxes_box")
    }
    func forgottenToo(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> [Box] {
        try tx.run("DELETE FROM boxes_box")
        return []
    }
}

@Suite struct `The reach of a permission` {
    @Test func `is kept by the host where a handler forgets it`() async throws {
        try await withPlugin(Boxes.self) { portal in
            let ann = PluginTestKit.Caller.person(try await portal.person(email: "ann@a.example", roles: ["customer"]))
            let staff = PluginTestKit.Caller.person(try await portal.person(email: "s@a.example", roles: ["STAFF"]))
            #expect(await portal.send("POST", "/boxes", as: ann).status == 201)
            for caller in [ann, staff] {
                let withheld = await portal.send("GET", "/box/forgotten", as: caller)
                #expect(withheld.status == 500 && !withheld.text.contains("box_"))
            }
            #expect(await portal.send("PUT", "/box/forgotten", as: ann).status == 500)
            #expect(portal.faults.contains { $0.contains("ReachForgotten") })
            // What a handler did that forgot it is undone.
            #expect(await portal.send("GET", "/boxes", as: ann).body.elements.count == 1)
        }
    }

    @Test func `over the whole tenant is for those alone who have it there`() async throws {
        try await withPlugin(Boxes.self) { portal in
            let ann = PluginTestKit.Caller.person(try await portal.person(email: "ann@a.example", roles: ["customer"]))
            let staff = PluginTestKit.Caller.person(try await portal.person(email: "s@a.example", roles: ["STAFF"]))
            #expect(await portal.send("GET", "/boxes/all", as: ann).status == 403)
            #expect(await portal.send("GET", "/boxes/all", as: staff).status == 200)
        }
    }
}

@Suite struct `Acting for another account` {
    /// A parent, a child and a stranger, all customers, and who runs the portal.
    private static func withFamily(
        _ body: (Portal, (id: PersonID, caller: PluginTestKit.Caller), PersonID, PersonID, PluginTestKit.Caller)
            async throws -> Void
    ) async throws {
        try await withPlugin(Boxes.self) { portal in
            let parent = try await portal.person(email: "parent@a.example", roles: ["customer", "STAFF"])
            let child = try await portal.person(email: "child@a.example", roles: ["customer"])
            let stranger = try await portal.person(email: "stranger@a.example", roles: ["customer"])
            let admin = PluginTestKit.Caller.person(
                try await portal.person(email: "admin@a.example", roles: ["admin"]), by: ["pwd"])
            let allowed = await portal.send(
                "PUT", "/_portico/v1/users/\(parent.rawValue)/acting-for/\(child.rawValue)",
                ["relation": "family"], as: admin)
            #expect(allowed.status == 200)
            // One who is staff too, so that it shows that staff's reach does not come along.
            try await body(portal, (parent, .person(parent, by: ["pwd"])), child, stranger, admin)
        }
    }

    private static func acting(_ person: PersonID) -> [String: String] { ["X-Acting-For": person.rawValue] }

    @Test func `sees and makes what is that account's own, with both names in the log`() async throws {
        try await Self.withFamily { portal, parent, child, _, _ in
            let made = await portal.send("POST", "/boxes", as: parent.caller, headers: Self.acting(child))
            #expect(made.status == 201 && made.body["owner"]?.string == child.rawValue)
            let theirs = await portal.send(
                "GET", "/boxes", as: .person(child, by: ["pwd"]))
            #expect(theirs.body.elements.count == 1)
            let listed = await portal.send("GET", "/boxes", as: parent.caller, headers: Self.acting(child))
            #expect(listed.body == theirs.body)
            let entry = try #require(await portal.audit.first { $0.action == "box.added" })
            #expect(entry.person == parent.id && entry.onBehalfOf == child)
            let accounts = await portal.send("GET", "/box/accounts", as: parent.caller)
            #expect(accounts.body == [.string(child.rawValue)])
        }
    }

    @Test func `brings nothing that a role of staff allows`() async throws {
        try await Self.withFamily { portal, parent, child, stranger, _ in
            let other = await portal.send("POST", "/boxes", as: .person(stranger, by: ["pwd"]))
            let path = "/boxes/\(other.body["id"]?.string ?? "")"
            #expect(await portal.send("GET", path, as: parent.caller).status == 200)
            #expect(await portal.send("GET", path, as: parent.caller, headers: Self.acting(child)).status == 404)
            #expect(await portal.send("GET", "/boxes/all", as: parent.caller).status == 200)
            #expect(
                await portal.send("GET", "/boxes/all", as: parent.caller, headers: Self.acting(child)).status == 403)
        }
    }

    @Test func `is refused for everybody else's, for no one's, and at once when it is taken back`() async throws {
        try await Self.withFamily { portal, parent, child, stranger, admin in
            for other in [stranger.rawValue, "usr_nobody", "", "'"] {
                let refused = await portal.send("GET", "/boxes", as: parent.caller, headers: ["X-Acting-For": other])
                #expect(refused.status == 403, "\(other)")
            }
            // Not the other way round, and not at the account itself.
            let up = await portal.send(
                "GET", "/boxes", as: .person(child, by: ["pwd"]), headers: Self.acting(parent.id))
            #expect(up.status == 403)
            let me = await portal.send("GET", "/_portico/v1/me", as: parent.caller, headers: Self.acting(child))
            #expect(me.status == 403)
            // Oneself is nobody else.
            let own = await portal.send("GET", "/boxes", as: parent.caller, headers: Self.acting(parent.id))
            #expect(own.status == 200)
            let path = "/_portico/v1/users/\(parent.id.rawValue)/acting-for/\(child.rawValue)"
            #expect(await portal.send("DELETE", path, as: admin).status == 204)
            #expect(await portal.send("DELETE", path, as: admin).status == 404)
            let late = await portal.send("GET", "/boxes", as: parent.caller, headers: Self.acting(child))
            #expect(late.status == 403)
            let denied = await portal.audit.filter { $0.action == "access.denied" }
            #expect(denied.contains { $0.details.text.contains(stranger.rawValue) })
        }
    }

    @Test func `an account that is suspended nobody acts for`() async throws {
        try await Self.withFamily { portal, parent, child, _, admin in
            #expect(await portal.send("POST", "/_portico/v1/users/\(child.rawValue)/suspend", as: admin).status == 200)
            let late = await portal.send("GET", "/boxes", as: parent.caller, headers: Self.acting(child))
            #expect(late.status == 403)
        }
    }

    @Test func `the same Idempotency-Key for two accounts makes two things`() async throws {
        try await Self.withFamily { portal, parent, child, _, _ in
            let key = ["Idempotency-Key": "k1"]
            let mine = await portal.send("POST", "/boxes", as: parent.caller, headers: key)
            let theirs = await portal.send(
                "POST", "/boxes", as: parent.caller, headers: key.merging(Self.acting(child)) { a, _ in a })
            #expect(mine.body["owner"]?.string == parent.id.rawValue)
            #expect(theirs.body["owner"]?.string == child.rawValue)
        }
    }
}
