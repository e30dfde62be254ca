import Database
import StoreAPI
import Testing

@Suite struct `A long read` {
    @Test func `goes on in slices, each with a fresh snapshot`() async throws {
        try await withFixture { fixture in
            let database = try fixture.database(hasOwnWriter: true)
            try await database.migrate(.visits, [.visits])
            for number in 0..<10 { try await database.addVisit("\(number)") }
            let handles = fixture.engine.openHandles
            let read = try await database.longRead(as: .visits, from: [0]) { session, seen in
                let next = try session.values(
                    "SELECT id FROM visits_visit WHERE id > \(seen.last ?? 0) ORDER BY id LIMIT 4", as: Int.self)
                if seen.count == 5 {
                    try database.writeAndWait(as: .visits) {
                        _ = try $0.run("INSERT INTO visits_visit (name) VALUES ('x')")
                    }
                }
                return next.isEmpty ? .done(seen) : .next(seen + next)
            }
            #expect(read == Array(0...11))
            #expect(fixture.engine.openHandles == handles)
        }
    }

    @Test func `that fails gives its connection back`() async throws {
        struct Stop: Error {}
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let handles = fixture.engine.openHandles
            await #expect(throws: Stop.self) {
                _ = try await database.longRead(as: .visits, from: 0) { _, _ in throw Stop() }
            }
            let denied = await kind {
                _ = try await database.longRead(as: .visits, from: 0) { session, _ in
                    .done(try session.value("SELECT count(*) FROM portico_audit", as: Int.self) ?? 0)
                }
            }
            #expect(denied == .denied)
            #expect(fixture.engine.openHandles == handles)
        }
    }

    @Test func `ends when the database is closed`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let begun = Flag()
            let reading = Task {
                try await database.longRead(as: .visits, from: 0) { session, count in
                    begun.raise()
                    _ = try session.values("SELECT id FROM visits_visit", as: Int.self)
                    return .next(count + 1)
                }
            }
            while !begun.isRaised { await Task.yield() }
            await database.close()
            let kind = await Result { try await reading.value }.kind
            #expect(kind == .closed)
            #expect(fixture.engine.openHandles == 0)
        }
    }
}

@Suite struct `A backup` {
    @Test func `is a database of its own, as of one moment`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            for number in 0..<50 { try await database.addVisit("\(number)") }
            let copy = fixture.folder + "/copy.sqlite"
            try await database.backup(to: copy)
            try await database.addVisit("later")
            let restored = try fixture.database("copy")
            #expect(try await restored.count("visits_visit", as: .visits) == 50)
            #expect(try await restored.migrate(.visits, [.visits]) == [])
            let again = await kind { try await database.backup(to: copy) }
            #expect(again == .misuse)
            let nowhere = await kind { try await database.backup(to: fixture.folder + "/none/copy.sqlite") }
            #expect(nowhere == .inputOutput)
        }
    }
}
