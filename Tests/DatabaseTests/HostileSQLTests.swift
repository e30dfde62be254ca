import Database
import StoreAPI
import Testing

/// What a plugin must not get through, in a read, in a write, or both.
private let hostile: [SQL] = [
    // Another owner's tables and the host's
    "SELECT * FROM portico_audit",
    "SELECT count(*) FROM portico_audit",
    "SELECT count(*) FROM PORTICO_AUDIT",
    "SELECT count(*) FROM \"portico_audit\"",
    "SELECT count(*) FROM main.portico_audit",
    "SELECT 1 FROM portico_audit, visits_visit",
    "SELECT rowid FROM portico_audit",
    "SELECT title FROM cases_case",
    "SELECT (SELECT count(*) FROM cases_case)",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM cases_case)",
    "SELECT 1 FROM visits_visit UNION SELECT id FROM cases_case",
    "WITH visits_visit AS (SELECT * FROM portico_audit) SELECT * FROM visits_visit",
    "WITH x AS (SELECT count(*) AS n FROM portico_audit) SELECT n FROM x",
    "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT id FROM portico_audit) SELECT n FROM x",
    "SELECT * FROM portico_migration",
    "INSERT INTO portico_audit (what) VALUES ('x')",
    "INSERT INTO visits_visit (name) SELECT what FROM portico_audit",
    "INSERT INTO visits_visit (name) VALUES ('x') RETURNING (SELECT count(*) FROM portico_audit)",
    "UPDATE portico_audit SET what = 'x'",
    "UPDATE visits_visit SET name = what FROM portico_audit",
    "UPDATE visits_visit SET name = (SELECT title FROM cases_case)",
    "DELETE FROM portico_audit",
    "DELETE FROM visits_visit WHERE id IN (SELECT id FROM cases_case)",
    "REPLACE INTO cases_case (id, title) VALUES (1, 'x')",
    // The schema and SQLite's own tables
    "SELECT * FROM sqlite_master",
    "SELECT * FROM sqlite_schema",
    "SELECT count(*) FROM sqlite_schema",
    "SELECT count(*) FROM sqlite_temp_schema",
    "SELECT * FROM main.sqlite_master",
    "UPDATE sqlite_schema SET sql = ''",
    "SELECT * FROM sqlite_sequence",
    "SELECT * FROM sqlite_stmt",
    "SELECT * FROM dbstat",
    "SELECT count(*) FROM dbstat",
    "SELECT * FROM pragma_table_info('portico_audit')",
    "SELECT count(*) FROM pragma_database_list",
    "SELECT * FROM temp.visits_visit",
    // What is no reading or writing of rows
    "ATTACH DATABASE '/tmp/portico-hostile' AS other",
    "DETACH DATABASE main",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA data_version",
    "VACUUM",
    "VACUUM INTO '/tmp/portico-hostile'",
    "ANALYZE",
    "REINDEX",
    "EXPLAIN PRAGMA foreign_keys",
    "EXPLAIN SELECT * FROM portico_audit",
    // Transaction control
    "BEGIN",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT portico_member",
    "RELEASE portico_member",
    "ROLLBACK TO portico_member",
    "/* x */ COMMIT",
    "-- x\n COMMIT",
    ";COMMIT",
    "INSERT OR ROLLBACK INTO visits_visit (name) VALUES ('x')",
    "UPDATE OR /**/ rollback visits_visit SET name = 'x'",
    "SELECT raise(rollback, 'x')",
    "INSERT INTO visits_visit (name) VALUES ('x') ON CONFLICT DO UPDATE SET name = RAISE(ROLLBACK, 'x')",
    // The schema may change only in migrations
    "CREATE TABLE visits_more (id)",
    "CREATE TABLE IF NOT EXISTS visits_visit (id)",
    "CREATE TEMP TABLE visits_visit (id)",
    "CREATE TEMPORARY VIEW visits_visit AS SELECT 1",
    "CREATE TEMP TRIGGER visits_x AFTER INSERT ON portico_audit BEGIN SELECT 1; END",
    "CREATE VIEW visits_view AS SELECT * FROM portico_audit",
    "CREATE INDEX visits_index ON visits_visit(name)",
    "CREATE VIRTUAL TABLE visits_fts USING fts5(x)",
    "CREATE VIRTUAL TABLE temp.visits_stat USING dbstat(main)",
    "DROP TABLE visits_visit",
    "DROP TABLE portico_audit",
    "DROP INDEX visits_note_visit",
    "ALTER TABLE visits_visit RENAME TO portico_visit",
    "ALTER TABLE visits_visit ADD COLUMN x",
    // Functions off the list
    "SELECT load_extension('x.so')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT fts5(1)",
    "SELECT randomblob(1000000000)",
    "SELECT zeroblob(1000000000)",
    "SELECT sqlite_version()",
    "SELECT sqlite_compileoption_get(1)",
    "SELECT last_insert_rowid()",
    "SELECT total_changes()",
    "SELECT writefile('/tmp/portico-hostile', 'x')",
    "SELECT edit('x')",
    // More than one statement
    "SELECT 1; COMMIT",
    "SELECT 1; SELECT 2",
    "INSERT INTO visits_visit (name) VALUES ('x'); DROP TABLE visits_visit",
    // Strings in double quotes are names, and there is no such column
    "SELECT \"hello\"",
]

@Suite struct `Hostile SQL` {
    @Test func `is refused in reads`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            for sql in hostile {
                let kind = await kind {
                    try await database.read(slot: 0, as: .visits) { try $0.forEach(sql) { _ throws(StoreError) in } }
                }
                #expect(kind == .denied || kind == .misuse, "\(sql.text) → \(String(describing: kind))")
            }
            #expect(try await database.count("visits_visit", as: .visits) == 0)
        }
    }

    @Test func `is refused in writes, and neighbours in the same group are unharmed`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try await fixture.populated()
            var neighbours = 0
            for start in stride(from: 0, to: hostile.count, by: 25) {
                let part = hostile[start..<min(start + 25, hostile.count)]
                let before = fixture.engine.metrics.groups
                let results = try await fixture.inOneGroup(
                    database,
                    part.flatMap { sql -> [@Sendable () async throws -> Void] in
                        [
                            { try await database.addVisit("neighbour") },
                            {
                                try await database.write(as: .visits) { tx in
                                    try tx.run("INSERT INTO visits_visit (name) VALUES ('intruder')")
                                    try tx.run(sql)
                                }
                            },
                        ]
                    })
                #expect(fixture.engine.metrics.groups == before + 1)
                #expect(fixture.engine.metrics.groupsLost == 0)
                for (index, sql) in part.enumerated() {
                    #expect(results[2 * index].isSuccess)
                    let kind = results[2 * index + 1].kind
                    #expect(kind == .denied || kind == .misuse, "\(sql.text) → \(String(describing: kind))")
                    neighbours += 1
                }
            }
            #expect(try await database.count("visits_visit WHERE name = 'neighbour'", as: .visits) == neighbours)
            #expect(try await database.count("visits_visit WHERE name = 'intruder'", as: .visits) == 0)
            #expect(try await database.count("portico_audit", as: .host) == 0)
        }
    }

    @Test func `a writer that swallows the refusal keeps only what was allowed`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.write(as: .visits) { tx in
                for sql in hostile { do { try tx.run(sql) } catch {} }
                try tx.run("INSERT INTO visits_visit (name) VALUES ('allowed')")
            }
            #expect(try await database.count("visits_visit", as: .visits) == 1)
            #expect(try await database.count("portico_audit", as: .host) == 0)
        }
    }

    @Test func `a statement prepared for one owner does not serve another`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let sql: SQL = "SELECT count(*) FROM cases_case"
            for _ in 0..<3 {
                let count = try await database.read(slot: 0, as: .cases) { try $0.value(sql, as: Int.self) }
                #expect(count == 0)
                let refused = await kind {
                    _ = try await database.read(slot: 0, as: .visits) { try $0.value(sql, as: Int.self) }
                }
                #expect(refused == .denied)
            }
        }
    }

    @Test func `a reader does not write`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let refused = await kind {
                try await database.read(slot: 0, as: .visits) {
                    try $0.forEach("INSERT INTO visits_visit (name) VALUES ('x')") { _ throws(StoreError) in }
                }
            }
            #expect(refused == .denied)
        }
    }

    @Test func `what is needed is allowed`() async throws {
        let allowed: [SQL] = [
            "WITH recent AS (SELECT * FROM visits_visit) SELECT count(*) FROM recent",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n",
            "SELECT count(*) FROM visits_visit",
            "SELECT count(*) FROM (SELECT name FROM visits_visit GROUP BY name)",
            "SELECT value FROM json_each('[1,2]')",
            "SELECT count(*) FROM json_each('[1,2]')",
            "SELECT json_object('a', 1) ->> 'a'",
            "SELECT row_number() OVER (ORDER BY id) FROM visits_visit",
            "SELECT strftime('%Y', 'now'), upper('x'), abs(-1), coalesce(NULL, 1)",
            "SELECT * FROM visits_visit WHERE name LIKE 'a%' AND phone GLOB '*'",
            "VALUES (1), (2)",
            "EXPLAIN QUERY PLAN SELECT * FROM visits_visit",
            "INSERT INTO visits_visit (name) VALUES ('x') RETURNING id",
            "INSERT INTO visits_visit (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            "INSERT OR IGNORE INTO visits_visit (id, name) VALUES (1, 'x')",
            "REPLACE INTO visits_visit (id, name) VALUES (1, 'y')",
            "UPDATE visits_visit SET name = n.name FROM (SELECT 'z' AS name) AS n",
            "DELETE FROM visits_visit WHERE name = 'commit; rollback'",
            "SELECT 'ROLLBACK', \"name\" AS \"rollback\" FROM visits_visit; -- the end",
            "DELETE FROM visits_note",
        ]
        try await withFixture { fixture in
            let database = try await fixture.populated()
            for sql in allowed {
                await #expect(throws: Never.self, "\(sql.text)") {
                    try await database.write(as: .visits) { _ = try $0.run(sql) }
                }
            }
        }
    }
}
