import Database
import Glibc
import StoreAPI
import Testing

@Suite struct `Limits` {
    @Test func `end a read that takes too long`() async throws {
        try await withFixture {
            $0.readTimeLimit = .milliseconds(50)
        } _: { fixture in
            let database = try await fixture.populated()
            let endless: SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            for _ in 0..<2 {
                let kind = await kind {
                    _ = try await database.read(slot: 0, as: .visits) { session in
                        _ = try session.values("SELECT id FROM visits_visit", as: Int.self)
                        return try session.value(endless, as: Int.self)
                    }
                }
                #expect(kind == .interrupted)
            }
            #expect(fixture.engine.metrics.interruptions == 2)
            #expect(try await database.count("visits_visit", as: .visits) == 0)
        }
    }

    @Test func `hold for rows and statements of one write, swallowed or not`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let budget = WriteBudget(rows: 10, statements: 5)
            let ten: SQL = """
                INSERT INTO visits_visit (name)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT 'x' FROM n
                """
            try await database.write(as: .visits, budget: budget) { _ = try $0.run(ten) }
            let rows = await kind {
                try await database.write(as: .visits, budget: budget) { tx in
                    try tx.run(ten)
                    do { try tx.run("INSERT INTO visits_visit (name) VALUES ('x')") } catch {}
                }
            }
            #expect(rows == .overBudget)
            let statements = await kind {
                try await database.write(as: .visits, budget: budget) { tx in
                    for _ in 0..<6 { do { try tx.run("SELECT 1") } catch {} }
                }
            }
            #expect(statements == .overBudget)
            #expect(try await database.count("visits_visit", as: .visits) == 10)
        }
    }

    @Test func `refuse writes above the queue's bound, and the others are written`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
            $0.waitingWritesPerDatabase = 5
        } _: { fixture in
            let database = try await fixture.populated()
            let results = try await fixture.inOneGroup(
                database, (0..<5).map { number in { try await database.addVisit("\(number)") } }
            ) {
                let sixth = await kind { try await database.addVisit("sixth") }
                #expect(sixth == .overloaded)
            }
            #expect(results.count { $0.isSuccess } == results.count)
            #expect(fixture.engine.metrics.writesRefused == 1)
            #expect(fixture.engine.metrics.waitingWrites == 0)
            #expect(try await database.count("visits_visit", as: .visits) == 5)
        }
    }

    @Test func `of file descriptors are raised, or refused with what is needed`() throws {
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        var configuration = DatabaseConfiguration()
        configuration.handleBudget = 100_000_000
        #expect(DatabaseEngine.fileDescriptorBudget(for: configuration) > 200_000_000)
        do {
            _ = try DatabaseEngine(configuration)
            Issue.record("no system allows that many")
        } catch {
            #expect(error.kind == .misuse)
            #expect(error.message.contains("\(DatabaseEngine.fileDescriptorBudget(for: configuration))"))
        }
    }
}
