import Database
import PluginAPI
import Synchronization
import Testing

@testable import Host

@Suite struct `A tenant's place` {
    private struct Broken: Error {}

    /// A place that is closed, and what opens it.
    private static func withSlot(
        _ body: (TenantSlot, @escaping @Sendable () async throws -> TenantRuntime) async throws -> Void
    ) async throws {
        try await withPortal([Chores.self], tenants: ["home": #"{ "name": "Home", "plugins": {} }"#]) {
            portal async throws in
            let made = try await portal.parts.tenants.open(named: "home")
            let slot = TenantSlot(
                slug: "home", number: 1, database: made.database, sealer: TenantSealer(), epoch: AuthEpoch())
            try await body(slot) { made }
        }
    }

    @Test func `is opened once for all who wait`() async throws {
        try await Self.withSlot { slot, make in
            let openings = Counter()
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let runtime = try await slot.open {
                            openings.add()
                            for await _ in gate { break }
                            return try await make()
                        }
                        return runtime === slot.runtime
                    }
                }
                open.yield()
                for try await isTheOne in group { #expect(isTheOne) }
            }
            #expect(openings.count == 1)
            #expect(!slot.isClosed)
        }
    }

    @Test func `tells all who wait of a failure, and is opened by the next`() async throws {
        try await Self.withSlot { slot, make in
            let failures = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do {
                            _ = try await slot.open { throw Broken() }
                            return false
                        } catch { return error is Broken }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 10)
            #expect(slot.runtime == nil)
            #expect(slot.isClosed)
            _ = try await slot.open(make)
            #expect(slot.runtime != nil)
            _ = try await slot.open { throw Broken() }
        }
    }

    @Test func `takes another runtime only in the place of an open one`() async throws {
        try await Self.withSlot { slot, make in
            let runtime = try await make()
            slot.replace(with: runtime, turn: slot.nextTurn())
            #expect(slot.runtime == nil)
            _ = try await slot.open(make)
            slot.replace(with: runtime, turn: slot.nextTurn())
            #expect(slot.runtime === runtime)
            slot.close()
            #expect(slot.isClosed)
            // Whoever holds it goes on with it.
            #expect(runtime.tenant.slug == "home")
        }
    }
}

@Suite struct `The tenants of the process` {
    private static func file(_ name: String, cors: String = "") -> String {
        #"{ "name": "\#(name)", "cors": { "origins": [\#(cors)] }, "plugins": { "desk-clinic": {} } }"#
    }

    @Test func `are read again without letting go of those in use`() async throws {
        try await withPortal(tenants: ["one": Self.file("One"), "two": Self.file("Two"), "three": Self.file("Three")]) {
            portal async throws in
            let tenants = portal.parts.tenants
            for slug in ["one", "two", "three"] {
                #expect(try await portal.get("/clinic/notes", tenant: slug).status == 200)
            }
            let before = try await tenants.open(named: "one")
            let untouched = try await tenants.open(named: "two")
            try portal.folder.write("one", Self.file("Uno", cors: #""https://app.example""#))
            try portal.folder.write("two", "{ broken")
            try portal.folder.remove("three")
            try portal.folder.write("four", Self.file("Four"))
            let (reload, findings) = try await tenants.reload()
            #expect(reload.changed == ["one"])
            #expect(reload.broken == ["two"])
            #expect(reload.removed == ["three"])
            #expect(reload.added == ["four"])
            #expect(findings.contains { $0.weight == .mistake && $0.file.contains("two") })

            #expect(try await tenants.open(named: "one").tenant.name == "Uno")
            #expect(before.tenant.name == "One")
            let answer = try await portal.get("/clinic/notes", ["origin: https://app.example"], tenant: "one")
            #expect(answer.field("access-control-allow-origin") == "https://app.example")
            #expect(try await tenants.open(named: "two") === untouched)
            #expect(try await portal.get("/clinic/notes", tenant: "two").status == 200)
            let gone = try await portal.get("/clinic/notes", tenant: "three")
            #expect(gone.status == 404)
            #expect(gone.json["code"]?.string == "TENANT_NOT_FOUND")
            #expect(try await portal.get("/clinic/notes", tenant: "four").status == 200)
            await #expect(throws: UnknownTenant.self) { _ = try await tenants.open(named: "three") }
        }
    }

    @Test func `are made anew even when they were just being opened as they were`() async throws {
        try await withPortal(tenants: ["one": Self.file("One")]) { portal async throws in
            let tenants = portal.parts.tenants
            let old = try await tenants.open(named: "one")
            let slot = try tenants.slot(named: "one")
            slot.close()
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            let opening = Task {
                try await slot.open {
                    for await _ in gate { break }
                    return old
                }
            }
            while slot.isClosed { await Task.yield() }
            try portal.folder.write("one", Self.file("Uno"))
            let before = tenants.current.tenants.first?.content
            let reloading = Task { try await tenants.reload().reload.changed }
            while tenants.current.tenants.first?.content == before { await Task.yield() }
            open.yield()
            #expect(try await reloading.value == ["one"])
            #expect(try await opening.value === old)
            #expect(try await tenants.open(named: "one").tenant.name == "Uno")
        }
    }

    @Test func `keep their data when they come back`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.post("/clinic/notes", #"{"text":"kept"}"#).status == 201)
            try portal.folder.remove("desk")
            _ = try await portal.parts.tenants.reload()
            #expect(try await portal.get("/clinic/notes").status == 404)
            try portal.folder.write("desk", Portal.tenant)
            _ = try await portal.parts.tenants.reload()
            #expect(try await portal.get("/clinic/notes").text.contains("kept"))
        }
    }

    @Test func `serve on as they were when one cannot be made anew`() async throws {
        let file = Self.file("One")
        try await withPortal(tenants: ["one": file, "two": file]) { portal async throws in
            for slug in ["one", "two"] { #expect(try await portal.get("/clinic/notes", tenant: slug).status == 200) }
            // A value that only the overlay makes wrong: the file alone is sound.
            let runtime = try await portal.parts.tenants.open(named: "one")
            let now = portal.clock.now
            try await runtime.database.write(as: .host) { session in
                try OverlayTable.store(
                    SettingsOverlay(["registration": "nonsense"]), now: now, HostWriter(session))
            }
            for slug in ["one", "two"] { try portal.folder.write(slug, Self.file("Anew")) }
            _ = try await portal.parts.tenants.reload()
            #expect(try await portal.parts.tenants.open(named: "one").tenant.name == "One")
            #expect(try await portal.parts.tenants.open(named: "two").tenant.name == "Anew")
        }
    }
}
