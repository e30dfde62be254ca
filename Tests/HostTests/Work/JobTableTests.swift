import PluginAPI
import Testing

@testable import Host

@Suite struct `The table of jobs` {
    private static func schedule(_ key: String, after seconds: Int64, _ store: TenantStore, payload: String = "{}")
        async throws
    {
        let origin = store.origin
        try await store.write {
            try JobTable.schedule(
                "wash", at: origin.now + .seconds(seconds), key: key, payload: Array(payload.utf8), origin, $0)
        }
    }

    private static func due(_ store: TenantStore, after seconds: Int64 = 0) async throws -> [JobRow] {
        let now = store.now + .seconds(seconds)
        return try await store.write { try JobTable.due(at: now, limit: 10, $0) }
    }

    @Test func `gives what is due, the longest waiting first`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("c", after: 30, store)
            try await Self.schedule("a", after: 10, store)
            try await Self.schedule("b", after: 20, store)
            #expect(try await Self.due(store).isEmpty)
            #expect(try await Self.due(store, after: 20).map(\.key) == ["a", "b"])
            #expect(try await store.write { try JobTable.nextDue($0) } == store.now + .seconds(10))
        }
    }

    @Test func `moves a job that is asked for again, and makes it fresh`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("a", after: 0, store)
            let row = try #require(try await Self.due(store).first)
            let now = store.now
            try await store.write { try JobTable.fail(row, "no water", next: nil, now: now, $0) }
            try await Self.schedule("a", after: 5, store, payload: "{\"n\":2}")
            let jobs = try await Self.due(store, after: 5)
            #expect(jobs.map(\.attempts) == [0])
            #expect(jobs.map(\.payload) == [Array("{\"n\":2}".utf8)])
            #expect(jobs.map(\.requestID) == ["req-1"])
        }
    }

    @Test func `takes a job back, of this plugin alone`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("a", after: 0, store)
            try await store.write { try JobTable.unschedule("wash", key: "a", plugin: "others", $0) }
            #expect(try await Self.due(store).count == 1)
            try await store.write { try JobTable.unschedule("wash", key: "a", plugin: "chores", $0) }
            #expect(try await Self.due(store).isEmpty)
            #expect(try await store.write { try JobTable.nextDue($0) } == nil)
        }
    }

    @Test func `plans a repeating job once`() async throws {
        try await withTenantStore { store async throws in
            let now = store.now
            try await store.write { host throws in
                try JobTable.ensure("sweep", at: now + .seconds(10), plugin: "chores", host)
                try JobTable.ensure("sweep", at: now + .seconds(5), plugin: "chores", host)
                #expect(try JobTable.nextDue(host) == now + .seconds(10))
            }
        }
    }

    @Test func `waits longer after each failure, and gives up after twelve`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("a", after: 0, store)
            var now = store.now
            for attempt in 1...JobTable.attemptLimit {
                let moment = now
                let row = try #require(try await store.write { try JobTable.due(at: moment, limit: 1, $0) }.first)
                #expect(row.attempts == attempt - 1)
                try await store.write { try JobTable.fail(row, "no water", next: nil, now: moment, $0) }
                guard attempt < JobTable.attemptLimit else { break }
                let next = try #require(try await store.write { try JobTable.nextDue($0) })
                let expected = min(3600, 5 << (attempt - 1))
                #expect(next - now >= .seconds(expected) && next - now <= .milliseconds(expected * 1250))
                now = next
            }
            #expect(try await store.write { try JobTable.nextDue($0) } == nil)
            let state = try await store.write { try $0.value("SELECT state FROM portico_job", as: String.self) }
            #expect(state == "dead")
        }
    }

    @Test func `keeps a repeating job alive`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("a", after: 0, store)
            let now = store.now
            let row = try #require(try await Self.due(store).first)
            try await store.write { host throws in
                try host.run("UPDATE portico_job SET attempts = 11")
                let last = try #require(try JobTable.claim(row, now: now, host))
                try JobTable.fail(last, "no water", next: now + .seconds(7200), now: now, host)
                #expect(try JobTable.nextDue(host) == now + .seconds(7200))
            }
            #expect(try await Self.due(store, after: 7200).map(\.attempts) == [0])
        }
    }

    @Test func `leaves a job alone that was asked for anew before its failure was noted`() async throws {
        try await withTenantStore { store async throws in
            try await Self.schedule("a", after: 0, store)
            let row = try #require(try await Self.due(store).first)
            try await Self.schedule("a", after: 3, store)
            let now = store.now
            try await store.write { host throws in
                #expect(try JobTable.claim(row, now: now, host) == nil)
                try JobTable.fail(row, "no water", next: nil, now: now, host)
                #expect(try JobTable.nextDue(host) == now + .seconds(3))
            }
        }
    }
}
