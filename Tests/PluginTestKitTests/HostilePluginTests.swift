import PluginTestKit
import Testing

@Suite struct `A hostile plugin` {
    /// What it tries, against everybody it shares a process with.
    static let deeds = [
        // The host's tables.
        "SELECT count(*) FROM portico_person", "UPDATE portico_person SET given_name = 'x'",
        "DELETE FROM portico_audit", "INSERT INTO portico_person_role VALUES ('p', 'neighbour', 'KEEPER', '')",
        "SELECT wrapped FROM portico_key", "INSERT INTO hostile_row (text) SELECT given_name FROM portico_person",
        "SELECT (SELECT count(*) FROM portico_session)", "SELECT * FROM main.portico_person",
        // Another plugin's, and the statement that plugin has just run on this very connection.
        "SELECT * FROM neighbour_note", "DELETE FROM neighbour_note", "UPDATE neighbour_note SET text = 'x'",
        "INSERT INTO neighbour_note (text) VALUES ('x')", "SELECT text FROM neighbour_note ORDER BY id",
        "WITH n AS (SELECT * FROM neighbour_note) DELETE FROM hostile_row WHERE id IN (SELECT id FROM n)",
        // Another tenant's file, and files at all.
        "ATTACH DATABASE '../other/tenant.sqlite' AS other", "ATTACH ':memory:' AS other", "DETACH main",
        "VACUUM INTO '/tmp/stolen.sqlite'", "VACUUM", "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/x', 'x')", "SELECT load_extension('x')",
        // The database itself.
        "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = OFF", "PRAGMA writable_schema = 1",
        "PRAGMA table_info(portico_person)", "PRAGMA user_version = 7", "PRAGMA foreign_keys = OFF",
        "PRAGMA defer_foreign_keys = ON", "PRAGMA wal_checkpoint(TRUNCATE)", "SELECT * FROM pragma_table_list",
        "SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema", "DELETE FROM sqlite_master",
        "SELECT * FROM sqlite_sequence", "SELECT * FROM dbstat", "ANALYZE", "REINDEX",
        // Shadows and other tables.
        "CREATE TEMP TABLE neighbour_note (x)", "CREATE TEMP TABLE portico_person (x)",
        "CREATE TEMP VIEW hostile_view AS SELECT * FROM portico_person",
        "CREATE TEMP TRIGGER hostile_t AFTER INSERT ON hostile_row BEGIN DELETE FROM hostile_row; END",
        "SELECT * FROM temp.sqlite_master", "CREATE TABLE hostile_more (x)", "CREATE TABLE neighbour_more (x)",
        "DROP TABLE hostile_row", "DROP TABLE neighbour_note", "ALTER TABLE hostile_row RENAME TO neighbour_row",
        "CREATE INDEX hostile_i ON neighbour_note (text)", "CREATE VIRTUAL TABLE hostile_f USING fts5(x)",
        // The transaction.
        "COMMIT", "END", "ROLLBACK", "BEGIN", "SAVEPOINT mine", "RELEASE portico_member",
        "ROLLBACK TO portico_member", "INSERT OR ROLLBACK INTO hostile_row (id) VALUES (1)",
        "REPLACE INTO hostile_row (id) VALUES (1); COMMIT", "SELECT 1; DELETE FROM neighbour_note",
        "UPDATE OR ROLLBACK hostile_row SET id = 1",
    ]

    @Test func `reaches nothing that is not its own, in a write`() async throws {
        try await withStage { portal in
            for deed in Self.deeds {
                let answer = await portal.send("POST", "/hostile/dare", ["sql": .string(deed)])
                let outcome = answer.body["data"]?["text"]?.string ?? "\(answer.status)"
                #expect(["denied", "misuse"].contains(outcome), "\(deed): \(outcome)")
            }
        }
    }

    @Test func `reaches nothing that is not its own, in a read`() async throws {
        try await withStage { portal in
            let own = ["DELETE FROM hostile_row", "INSERT INTO hostile_row (text) VALUES ('x')"]
            for deed in Self.deeds + own {
                let answer = await portal.send("GET", "/hostile/read?sql=" + escaped(deed))
                let outcome = answer.body["data"]?["text"]?.string ?? "\(answer.status)"
                #expect(["denied", "misuse"].contains(outcome), "\(deed): \(outcome)")
            }
        }
    }

    @Test func `reaches what is its own`() async throws {
        try await withStage { portal in
            let deed = "INSERT INTO hostile_row (id, text) VALUES (7, 'mine')"
            #expect(
                await portal.send("POST", "/hostile/dare", ["sql": .string(deed)]).body["data"]?["text"] == "ran: 1")
            let read = await portal.send(
                "GET", "/hostile/read?sql=" + escaped("SELECT * FROM hostile_row WHERE id = 7"))
            #expect(read.body["data"]?["text"] == "ran: 1")
            let done = await portal.send("POST", "/hostile/write", ["sql": "DELETE FROM hostile_row"])
            #expect(done.status == 201)
        }
    }

    @Test func `leaves nothing behind when it fails, and tells the client nothing`() async throws {
        try await withStage { portal in
            for deed in Self.deeds {
                let answer = await portal.send("POST", "/hostile/write", ["sql": .string(deed)])
                #expect(answer.status == 500, "\(deed)")
                #expect(answer.code == "INTERNAL_SERVER_ERROR")
                #expect(!answer.text.contains("neighbour") && !answer.text.contains("portico_"))
            }
            #expect(await portal.send("GET", "/hostile/rows").body["data"] == [])
            #expect(portal.faults.count == Self.deeds.count)
        }
    }

    @Test func `does no harm to those it shares a commit with`() async throws {
        try await withStage { portal in
            let statuses = await withTaskGroup(of: (isHostile: Bool, status: Int).self) { group in
                for (number, deed) in Self.deeds.enumerated() {
                    group.addTask {
                        (true, await portal.send("POST", "/hostile/write", ["sql": .string(deed)]).status)
                    }
                    group.addTask {
                        (false, await portal.send("POST", "/notes", ["sql": .string("note \(number)")]).status)
                    }
                }
                return await group.reduce(into: [(isHostile: Bool, status: Int)]()) { $0.append($1) }
            }
            #expect(statuses.filter(\.isHostile).allSatisfy { $0.status == 500 })
            #expect(statuses.filter { !$0.isHostile }.allSatisfy { $0.status == 201 })
            let notes =
                await portal.send("GET", "/notes").body["data"]?.elements.compactMap { $0["text"]?.string } ?? []
            #expect(Set(notes) == Set(["kept"] + Self.deeds.indices.map { "note \($0)" }))
            #expect(notes.count == Self.deeds.count + 1)
            #expect(await portal.send("GET", "/hostile/rows").body["data"] == [])
        }
    }

    @Test(arguments: ["grant", "publish", "notify", "schedule"])
    func `does nothing in another's name`(_ act: String) async throws {
        try await withStage { portal in
            let answer = await portal.send("POST", "/hostile/act", ["sql": .string(act)])
            #expect(answer.status == 500)
            #expect(await portal.send("GET", "/hostile/rows").body["data"] == [])
            await portal.work()
            let (events, outbox, jobs) = (await portal.events, await portal.outbox, await portal.jobs)
            #expect(events.isEmpty && outbox.messages.isEmpty && jobs.isEmpty)
        }
    }

    /// Runs both plugins in two tenants, each with a person and a note, and looks afterwards whether all is as it was.
    private func withStage(_ body: (Portal) async throws -> Void) async throws {
        try await withPlugins([Hostile.self, Neighbour.self], tenants: ["test", "other"]) { portal in
            for each in [portal, portal.at("other")] {
                _ = try await each.person(givenName: "Ada", roles: ["KEEPER"])
                #expect(await each.send("POST", "/notes", ["sql": "kept"]).status == 201)
                // The neighbour's statements are now kept by both connections.
                #expect(await each.send("GET", "/notes").status == 200)
            }
            let audit = await portal.audit.count
            try await body(portal)
            let auditAfter = await portal.audit.count
            #expect(auditAfter == audit)
            for each in [portal, portal.at("other")] {
                #expect(await each.send("GET", "/notes").body["data"]?[0]?["text"] == "kept")
                #expect(await each.send("POST", "/notes", ["sql": "more"]).status == 201)
            }
            #expect(await portal.at("other").send("GET", "/hostile/rows").body["data"] == [])
        }
    }
}

/// A text as a value of a query.
private func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { $0 += "%" + ($1 < 16 ? "0" : "") + String($1, radix: 16) }
}
