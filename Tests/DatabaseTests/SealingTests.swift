import Database
import StoreAPI
import Testing

private struct Secret: Sealable, Equatable {
    static let sealTag = "secret"
    var text: String
    init(_ text: String) { self.text = text }
    var sealedBytes: [UInt8] { Array(text.utf8) }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
}

private struct OtherSecret: Sealable {
    static let sealTag = "other"
    var sealedBytes: [UInt8] { [] }
    init?(sealedBytes: [UInt8]) {}
}

@Suite struct `Sealed values` {
    private static let step = MigrationStep(
        id: "2", sql: "CREATE TABLE visits_secret (id INTEGER PRIMARY KEY, secret BLOB, mark BLOB) STRICT")

    @Test func `are stored sealed under their owner and tag and read back plain`() async throws {
        try await withFixture { fixture in
            let database = try await fixture.populated()
            try await database.migrate(.visits, [.visits, Self.step])
            try await database.write(as: .visits) { tx in
                try tx.run(
                    """
                    INSERT INTO visits_secret (secret, mark)
                    VALUES (\(Sealed(Secret("abc"))), \(BlindIndex("abc", tag: "secret")))
                    """)
                try tx.run("INSERT INTO visits_secret (secret) VALUES (\(nil as Sealed<Secret>?))")
            }
            try await database.read(slot: 0, as: .visits) { session in
                let stored = try session.value("SELECT secret FROM visits_secret WHERE id = 1", as: [UInt8].self)
                #expect(stored == Array("visits/secret/cba".utf8))
                let found = try session.value(
                    "SELECT secret FROM visits_secret WHERE mark = \(BlindIndex("abc", tag: "secret"))",
                    as: Sealed<Secret>.self)
                #expect(found?.value == Secret("abc"))
                let absent = try session.value(
                    "SELECT secret FROM visits_secret WHERE id = 2", as: Sealed<Secret>?.self)
                guard case .some(.none) = absent else { Issue.record("null is read as an absent value"); return }
                let none = try session.value(
                    "SELECT count(*) FROM visits_secret WHERE mark = \(BlindIndex("abc", tag: "else"))", as: Int.self)
                #expect(none == 0)
                #expect(throws: StoreError(.seal, "does not open")) {
                    try session.value("SELECT secret FROM visits_secret WHERE id = 1", as: Sealed<OtherSecret>.self)
                }
                #expect(throws: StoreError.self) { try session.value("SELECT 'plain'", as: Sealed<Secret>.self) }
            }
        }
    }
}
