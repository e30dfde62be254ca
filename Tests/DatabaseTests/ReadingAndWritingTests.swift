import Database
import StoreAPI
import Testing

@Suite struct `Reading and writing` {
    @Test func `what is written can be read`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.addVisit("Ola")
            let visit = try await database.read(slot: 0, as: .visits) {
                try $0.one("SELECT * FROM visits_visit WHERE name = \("Ola")", as: Visit.self)
            }
            #expect(visit.name == "Ola")
            let again = try database.readNow(slot: 0, as: .visits) {
                try $0.all("SELECT * FROM visits_visit", as: Visit.self)
            }
            #expect(again == [visit])
        }
    }

    @Test func `a throwing closure undoes what it did`() async throws {
        struct Stop: Error {}
        try await withFixture { fixture in
            let database = try await fixture.populated()
            await #expect(throws: Stop.self) {
                try await database.write(as: .visits) { tx in
                    try tx.run("INSERT INTO visits_visit (name) VALUES ('x')")
                    throw Stop()
                }
            }
            #expect(try await database.count("visits_visit", as: .visits) == 0)
        }
    }

    @Test func `another owner's rows belong to the same transaction`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.write(as: .visits) { tx in
                try tx.run("INSERT INTO visits_visit (name) VALUES ('x')")
                try tx.run("INSERT INTO portico_audit (what) VALUES ('added')", owner: .host)
            }
            #expect(try await database.count("portico_audit", as: .host) == 1)
            let refused = await kind {
                try await database.write(as: .visits) {
                    _ = try $0.run("INSERT INTO portico_audit (what) VALUES ('no')")
                }
            }
            #expect(refused == .denied)
        }
    }
}
