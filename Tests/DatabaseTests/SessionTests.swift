import Database
import StoreAPI
import Testing

@Suite struct `A session` {
    @Test func `ends with its closure`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            var kept: ReadSession?
            _ = try await database.read(slot: 0, as: .visits) { (session: ReadSession) throws in
                kept = session
                return try session.value("SELECT 1", as: Int.self)
            }
            let session = try #require(kept)
            #expect(throws: StoreError(.closed, "the session has ended")) {
                try session.values("SELECT 1", as: Int.self)
            }
            #expect(throws: StoreError(.closed, "the session has ended")) {
                try session.value("SELECT 1", as: Int.self)
            }
        }
    }

    @Test func `of a write ends with its closure`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let result = try await database.write(as: .visits) { tx in
                let holder = Holder(tx)
                return holder.later
            }
            // The closure runs here, on another thread than the writer's, when the writer is done with the session.
            #expect(result() == .closed)
        }
    }

    /// Smuggles a session out, as nobody should.
    private final class Holder: @unchecked Sendable {  // proof: the test uses it after the writer is done with it
        private let session: WriteSession
        init(_ session: WriteSession) { self.session = session }
        func later() -> StoreError.Kind? {
            do throws(StoreError) { try session.run("SELECT 1") } catch { return error.kind }
            return nil
        }
    }

    @Test func `of a read sees one snapshot, however it begins`() async throws {
        let beginnings: [(ReadSession) throws -> Int?] = [
            { try $0.value("SELECT count(*) FROM visits_visit") },
            { try $0.value("SELECT id FROM visits_visit WHERE id = -1") },
            { try $0.values("SELECT id FROM visits_visit", as: Int.self).count },
            { try $0.first("SELECT * FROM visits_visit", as: Visit.self)?.id },
        ]
        try await withFixture { fixture in
            let database = try fixture.database(hasOwnWriter: true)
            try await database.migrate(.visits, [.visits])
            for begin in beginnings {
                try await database.openReader(slot: 0)
                let before = try await database.count("visits_visit", as: .visits)
                let counts = try database.readNow(slot: 0, as: .visits) { session in
                    _ = try begin(session)
                    try database.writeAndWait(as: .visits) {
                        _ = try $0.run("INSERT INTO visits_visit (name) VALUES ('x')")
                    }
                    return [
                        try session.value("SELECT count(*) FROM visits_visit", as: Int.self),
                        try session.value("SELECT count(*) FROM visits_visit", as: Int.self),
                    ]
                }
                #expect(counts == [before, before])
                #expect(try await database.count("visits_visit", as: .visits) == before + 1)
            }
        }
    }

    @Test func `runs statements inside statements, of the same text too`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            for name in ["a", "b", "c"] { try await database.addVisit(name) }
            let pairs = try await database.read(slot: 0, as: .visits) { (session: ReadSession) throws in
                var pairs: [String] = []
                try session.forEach("SELECT name FROM visits_visit ORDER BY id") { row throws(StoreError) in
                    let first: String = try row.get(at: 0)
                    try session.forEach("SELECT name FROM visits_visit ORDER BY id") { row throws(StoreError) in
                        pairs.append(first + (try row.get(at: 0)))
                    }
                }
                return pairs
            }
            #expect(pairs == ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"])
        }
    }

    @Test func `says what it changed`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.addVisit("other")
            try await database.write(as: .visits) { (tx: WriteSession) throws in
                #expect(tx.lastInsertedRowID == 0)
                #expect(try tx.run("INSERT INTO visits_visit (id, name) VALUES (7, 'a'), (8, 'b')") == 2)
                #expect(tx.lastInsertedRowID == 8)
                #expect(try tx.run("UPDATE visits_visit SET name = 'c'") == 3)
                #expect(try tx.run("DELETE FROM visits_visit WHERE id = 99") == 0)
                #expect(tx.changes == 5)
            }
        }
    }

    @Test func `checks foreign keys of a row it reads back`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let kind = await kind {
                try await database.write(as: .visits) { tx in
                    _ = try tx.value(
                        "INSERT INTO visits_note (visit, text) VALUES (99, 'x') RETURNING id", as: Int.self)
                }
            }
            #expect(kind == .constraint("FOREIGN KEY constraint failed"))
            #expect(try await database.count("visits_note", as: .visits) == 0)
        }
    }

    @Test func `reads every kind of value it was given`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.read(slot: 0, as: .visits) { (session: ReadSession) throws in
                let text = "Åse\0🙂"
                #expect(try session.value("SELECT \(text)", as: String.self) == text)
                #expect(try session.value("SELECT \("")", as: String.self) == "")
                #expect(try session.value("SELECT \(Int.min)", as: Int.self) == .min)
                #expect(try session.value("SELECT \(1.5)", as: Double.self) == 1.5)
                #expect(try session.value("SELECT \([1, 2, 0] as [UInt8])", as: [UInt8].self) == [1, 2, 0])
                #expect(try session.value("SELECT \([] as [UInt8])", as: [UInt8].self) == [])
                #expect(try session.value("SELECT \(true)", as: Bool.self) == true)
                #expect(try session.value("SELECT \(nil as Int?)", as: Int?.self) == .some(nil))
                #expect(throws: StoreError.self) { try session.value("SELECT 'x'", as: Int.self) }
                #expect(throws: StoreError.self) { try session.one("SELECT 1 WHERE 0", as: Visit.self) }
                #expect(throws: StoreError.self) { try session.one("SELECT 1 AS id", as: Visit.self) }
            }
        }
    }
}
