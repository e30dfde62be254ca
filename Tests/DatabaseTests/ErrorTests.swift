import Database
import StoreAPI
import Testing

@Suite struct `Errors` {
    @Test func `say what failed`() async throws {
        let cases: [(SQL, StoreError.Kind)] = [
            ("INSERT INTO visits_visit (name, phone) VALUES ('b', '1')", .unique("visits_visit.phone")),
            ("INSERT INTO visits_visit (id, name) VALUES (1, 'b')", .unique("visits_visit.id")),
            ("INSERT INTO visits_pair VALUES (1, 2)", .unique("visits_pair.a, visits_pair.b")),
            ("INSERT INTO visits_visit (name, age) VALUES ('b', -1)", .constraint("age >= 0")),
            ("INSERT INTO visits_visit (phone) VALUES ('2')", .constraint("visits_visit.name")),
            ("INSERT INTO visits_note (visit, text) VALUES (9, 'x')", .constraint("FOREIGN KEY constraint failed")),
            ("DELETE FROM visits_visit", .constraint("FOREIGN KEY constraint failed")),
            (
                "INSERT INTO visits_visit (name, age) VALUES ('b', 'x')",
                .constraint("cannot store TEXT value in INTEGER column visits_visit.age")
            ),
            ("INSERT INTO visits_visit (name) VALUES ('forbidden')", .refused("this name is forbidden")),
            ("SELECT * FROM visits_none", .misuse),
            ("SELEKT", .denied),
            ("SELECT nothing FROM visits_visit", .misuse),
            ("", .misuse),
            ("-- nothing", .misuse),
            ("SELECT ?", .misuse),
            ("SELECT * FROM visits_words WHERE visits_words MATCH '\"secret'", .misuse),
        ]
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let step = MigrationStep(
                id: "2",
                sql: """
                    CREATE TABLE visits_pair (a, b, UNIQUE (a, b));
                    CREATE VIRTUAL TABLE visits_words USING fts5(text);
                    CREATE TRIGGER visits_forbid BEFORE INSERT ON visits_visit WHEN new.name = 'forbidden' BEGIN
                        SELECT RAISE(ABORT, 'this name is forbidden');
                    END;
                    """)
            try await database.migrate(.visits, [.visits, step])
            try await database.write(as: .visits) { tx in
                try tx.run("INSERT INTO visits_visit (id, name, phone) VALUES (1, 'a', '1')")
                try tx.run("INSERT INTO visits_note (visit, text) VALUES (1, 'x')")
                try tx.run("INSERT INTO visits_pair VALUES (1, 2)")
            }
            for (sql, expected) in cases {
                do {
                    try await database.write(as: .visits) { _ = try $0.run(sql) }
                    Issue.record("\(sql.text) was accepted")
                } catch let error as StoreError {
                    #expect(error.kind == expected, "\(sql.text)")
                    #expect(!error.message.contains("secret"))
                }
            }
        }
    }

    @Test func `of a file that is no database are told`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database("broken")
            try writeFile(database.path, Array(repeating: 0x41, count: 8_192))
            let read = await kind { _ = try await database.count("visits_visit", as: .visits) }
            #expect(read == .inputOutput)
            let write = await kind { try await database.addVisit("x") }
            #expect(write == .inputOutput)
            let nowhere = try fixture.engine.database(at: fixture.folder + "/none/x.sqlite", sealer: MirrorSealer())
            let missing = await kind { try await nowhere.addVisit("x") }
            #expect(missing == .inputOutput)
            #expect(fixture.engine.openHandles == 0)
        }
    }
}
