import Database
import StoreAPI
import Synchronization
import Testing

@Suite struct `A commit group` {
    private struct Stop: Error {}

    @Test func `commits its members at once and rolls back failing ones alone`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try await fixture.populated()
            let before = fixture.engine.metrics
            let results = try await fixture.inOneGroup(
                database,
                (0..<30).map { number in
                    {
                        try await database.write(as: .visits) { tx in
                            try tx.run("INSERT INTO visits_visit (id, name) VALUES (\(number), 'x')")
                            if number % 3 == 0 { throw Stop() }
                            if number % 3 == 1 {
                                try tx.run("INSERT INTO visits_visit (id, name) VALUES (\(number), 'y')")
                            }
                        }
                    }
                })
            for (number, result) in results.enumerated() {
                switch number % 3 {
                case 0: #expect(throws: Stop.self) { try result.get() }
                case 1: #expect(result.kind == .unique("visits_visit.id"))
                default: #expect(result.isSuccess)
                }
            }
            let after = fixture.engine.metrics
            #expect(after.groups == before.groups + 1)
            #expect(after.writes == before.writes + 11)
            #expect(try await database.count("visits_visit", as: .visits) == 10)
        }
    }

    @Test func `is no larger than configured`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
            $0.groupSize = 4
        } _: { fixture in
            let database = try await fixture.populated()
            let before = fixture.engine.metrics.groups
            let results = try await fixture.inOneGroup(
                database, (0..<11).map { _ in { try await database.addVisit("x") } })
            #expect(results.count { $0.isSuccess } == results.count)
            #expect(fixture.engine.metrics.groups == before + 3)
        }
    }

    @Test func `lost by its hook is run again member by member, once`() async throws {
        let calls = Mutex<[[Int]]>([])
        let runs = Atomic(0)
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try fixture.database { notes in
                let numbers = notes.compactMap { $0 as? Int }
                calls.withLock { $0.append(numbers) }
                if numbers.contains(3) { throw Stop() }
            }
            try await database.migrate(.visits, [.visits])
            let committed = Mutex<[Int]>([])
            let results = try await fixture.inOneGroup(
                database,
                (0..<5).map { number in
                    {
                        try await database.write(as: .visits) { tx in
                            runs.add(1, ordering: .relaxed)
                            try tx.run("INSERT INTO visits_visit (id, name) VALUES (\(number), 'x')")
                            tx.afterCommit { committed.withLock { $0.append(number) } }
                            if number != 1 { tx.note(number) }
                        }
                    }
                })
            #expect(results.map(\.isSuccess) == [true, true, true, false, true])
            #expect(throws: Stop.self) { try results[3].get() }
            #expect(calls.withLock { $0 } == [[0, 2, 3, 4], [0], [2], [3], [4]])
            #expect(runs.load(ordering: .relaxed) == 10)
            #expect(committed.withLock { $0 } == [0, 1, 2, 4])
            #expect(fixture.engine.metrics.groupsLost == 1)
            #expect(try await database.count("visits_visit", as: .visits) == 4)
        }
    }

    @Test func `tells its hook nothing of members that failed`() async throws {
        let calls = Mutex<[[Int]]>([])
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try fixture.database { notes in calls.withLock { $0.append(notes.compactMap { $0 as? Int }) }
            }
            let results = try await fixture.inOneGroup(
                database,
                (0..<4).map { number in
                    {
                        try await database.write(as: .visits) { tx in
                            tx.note(number)
                            if number % 2 == 0 { throw Stop() }
                        }
                    }
                })
            #expect(results.map(\.isSuccess) == [false, true, false, true])
            #expect(calls.withLock { $0 } == [[1, 3]])
        }
    }

    @Test func `can wait in its hook for a database with its own writer`() async throws {
        try await withFixture {
            $0.writerThreads = 1
        } _: { fixture in
            let index = try fixture.database("host", hasOwnWriter: true)
            try await index.migrate(.host, [.host])
            let tenants = try (0..<4).map { number in
                try fixture.database("tenant-\(number)") { notes in
                    try index.writeAndWait(as: .host) { tx in
                        for note in notes.compactMap({ $0 as? String }) {
                            try tx.run("INSERT INTO portico_audit (what) VALUES (\(note))")
                        }
                    }
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for tenant in tenants {
                    try await tenant.migrate(.visits, [.visits])
                    for number in 0..<10 {
                        group.addTask {
                            try await tenant.write(as: .visits) { tx in
                                try tx.run("INSERT INTO visits_visit (name) VALUES ('x')")
                                tx.note("\(number)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await index.count("portico_audit", as: .host) == 40)
            #expect(throws: StoreError.self) { try tenants[0].writeAndWait(as: .host) { _ in } }
        }
    }

    @Test func `lost by an interrupt costs only the member that took too long`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
            $0.writeTimeLimit = .milliseconds(100)
        } _: { fixture in
            let database = try await fixture.populated()
            let endless: SQL = """
                INSERT INTO visits_visit (name)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'x' FROM n
                """
            let results = try await fixture.inOneGroup(
                database,
                [
                    { try await database.addVisit("before") },
                    { try await database.write(as: .visits) { _ = try $0.run(endless) } },
                    {
                        // It swallows the interrupt, and must not go on outside a transaction.
                        try await database.write(as: .visits) { tx in
                            do { try tx.run(endless) } catch {}
                            do { try tx.run("INSERT INTO visits_visit (name) VALUES ('outside')") } catch {}
                        }
                    },
                    { try await database.addVisit("after") },
                ])
            #expect(results.map(\.isSuccess) == [true, false, false, true])
            #expect(results[1].kind == .interrupted)
            #expect(results[2].kind == .interrupted)
            #expect(fixture.engine.metrics.groupsLost >= 1)
            let names = try await database.read(slot: 0, as: .visits) {
                try $0.values("SELECT name FROM visits_visit ORDER BY id", as: String.self)
            }
            #expect(names == ["before", "after"])
        }
    }

    @Test func `with a full disk keeps what fits and refuses the rest`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try fixture.database(maximumBytes: 400_000)
            try await database.migrate(.visits, [.visits])
            let large = String(repeating: "x", count: 150_000)
            let results = try await fixture.inOneGroup(
                database,
                (0..<8).map { number in
                    { try await database.addVisit(number % 2 == 0 ? "small \(number)" : large + "\(number)") }
                })
            let stored = try await database.read(slot: 0, as: .visits) {
                Set(try $0.values("SELECT name FROM visits_visit", as: String.self))
            }
            for (number, result) in results.enumerated() {
                let name = number % 2 == 0 ? "small \(number)" : large + "\(number)"
                #expect(stored.contains(name) == result.isSuccess)
                if !result.isSuccess { #expect(result.kind == .full) }
            }
            #expect(results[1].isSuccess)
            #expect(results.contains { !$0.isSuccess })
            #expect(stored.count == results.count { $0.isSuccess })
        }
    }
}
