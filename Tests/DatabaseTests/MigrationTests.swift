import Database
import StoreAPI
import Testing

@Suite struct `Migrations` {
    private let first = MigrationStep(id: "1", sql: "CREATE TABLE visits_a (id INTEGER PRIMARY KEY)")
    private let second = MigrationStep(id: "2", sql: "CREATE TABLE visits_b (id INTEGER PRIMARY KEY, x TEXT)")
    private let third = MigrationStep(
        id: "3", sql: "INSERT INTO visits_b (x) VALUES ('a; b'); /* ; */ DROP TABLE visits_a;")

    @Test func `are applied once, in order, for each owner`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database()
            #expect(try await database.migrate(.visits, []) == [])
            #expect(try await database.migrate(.visits, [first]) == ["1"])
            #expect(
                try await database.migrate(.cases, [MigrationStep(id: "1", sql: "CREATE TABLE cases_a (id)")]) == ["1"])
            #expect(try await database.migrate(.visits, [first, second, third]) == ["2", "3"])
            #expect(try await database.migrate(.visits, [first, second, third]) == [])
            let recorded = try await database.read(slot: 0, as: .host) {
                try $0.values("SELECT owner || id FROM portico_migration ORDER BY rowid", as: String.self)
            }
            #expect(recorded == ["visits1", "cases1", "visits2", "visits3"])
            #expect(try await database.count("visits_b WHERE x = 'a; b'", as: .visits) == 1)
        }
    }

    @Test func `that have changed, are missing or moved are named`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database()
            try await database.migrate(.visits, [first, second])
            let lists: [([MigrationStep], String, MigrationError.Reason)] = [
                ([first, MigrationStep(id: "2", sql: second.sql + " ")], "2", .changed),
                ([first], "2", .missing),
                ([second], "1", .missing),
                ([second, first], "1", .missing),
                ([first, third, second], "2", .missing),
                ([first, second, third, third], "3", .duplicate),
            ]
            for (list, id, reason) in lists {
                do {
                    try await database.migrate(.visits, list)
                    Issue.record("\(list.map(\.id)) was accepted")
                } catch let error as MigrationError {
                    #expect(error.id == id)
                    #expect(error.reason == reason)
                    #expect(error.owner == "visits")
                }
            }
            #expect(try await database.migrate(.visits, [first, second]) == [])
        }
    }

    @Test func `that fail leave the old version`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database()
            let broken = MigrationStep(id: "3", sql: "CREATE TABLE visits_c (id); INSERT INTO visits_none VALUES (1)")
            do {
                try await database.migrate(.visits, [first, second, broken])
                Issue.record("a broken step was accepted")
            } catch let error as MigrationError {
                #expect(error.id == "3")
                #expect(error.reason == .failed)
                #expect(error.message.contains("visits_none"))
            }
            #expect(try await database.count("visits_b", as: .visits) == 0)
            let missing = await kind { _ = try await database.count("visits_c", as: .visits) }
            #expect(missing == .misuse)
            #expect(try await database.migrate(.visits, [first, second, third]) == ["3"])
        }
    }

    @Test func `are seen by connections that were open before`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database()
            try await database.migrate(.visits, [first, second])
            try await database.write(as: .visits) { _ = try $0.run("INSERT INTO visits_b (x) VALUES ('x')") }
            struct Wide: Record {
                let y: Int
                init(row: borrowing Row) throws(StoreError) { y = try row.get("y") }
            }
            let sql: SQL = "SELECT * FROM visits_b"
            _ = try await database.read(slot: 0, as: .visits) { try $0.values(sql, as: Int.self) }
            let add = MigrationStep(id: "3", sql: "ALTER TABLE visits_b ADD COLUMN y INTEGER NOT NULL DEFAULT 7")
            try await database.migrate(.visits, [first, second, add])
            let wide = try await database.read(slot: 0, as: .visits) { try $0.one(sql, as: Wide.self) }
            #expect(wide.y == 7)
        }
    }

    @Test func `may rebuild a table others point to, and lose no rows`() async throws {
        let parents = MigrationStep(
            id: "1",
            sql: """
                CREATE TABLE visits_parent (id INTEGER PRIMARY KEY, name TEXT);
                CREATE TABLE visits_child (
                    id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES visits_parent(id) ON DELETE CASCADE);
                INSERT INTO visits_parent VALUES (1, 'a');
                INSERT INTO visits_child VALUES (1, 1);
                """)
        let rebuild = MigrationStep(
            id: "2",
            sql: """
                CREATE TABLE visits_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                INSERT INTO visits_new SELECT * FROM visits_parent;
                DROP TABLE visits_parent;
                ALTER TABLE visits_new RENAME TO visits_parent;
                """)
        try await withFixture { fixture in
            let database = try fixture.database()
            try await database.migrate(.visits, [parents, rebuild])
            #expect(try await database.count("visits_child", as: .visits) == 1)
            // And afterwards keys are enforced again.
            let orphan = await kind {
                try await database.write(as: .visits) { _ = try $0.run("INSERT INTO visits_child VALUES (2, 9)") }
            }
            #expect(orphan == .constraint("FOREIGN KEY constraint failed"))
            try await database.write(as: .visits) { _ = try $0.run("DELETE FROM visits_parent") }
            #expect(try await database.count("visits_child", as: .visits) == 0)
        }
    }

    @Test func `of many databases run beside writes`() async throws {
        try await withFixture { fixture in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    let database = try fixture.database("tenant-\(number)")
                    group.addTask {
                        try await database.migrate(.visits, [.visits])
                        async let more = database.migrate(
                            .visits, [.visits, MigrationStep(id: "2", sql: "CREATE TABLE visits_more (id)")])
                        async let writes: Void = {
                            for round in 0..<20 { try await database.addVisit("\(round)") }
                        }()
                        #expect(try await more == ["2"])
                        try await writes
                        #expect(try await database.count("visits_visit", as: .visits) == 20)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
