import PluginAPI
import Testing

@testable import Host

@Suite struct `The answers kept under a key` {
    private static let key = IdempotencyKey(caller: "lumen usr_1", route: "POST /notes", text: "k-1")
    private static let answer = StoredAnswer(bodyHash: [1, 2], status: 201, headers: [65], body: [66, 67])

    @Test func `come back as they were given`() async throws {
        try await withTenantStore { store async throws in
            let now = store.now
            try await store.write { host throws in
                #expect(try IdempotencyTable.find(Self.key, now: now, host) == nil)
                try IdempotencyTable.store(Self.answer, Self.key, now: now, host)
                let found = try #require(try IdempotencyTable.find(Self.key, now: now + .seconds(60), host))
                #expect(found.bodyHash == [1, 2])
                #expect(found.status == 201)
                #expect(found.headers == [65])
                #expect(found.body == [66, 67])
            }
        }
    }

    @Test func `are those of one caller at one route`() async throws {
        try await withTenantStore { store async throws in
            let now = store.now
            try await store.write { host throws in
                try IdempotencyTable.store(Self.answer, Self.key, now: now, host)
                for other in [
                    IdempotencyKey(caller: "lumen usr_2", route: Self.key.route, text: Self.key.text),
                    IdempotencyKey(caller: Self.key.caller, route: "POST /other", text: Self.key.text),
                    IdempotencyKey(caller: Self.key.caller, route: Self.key.route, text: "k-2"),
                ] { #expect(try IdempotencyTable.find(other, now: now, host) == nil) }
            }
        }
    }

    @Test func `are gone after a day, and then the key may be used again`() async throws {
        try await withTenantStore { store async throws in
            let now = store.now
            try await store.write { host throws in
                try IdempotencyTable.store(Self.answer, Self.key, now: now, host)
                let day = Duration.seconds(24 * 3600)
                #expect(try IdempotencyTable.find(Self.key, now: now + day - .microseconds(1), host) != nil)
                #expect(try IdempotencyTable.find(Self.key, now: now + day, host) == nil)
                let other = StoredAnswer(bodyHash: [9], status: 200, headers: [], body: [])
                try IdempotencyTable.store(other, Self.key, now: now + day, host)
                #expect(try IdempotencyTable.find(Self.key, now: now + day, host)?.status == 200)
            }
        }
    }

    @Test func `make room as others come`() async throws {
        try await withTenantStore { store async throws in
            let now = store.now
            let count = try await store.write { host throws in
                for number in 0..<20 {
                    let key = IdempotencyKey(caller: "a", route: "b", text: "\(number)")
                    try IdempotencyTable.store(Self.answer, key, now: now, host)
                }
                for number in 0..<3 {
                    let key = IdempotencyKey(caller: "b", route: "b", text: "\(number)")
                    try IdempotencyTable.store(Self.answer, key, now: now + .seconds(100_000), host)
                }
                return try host.value("SELECT COUNT(*) FROM portico_idempotency", as: Int.self)
            }
            #expect(count == 3)
        }
    }
}

@Suite struct `The running keys` {
    @Test func `begin once until they end`() {
        let keys = RunningKeys()
        let key = IdempotencyKey(caller: "a", route: "b", text: "c")
        #expect(keys.begin(key))
        #expect(!keys.begin(key))
        #expect(keys.begin(IdempotencyKey(caller: "x", route: "b", text: "c")))
        keys.end(key)
        #expect(keys.begin(key))
    }

    @Test func `begin for exactly one of many`() async {
        let keys = RunningKeys()
        let key = IdempotencyKey(caller: "a", route: "b", text: "c")
        let begun = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { keys.begin(key) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(begun == 1)
    }
}
