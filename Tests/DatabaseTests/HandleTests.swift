import StoreAPI
import Testing

@testable import Database

@Suite struct `Open handles` {
    @Test func `stay within the budget while many databases are used at once`() async throws {
        try await withFixture {
            $0.handleBudget = 6
            $0.readerSlots = 3
        } _: { fixture in
            let databases = try (0..<20).map { try fixture.database("tenant-\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in databases { group.addTask { try await database.migrate(.visits, [.visits]) } }
                try await group.waitForAll()
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for slot in 0..<3 {
                    for database in databases {
                        group.addTask {
                            for round in 0..<10 {
                                try await database.addVisit("\(slot)-\(round)")
                                let found = try await database.read(slot: slot, as: .visits) {
                                    try $0.value("SELECT count(*) FROM visits_visit", as: Int.self) ?? 0
                                }
                                #expect(found > round)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for database in databases { #expect(try await database.count("visits_visit", as: .visits) == 30) }
            let metrics = fixture.engine.metrics
            #expect(metrics.handlesEvicted > 0)
            #expect(metrics.openHandles <= 6)
            #expect(metrics.openHandles == databases.map(\.openHandles).reduce(0, +))
        }
    }

    @Test func `are closed in the order of their last use`() async throws {
        try await withFixture {
            $0.handleBudget = 3
        } _: { fixture in
            let databases = try (0..<4).map { try fixture.database("tenant-\($0)") }
            for database in databases[0..<3] { try await database.openReader(slot: 0) }
            _ = try await databases[0].read(slot: 0, as: .visits) { try $0.value("SELECT 1", as: Int.self) }
            try await databases[3].openReader(slot: 0)
            #expect(databases.map(\.openHandles) == [1, 0, 1, 1])
            try await databases[1].openReader(slot: 0)
            #expect(databases.map(\.openHandles) == [1, 1, 0, 1])
        }
    }

    @Test func `are not closed while in use`() async throws {
        try await withFixture {
            $0.handleBudget = 1
        } _: { fixture in
            let first = try fixture.database("first", hasOwnWriter: true)
            let second = try fixture.database("second", hasOwnWriter: true)
            try await first.migrate(.visits, [.visits])
            try await second.migrate(.visits, [.visits])
            try await first.openReader(slot: 0)
            let counted = try first.readNow(slot: 0, as: .visits) { session in
                _ = try session.values("SELECT id FROM visits_visit", as: Int.self)
                try second.writeAndWait(as: .visits) { _ = try $0.run("INSERT INTO visits_visit (name) VALUES ('x')") }
                return try session.value("SELECT count(*) FROM visits_visit", as: Int.self)
            }
            #expect(counted == 0)
            #expect(fixture.engine.openHandles == 2)
            try await second.openReader(slot: 0)
            #expect(fixture.engine.openHandles == 1)
        }
    }

    @Test func `of a slot are one, and never opened on the caller's thread`() async throws {
        try await withFixture {
            $0.readerSlots = 2
        } _: { fixture in
            let database = try await fixture.populated()
            #expect(try database.readNow(slot: 0, as: .visits) { _ in 1 } == nil)
            try await database.openReader(slot: 0)
            try await database.openReader(slot: 0)
            #expect(try database.readNow(slot: 0, as: .visits) { _ in 1 } == 1)
            #expect(try database.readNow(slot: 1, as: .visits) { _ in 1 } == nil)
            let handles = database.openHandles
            // In use by an outer read, the slot has nothing to lend.
            let inner = try database.readNow(slot: 0, as: .visits) { _ in
                try database.readNow(slot: 0, as: .visits) { _ in 1 } == nil
            }
            #expect(inner == true)
            #expect(database.openHandles == handles)
            #expect(throws: StoreError.self) { try database.readNow(slot: 2, as: .visits) { _ in 1 } }
            await #expect(throws: StoreError.self) { try await database.openReader(slot: -1) }
        }
    }

    @Test func `of one slot serve readers one after the other`() async throws {
        try await withFixture {
            $0.readerSlots = 1
        } _: { fixture in
            let database = try await fixture.populated()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 {
                    group.addTask { @concurrent in
                        try await database.read(slot: 0, as: .visits) {
                            try $0.values("SELECT id FROM visits_visit", as: Int.self).count
                        }
                    }
                }
                for try await count in group { #expect(count == 0) }
            }
            #expect(database.openHandles == 2)
        }
    }

    @Test func `are all closed at the end, and nothing is left in the log`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.addVisit("x")
            try await database.openReader(slot: 0)
            try await database.openReader(slot: 1)
            #expect(namesOfFiles(in: fixture.folder).contains("tenant.sqlite-wal"))
            async let first: Void = database.close()
            async let second: Void = database.close()
            _ = await (first, second)
            #expect(fixture.engine.openHandles == 0)
            #expect(namesOfFiles(in: fixture.folder) == ["tenant.sqlite"])
            for attempt in 0..<3 {
                let kind = await kind {
                    switch attempt {
                    case 0: try await database.addVisit("late")
                    case 1: _ = try await database.count("visits_visit", as: .visits)
                    default: try await database.openReader(slot: 0)
                    }
                }
                #expect(kind == .closed)
            }
            let again = try fixture.database()
            #expect(again !== database)
            #expect(try await again.count("visits_visit", as: .visits) == 1)
        }
    }

    @Test func `wait for what was admitted before they are closed`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
        } _: { fixture in
            let database = try await fixture.populated()
            let closing = Flag()
            let results = try await fixture.inOneGroup(
                database, (0..<10).map { number in { try await database.addVisit("\(number)") } }
            ) {
                Task {
                    closing.raise()
                    await database.close()
                }
                while !closing.isRaised || database.isOpen { await Task.yield() }
            }
            #expect(results.count { $0.isSuccess } == 10)
            await database.close()
            #expect(try await fixture.database().count("visits_visit", as: .visits) == 10)
        }
    }

    @Test func `keep a bounded number of prepared statements`() async throws {
        try await withFixture {
            $0.cachedStatements = 8
        } _: { fixture in
            let database = try await fixture.populated()
            let connection = try database.file.open(.writer)
            defer { connection.close() }
            for number in 0..<50 {
                let sql = SQL(stringLiteral: "SELECT \(number)")
                let statement = try connection.start(sql, as: .visits, mode: .reading)
                #expect(try statement.step())
                connection.finish(statement)
                #expect(connection.cachedStatements <= 8)
            }
            // One that is asked for all the time stays, others leave.
            let usual: SQL = "SELECT 'usual'"
            let first = try connection.start(usual, as: .visits, mode: .reading)
            connection.finish(first)
            for number in 0..<20 {
                connection.finish(
                    try connection.start(SQL(stringLiteral: "SELECT -\(number)"), as: .visits, mode: .reading))
                let again = try connection.start(usual, as: .visits, mode: .reading)
                #expect(again === first)
                connection.finish(again)
            }
            // Another owner's statement of the same text is another one.
            let other = try connection.start(usual, as: .cases, mode: .reading)
            #expect(other !== first)
            connection.finish(other)
            // All in use at once: they work, and only as many as fit are kept.
            let lent = try (0..<12).map { _ in try connection.start(usual, as: .visits, mode: .reading) }
            for statement in lent { #expect(try statement.step()) }
            for statement in lent { connection.finish(statement) }
            #expect(connection.cachedStatements <= 8)
        }
    }

    @Test func `of readers that rest keep no statements, and read on`() async throws {
        try await withFixture {
            $0.idleTime = .milliseconds(1)
        } _: { fixture in
            let database = try await fixture.populated()
            for round in 1...3 {
                try await database.addVisit("x")
                #expect(try await database.count("visits_visit", as: .visits) == round)
                let place = database.readers[0]
                var kept = 1
                while kept > 0 {
                    await Task.yield()
                    guard case .connection(let connection) = place.take() else { continue }
                    kept = connection.cachedStatements
                    place.putBack(connection)
                }
            }
        }
    }
}
