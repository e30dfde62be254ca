import StoreAPI
import Testing

@testable import Database

@Suite struct `The authorizer` {
    /// The rules about words come first; these are asked of the authorizer alone, so that both hold.
    @Test(arguments: [
        "BEGIN", "COMMIT", "SAVEPOINT a", "RELEASE portico_member", "ATTACH '/tmp/portico-hostile' AS b",
        "DETACH main", "PRAGMA foreign_keys = OFF", "PRAGMA user_version", "PRAGMA journal_mode = DELETE", "ANALYZE",
        "REINDEX visits_note_visit", "CREATE TABLE visits_a (id)", "CREATE TEMP TABLE visits_a (id)",
        "CREATE VIEW visits_a AS SELECT 1", "CREATE TEMP VIEW visits_a AS SELECT 1",
        "CREATE TRIGGER visits_a AFTER INSERT ON visits_visit BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER visits_a AFTER INSERT ON portico_audit BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE visits_a USING fts5(x)", "DROP TABLE visits_visit", "DROP INDEX visits_note_visit",
        "ALTER TABLE visits_visit RENAME TO visits_b", "SELECT * FROM sqlite_schema",
        "SELECT count(*) FROM sqlite_schema",
        "UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_schema", "INSERT INTO sqlite_schema DEFAULT VALUES",
        "SELECT * FROM pragma_user_version", "SELECT name FROM pragma_table_info('portico_audit')",
        "SELECT count(*) FROM pragma_database_list", "SELECT count(*) FROM pragma_function_list",
        "SELECT count(*) FROM sqlite_stmt", "SELECT * FROM sqlite_temp_schema",
    ])
    func `refuses by itself`(sql: String) async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let writer = try database.file.open(.writer)
            defer { writer.close() }
            try writer.run(.beginMember)
            for mode in [Permit.Mode.reading, .writing] {
                let permit = Permit(mode: mode, prefix: Owner.visits.prefixBytes)
                #expect(throws: StoreError.self, "\(sql)") {
                    let statement = try Statement(sql, owner: .visits, permit: permit, isCached: false, on: writer)
                    while try statement.step() {}
                }
            }
            #expect(!writer.isIdle)
        }
    }

    @Test func `asks again after a change of the schema`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let connection = try database.file.open(.writer)
            defer { connection.close() }
            let permit = Permit(mode: .reading, prefix: Owner.visits.prefixBytes)
            let statement = try Statement(
                "WITH recent AS (SELECT * FROM visits_visit) SELECT count(*) FROM recent", owner: .visits,
                permit: permit,
                isCached: true, on: connection)
            #expect(try statement.step())
            statement.reset()
            try connection.execute(internal: "CREATE TABLE visits_more (id)")
            #expect(try statement.step())
            statement.reset()
            // The same statement under a permit for other tables: SQLite prepares it again, and it is refused.
            try connection.execute(internal: "CREATE TABLE visits_still_more (id)")
            let code = connection.step(
                statement.handle, permit: Permit(mode: .reading, prefix: Owner.cases.prefixBytes))
            #expect(connection.error(code).kind == .denied)
        }
    }
}

@Suite struct `The words of SQL` {
    @Test func `are told apart from strings, names and comments`() {
        var tokens = SQLTokens("SELECT 'it''s', \"A\"\"b\", [c d], `e` -- COMMIT\n/* ROLLBACK */ FROM x1 WHERE a=:b;")
        var all: [SQLTokens.Token] = []
        while let token = tokens.next() { all.append(token) }
        let comma = SQLTokens.Token.symbol(UInt8(ascii: ","))
        #expect(
            all == [
                .word("select"), .quoted("it''s"), comma, .quoted("a\"\"b"), comma, .quoted("c d"), comma, .quoted("e"),
                .word("from"), .word("x1"), .word("where"), .word("a"), .symbol(UInt8(ascii: "=")),
                .symbol(UInt8(ascii: ":")), .word("b"), .symbol(UInt8(ascii: ";")),
            ])
    }

    @Test(arguments: ["'open", "\"open", "[open", "`open", "/* open", "-- open", "", "'", "/*", "/", "-", "'''"])
    func `may end anywhere`(text: String) {
        var tokens = SQLTokens(text)
        var count = 0
        while tokens.next() != nil { count += 1 }
        #expect(count <= 1)
    }

    @Test func `hide nothing behind a NUL`() {
        #expect(throws: StoreError.self) { try StatementRules.check("SELECT 1\0; COMMIT") }
    }
}

@Suite struct `An owner` {
    @Test func `has its id without hyphens as prefix`() throws {
        #expect(try Owner(plugin: "sales-tasks").prefix == "salestasks_")
        #expect(Owner.host.prefix == "portico_")
    }

    @Test(arguments: [
        "", "a_b", "Visits", "1a", "-a", "a-", "a--b", "portico", "sqlite", "json", "pragma", "é", "a b", "a.b",
        "por-tico",
        String(repeating: "a", count: 41),
    ])
    func `needs a sound id`(id: String) {
        #expect(throws: StoreError.self) { try Owner(plugin: id) }
    }
}
