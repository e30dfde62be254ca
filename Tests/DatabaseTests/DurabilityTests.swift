import Database
import StoreAPI
import Testing

@Suite struct `What was acknowledged` {
    /// The files are copied while the process works, as a kill at that moment would leave them.
    @Test func `survives the process, and what was not does not`() async throws {
        try await withFixture {
            $0.groupTime = .seconds(600)
            $0.idleTime = .seconds(600)
        } _: { fixture in
            let database = try await fixture.populated()
            for number in 0..<20 { try await database.addVisit("acknowledged \(number)") }
            _ = try await fixture.inOneGroup(
                database, [{ try await database.addVisit("not yet acknowledged") }]
            ) {
                do {
                    for suffix in ["", "-wal"] {
                        try writeFile(
                            fixture.folder + "/killed.sqlite" + suffix,
                            try readFile(fixture.folder + "/tenant.sqlite" + suffix))
                    }
                } catch {
                    Issue.record(error)
                }
            }
            let survivor = try fixture.database("killed")
            let names = try await survivor.read(slot: 0, as: .visits) {
                try $0.values("SELECT name FROM visits_visit ORDER BY id", as: String.self)
            }
            #expect(names == (0..<20).map { "acknowledged \($0)" })
        }
    }

    @Test func `is there when many write at once, and nothing twice`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            let acknowledged = await withTaskGroup(of: [Int].self) { group in
                for client in 0..<32 {
                    group.addTask {
                        var acknowledged: [Int] = []
                        for round in 0..<20 {
                            let id = client * 100 + round
                            do {
                                try await database.write(as: .visits) { tx in
                                    try tx.run("INSERT INTO visits_visit (id, name) VALUES (\(id), 'x')")
                                    if id % 7 == 0 { throw StoreError(.misuse, "on purpose") }
                                }
                                acknowledged.append(id)
                            } catch {}
                        }
                        return acknowledged
                    }
                }
                return await group.reduce(into: Set<Int>()) { $0.formUnion($1) }
            }
            await database.close()
            let stored = try await fixture.database().read(slot: 0, as: .visits) {
                try $0.values("SELECT id FROM visits_visit", as: Int.self)
            }
            #expect(Set(stored) == acknowledged)
            #expect(stored.count == Set(stored).count)
            let expected = (0..<32).flatMap { client in (0..<20).map { client * 100 + $0 } }.filter { $0 % 7 != 0 }
            #expect(Set(stored) == Set(expected))
        }
    }

    @Test func `is copied out of the log, which is emptied when nobody writes`() async throws {
        try await withFixture {
            $0.checkpointPages = 10
            $0.idleTime = .milliseconds(1)
        } _: { fixture in
            let database = try await fixture.populated()
            let before = fixture.engine.metrics.checkpoints
            for _ in 0..<40 { try await database.addVisit(String(repeating: "x", count: 5_000)) }
            #expect(fixture.engine.metrics.checkpoints > before)
            while try readFile(fixture.folder + "/tenant.sqlite-wal").count > 0 { await Task.yield() }
            #expect(try await database.count("visits_visit", as: .visits) == 40)
        }
    }

    @Test func `lies in files only this user can read`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.addVisit("x")
            for name in namesOfFiles(in: fixture.folder) {
                #expect(try modeOfFile(fixture.folder + "/" + name) == 0o600, "\(name)")
            }
        }
    }
}
