import PluginAPI
import Testing

@testable import Host

@Suite struct `The table of events` {
    private static func publish(_ name: String, _ text: String, _ store: TenantStore) async throws {
        let event = PublishedEvent(
            name: name, payload: Array(text.utf8), subject: Subject("chore", id: text), audience: .machines)
        let origin = store.origin
        try await store.write { try EventTable.append(event, origin, $0) }
    }

    private static func next(_ store: TenantStore, _ plugin: String = "one", after seconds: Int64 = 0) async throws
        -> EventRow?
    {
        let now = store.now + .seconds(seconds)
        return try await store.write { try EventTable.next(for: "chores.done", plugin: plugin, now: now, $0) }
    }

    private static func listen(
        _ store: TenantStore, _ plugins: String..., event: String = "chores.done"
    ) async throws {
        try await store.write { host throws in
            for plugin in plugins { try EventTable.ensureListener(event, plugin: plugin, host) }
        }
    }

    @Test func `gives each listener its events in order, from a place of its own`() async throws {
        try await withTenantStore { store async throws in
            try await Self.publish("chores.done", "before", store)
            try await Self.listen(store, "one", "two")
            for text in ["a", "b"] { try await Self.publish("chores.done", text, store) }
            try await Self.publish("chores.other", "c", store)
            let first = try #require(try await Self.next(store))
            #expect(first.payload == Array("a".utf8))
            #expect(first.requestID == "req-1")
            try await store.write { host throws in
                #expect(try EventTable.advance("chores.done", plugin: "one", past: first.id, host))
                #expect(try !EventTable.advance("chores.done", plugin: "one", past: first.id, host))
            }
            let second = try #require(try await Self.next(store))
            #expect(second.payload == Array("b".utf8))
            _ = try await store.write { try EventTable.advance("chores.done", plugin: "one", past: second.id, $0) }
            #expect(try await Self.next(store) == nil)
            #expect(try await Self.next(store, "two")?.payload == Array("a".utf8))
        }
    }

    @Test func `keeps a listener's place when it is named again`() async throws {
        try await withTenantStore { store async throws in
            try await Self.listen(store, "one")
            try await Self.publish("chores.done", "a", store)
            try await Self.listen(store, "one")
            #expect(try await Self.next(store) != nil)
        }
    }

    @Test func `holds a listener back that failed, and no other`() async throws {
        try await withTenantStore { store async throws in
            try await Self.listen(store, "one", "two")
            try await Self.publish("chores.done", "a", store)
            let now = store.now
            try await store.write {
                try EventTable.fail("chores.done", plugin: "one", attempts: 1, "no", now: now, $0)
            }
            #expect(try await Self.next(store) == nil)
            #expect(try await Self.next(store, "two") != nil)
            let moment = try await store.write { try EventTable.nextMoment(for: "chores.done", plugin: "one", $0) }
            let again = try #require(moment)
            #expect(again >= now + .seconds(5))
            let row = try #require(try await Self.next(store, after: 10))
            #expect(row.attempts == 1)
            #expect(try await store.write { try EventTable.nextMoment(for: "chores.done", plugin: "two", $0) } == now)
        }
    }

    @Test func `has nothing to do for a listener without events`() async throws {
        try await withTenantStore { store async throws in
            try await Self.listen(store, "one")
            try await Self.publish("chores.other", "a", store)
            #expect(try await store.write { try EventTable.nextMoment(for: "chores.done", plugin: "one", $0) } == nil)
        }
    }

    @Test func `forgets old events that their own listeners have passed`() async throws {
        try await withTenantStore { store async throws in
            try await Self.listen(store, "one")
            try await Self.listen(store, "one", event: "chores.rare")
            for text in ["a", "b"] { try await Self.publish("chores.done", text, store) }
            try await Self.publish("chores.unheard", "c", store)
            let first = try #require(try await Self.next(store))
            _ = try await store.write { try EventTable.advance("chores.done", plugin: "one", past: first.id, $0) }
            let now = store.now
            let left = try await store.write { host throws in
                try EventTable.trim(before: now, host)
                #expect(try host.value("SELECT COUNT(*) FROM portico_event", as: Int.self) == 3)
                try EventTable.trim(before: now + .seconds(1), host)
                return try host.values("SELECT subject_id FROM portico_event ORDER BY id", as: String.self)
            }
            // The last of all stays, whoever has heard it.
            #expect(left == ["b", "c"])
        }
    }
}
