import Database
import StoreAPI
import Testing

@Suite struct `An owner's schema` {
    @Test(arguments: [
        "CREATE TABLE portico_more (id)",
        "CREATE TABLE more (id)",
        "CREATE TABLE visitsmore (id)",
        "CREATE TABLE visits_a (id); CREATE TABLE cases_more (id)",
        "CREATE TABLE sqlite_more (id)",
        "CREATE TEMP TABLE visits_temp (id)",
        "CREATE TABLE temp.visits_temp (id)",
        "CREATE INDEX visits_index ON portico_audit(what)",
        "CREATE INDEX portico_index ON visits_visit(name)",
        "CREATE TRIGGER visits_spy AFTER INSERT ON portico_audit BEGIN SELECT 1; END",
        "CREATE TRIGGER visits_spy AFTER INSERT ON visits_visit BEGIN INSERT INTO portico_audit (what) VALUES ('x'); END",
        "CREATE TRIGGER visits_spy AFTER UPDATE OF phone ON visits_visit BEGIN DELETE FROM cases_case; END",
        "CREATE TRIGGER visits_spy BEFORE DELETE ON visits_visit BEGIN SELECT count(*) FROM portico_audit; END",
        "CREATE TRIGGER visits_stop BEFORE INSERT ON visits_visit BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
        "CREATE TEMP TRIGGER visits_spy AFTER INSERT ON visits_visit BEGIN SELECT 1; END",
        "CREATE VIEW visits_view AS SELECT * FROM portico_audit",
        "CREATE VIEW visits_view AS SELECT count(*) FROM cases_case",
        "CREATE VIEW portico_view AS SELECT 1",
        "CREATE TABLE visits_child (id INTEGER REFERENCES portico_audit(id))",
        "CREATE TABLE visits_child (id INTEGER REFERENCES visits_visit(id) DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TABLE visits_unique (id INTEGER UNIQUE ON CONFLICT ROLLBACK)",
        "ALTER TABLE visits_visit RENAME TO portico_visit",
        "ALTER TABLE visits_visit RENAME TO visit",
        "ALTER TABLE portico_audit RENAME TO visits_audit",
        "ALTER TABLE portico_audit ADD COLUMN more TEXT",
        "DROP TABLE portico_audit",
        "DROP TABLE portico_migration",
        "DELETE FROM portico_migration",
        "CREATE VIRTUAL TABLE visits_tree USING rtree(id, a, b)",
        "CREATE VIRTUAL TABLE visits_words USING fts4(text)",
        "CREATE VIRTUAL TABLE visits_vocabulary USING fts5vocab('main', 'visits_note', 'row')",
        "CREATE VIRTUAL TABLE portico_words USING fts5(text)",
        "CREATE TABLE visits_copy AS SELECT * FROM portico_audit",
        "INSERT INTO visits_visit (name) SELECT sql FROM sqlite_schema",
        "INSERT INTO visits_visit (name) SELECT name FROM 'sqlite_master'",
        "INSERT INTO visits_visit (name) SELECT name FROM pragma_table_info('portico_audit')",
        "PRAGMA foreign_keys = ON",
        "CREATE TABLE visits_a (id); COMMIT",
        "SAVEPOINT a",
        "ATTACH '/tmp/portico-hostile' AS other",
        "VACUUM",
        "INSERT INTO visits_note (visit, text) VALUES (99, 'an orphan')",
        "CREATE TABLE visits_a (id TEXT DEFAULT (randomblob(16)), b AS (sqlite_version()))",
        "INSERT INTO visits_visit (name) VALUES (",
        "nonsense",
    ])
    func `stays under its prefix`(sql: String) async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let before = try await Self.objects(of: database)
            await #expect(throws: MigrationError.self, "\(sql)") {
                try await database.migrate(.visits, [.visits, MigrationStep(id: "2-hostile", sql: sql)])
            }
            #expect(try await Self.objects(of: database) == before)
            #expect(try await database.migrate(.visits, [.visits]) == [])
            try await database.addVisit("still works")
        }
    }

    @Test func `may be all that is needed`() async throws {
        let sql = """
            CREATE TABLE visits_room (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE,
                kind TEXT GENERATED ALWAYS AS (lower(name)) VIRTUAL, made TEXT DEFAULT CURRENT_TIMESTAMP);
            CREATE UNIQUE INDEX visits_room_kind ON visits_room(kind, lower(name)) WHERE name <> '';
            CREATE VIEW visits_rooms AS SELECT name, count(*) AS n FROM visits_room GROUP BY name;
            CREATE TABLE visits_log (id INTEGER PRIMARY KEY, text TEXT) STRICT;
            CREATE TRIGGER visits_room_added AFTER INSERT ON visits_room BEGIN
                INSERT INTO visits_log (text) VALUES (new.name);
            END;
            CREATE TRIGGER visits_room_named BEFORE INSERT ON visits_room WHEN new.name = 'bad' BEGIN
                SELECT RAISE(ABORT, 'room refused');
            END;
            CREATE TRIGGER visits_rooms_insert INSTEAD OF INSERT ON visits_rooms BEGIN
                INSERT INTO visits_room (name) VALUES (new.name);
            END;
            CREATE VIRTUAL TABLE visits_search USING fts5(text, content='visits_log', content_rowid='id');
            INSERT INTO visits_room (name) VALUES ('Blue'), ('Red');
            ALTER TABLE visits_log RENAME TO visits_journal;
            ALTER TABLE visits_journal RENAME COLUMN text TO entry;
            ALTER TABLE visits_journal ADD COLUMN size INTEGER NOT NULL DEFAULT 1 CHECK (size > 0);
            ALTER TABLE visits_journal DROP COLUMN size;
            CREATE TABLE visits_old (id INTEGER PRIMARY KEY); DROP TABLE visits_old;
            DROP INDEX visits_room_kind;
            """
        try await withFixture { fixture in
            let database = try await fixture.populated()
            #expect(try await database.migrate(.visits, [.visits, MigrationStep(id: "2", sql: sql)]) == ["2"])
            try await database.write(as: .visits) { tx in
                try tx.run("INSERT INTO visits_room (name) VALUES ('Green')")
                try tx.run("INSERT INTO visits_rooms (name) VALUES ('Pink')")
            }
            #expect(try await database.count("visits_journal", as: .visits) == 4)
            let refused = await kind {
                try await database.write(as: .visits) {
                    _ = try $0.run("INSERT INTO visits_room (name) VALUES ('bad')")
                }
            }
            #expect(refused == .refused("room refused"))
        }
    }

    @Test func `includes full-text search, in commit groups too`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try await fixture.populated()
            try await database.migrate(
                .visits, [.visits, MigrationStep(id: "2", sql: "CREATE VIRTUAL TABLE visits_words USING fts5(text)")])
            struct Stop: Error {}
            let results = try await fixture.inOneGroup(
                database,
                (0..<20).map { number in
                    {
                        try await database.write(as: .visits) { tx in
                            try tx.run("INSERT INTO visits_words (text) VALUES (\("word number\(number)"))")
                            if number % 2 == 1 { throw Stop() }
                        }
                    }
                })
            #expect(results.count { $0.isSuccess } == 10)
            let found = try await database.read(slot: 0, as: .visits) {
                try $0.values(
                    """
                    SELECT highlight(visits_words, 0, '<', '>') FROM visits_words
                    WHERE visits_words MATCH \("number4 OR number5") ORDER BY bm25(visits_words)
                    """, as: String.self)
            }
            #expect(found == ["word <number4>"])
            try await database.write(as: .visits) { tx in
                try tx.run("UPDATE visits_words SET text = 'changed' WHERE visits_words MATCH 'number4'")
                try tx.run("INSERT INTO visits_words(visits_words) VALUES ('optimize')")
            }
            #expect(try await database.count("visits_words WHERE visits_words MATCH 'changed'", as: .visits) == 1)
            for sql: SQL in ["DELETE FROM visits_words_data", "UPDATE visits_words_content SET c0 = 'x'"] {
                let kind = await kind { try await database.write(as: .visits) { _ = try $0.run(sql) } }
                #expect(kind != nil, "\(sql.text)")
            }
            let other = await kind { _ = try await database.count("visits_words", as: .cases) }
            #expect(other == .denied)
        }
    }

    @Test func `a full-text table over another owner's rows finds nothing of them`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.write(as: .host) { _ = try $0.run("INSERT INTO portico_audit (what) VALUES ('secret')") }
            let step = MigrationStep(
                id: "2",
                sql: "CREATE VIRTUAL TABLE visits_spy USING fts5(what, content='portico_audit', content_rowid='id')")
            do { try await database.migrate(.visits, [.visits, step]) } catch is MigrationError { return }
            let read = await kind {
                try await database.read(slot: 0, as: .visits) {
                    try $0.forEach("SELECT what FROM visits_spy") { _ throws(StoreError) in }
                }
            }
            #expect(read != nil)
            let rebuild = await kind {
                try await database.write(as: .visits) {
                    _ = try $0.run("INSERT INTO visits_spy(visits_spy) VALUES ('rebuild')")
                }
            }
            #expect(rebuild != nil)
        }
    }

    /// What the schema holds, seen by a copy that is opened as another engine's host.
    private static func objects(of database: Database) async throws -> Int {
        try await database.read(slot: 0, as: .visits) { session in
            try session.values("SELECT count(*) FROM visits_visit", as: Int.self)[0]
                + session.values("SELECT count(*) FROM visits_note", as: Int.self)[0]
        }
    }
}
