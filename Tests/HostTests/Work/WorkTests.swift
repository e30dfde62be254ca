import Database
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `The work of tenants` {
    private static let tenant = #"{ "name": "Home", "plugins": { "chores": {} } }"#

    /// A portal whose tenants have chores.
    private static func withChores(_ tenants: [String] = ["home"], _ body: (Portal) async throws -> Void) async throws {
        let files = Dictionary(uniqueKeysWithValues: tenants.map { ($0, tenant) })
        try await withPortal([Chores.self], tenants: files, body)
    }

    /// Writes as the plugin does in a request.
    private static func change(
        _ portal: Portal, _ body: @escaping @Sendable (borrowing Transaction) throws -> Void
    ) async throws {
        let runtime = try await portal.parts.tenants.open(named: "home")
        let (plugin, owner, now) = (runtime.definitions[0], runtime.owners[0], portal.clock.now)
        try await runtime.database.write(as: owner) { session in
            let backend = PluginWriteBackend(
                session, owner: owner, plugin: plugin, origin: Origin(plugin: plugin.id, requestID: "req-7", now: now))
            try body(Transaction(backend: backend, now: now))
        }
    }

    private static func ask(
        _ portal: Portal, _ name: String, failures: Int = 0, after delay: Duration = .zero
    ) async throws {
        let at = portal.clock.now + delay
        try await change(portal) { tx in
            try tx.schedule(Chores.work, at: at, key: name, Chore(name: name, failures: failures))
        }
    }

    /// What was done in a tenant, in order: `job wash`.
    private static func runs(_ portal: Portal) async throws -> [String] {
        let runtime = try await portal.parts.tenants.open(named: "home")
        return try await runtime.database.write(as: runtime.owners[0]) {
            try $0.values("SELECT kind || ' ' || name FROM chores_run ORDER BY number", as: String.self)
        }
    }

    @Test func `is done when it is due, once, and heard of once`() async throws {
        try await Self.withChores { portal async throws in
            try await Self.ask(portal, "wash")
            try await Self.ask(portal, "dry", after: .seconds(60))
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal) == ["job wash", "heard wash"])
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal).count == 2)
            portal.clock.advance(by: .seconds(60))
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal) == ["job wash", "heard wash", "job dry", "heard dry"])
        }
    }

    @Test func `leaves nothing behind when it fails, holds nothing else up and is tried again`() async throws {
        try await Self.withChores { portal async throws in
            try await Self.ask(portal, "bad", failures: 2)
            try await Self.ask(portal, "good")
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal) == ["job good", "heard good"])
            for _ in 0..<2 {
                portal.clock.advance(by: .seconds(30))
                await portal.parts.scheduler.runDue()
            }
            #expect(try await Self.runs(portal) == ["job good", "heard good", "job bad", "heard bad"])
        }
    }

    @Test func `of a listener waits for its event in order, while jobs go on`() async throws {
        try await Self.withChores { portal async throws in
            try await Self.ask(portal, "deaf", failures: 1)
            await portal.parts.scheduler.runDue()
            try await Self.ask(portal, "good")
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal) == ["job deaf", "job good"])
            portal.clock.advance(by: .seconds(10))
            await portal.parts.scheduler.runDue()
            #expect(try await Self.runs(portal) == ["job deaf", "job good", "heard deaf", "heard good"])
        }
    }

    @Test func `repeats by its rule, with exactly one next run`() async throws {
        try await Self.withChores { portal async throws in
            _ = try await portal.parts.tenants.open(named: "home")
            for _ in 0..<3 {
                portal.clock.advance(by: .seconds(3600))
                await portal.parts.scheduler.runDue()
            }
            #expect(try await Self.runs(portal) == ["sweep ", "sweep ", "sweep "])
            let runtime = try await portal.parts.tenants.open(named: "home")
            let planned = try await runtime.database.write(as: .host) {
                try HostWriter($0).value(
                    "SELECT COUNT(*) FROM portico_job WHERE name = 'sweep' AND state = 'waiting'", as: Int.self)
            }
            #expect(planned == 1)
        }
    }

    @Test func `that nobody knows any more is dropped`() async throws {
        try await Self.withChores { portal async throws in
            let runtime = try await portal.parts.tenants.open(named: "home")
            let now = portal.clock.now
            try await runtime.database.write(as: .host) { session in
                for (plugin, job) in [("chores", "gone"), ("others", "work"), ("portico", "gone")] {
                    let origin = Origin(plugin: plugin, requestID: "", now: now)
                    try JobTable.schedule(job, at: now, key: "", payload: [], origin, HostWriter(session))
                }
            }
            await portal.parts.scheduler.runDue()
            let left = try await runtime.database.write(as: .host) {
                try HostWriter($0).value("SELECT COUNT(*) FROM portico_job WHERE key <> 'repeating'", as: Int.self)
            }
            #expect(left == 0)
        }
    }

    @Test func `runs with the payload that was asked for last`() async throws {
        try await Self.withChores { portal async throws in
            try await Self.ask(portal, "wash")
            let runtime = try await portal.parts.tenants.open(named: "home")
            let now = portal.clock.now
            let found = try await runtime.database.write(as: .host) {
                try JobTable.due(at: now, limit: 1, HostWriter($0))
            }
            try await Self.change(portal) { tx in
                try tx.schedule(Chores.work, at: now, key: "wash", Chore(name: "iron", failures: 0))
            }
            // The runner had looked before it was asked for anew.
            let runner = JobRunner(runtime: runtime, log: TenantLog(portal.log, tenant: "home", plugin: ""))
            for job in found { try await runner.run(job, now: now) }
            #expect(try await Self.runs(portal) == ["job iron"])
            for job in found { try await runner.run(job, now: now) }
            #expect(try await Self.runs(portal) == ["job iron"])
        }
    }

    @Test func `is refused where the manifest does not declare it`() async throws {
        try await Self.withChores { portal async throws in
            let unknown = JobName<Chore>("unknown")
            let now = portal.clock.now
            let error = await #expect(throws: StoreError.self) {
                try await Self.change(portal) { tx in
                    try tx.schedule(unknown, at: now, key: "", Chore(name: "a", failures: 0))
                }
            }
            #expect(error?.kind == .misuse)
        }
    }

    @Test func `leaves a moment in the due index that is its next`() async throws {
        try await Self.withChores { portal async throws in
            try await Self.ask(portal, "wash", after: .seconds(60))
            await portal.parts.scheduler.runDue()
            let runtime = try await portal.parts.tenants.open(named: "home")
            let log = TenantLog(portal.log, tenant: "home", plugin: "")
            let next = try await TenantWork(runtime: runtime, log: log).nextDue(now: portal.clock.now)
            #expect(next == portal.clock.now + .seconds(60))
        }
    }
}

@Suite struct `The scheduler` {
    private static func withIndex(_ body: (DueIndex, WorkerPool) async throws -> Void) async throws {
        let folder = try TenantFolder()
        let engine = try smallEngine()
        let pool = WorkerPool(name: "due", threads: 1, queueLimit: 100, perKeyLimit: 100)
        let result: Result<Void, any Error>
        do {
            let database = try engine.database(
                at: folder.path + "/host.sqlite", sealer: TenantSealer(), hasOwnWriter: true)
            let migration = DueIndex.migration
            _ = try await database.migrate(.host, [MigrationStep(id: migration.id, sql: migration.sql)])
            let alarm = Alarm()
            result = .success(try await body(DueIndex(database) { alarm.ring() }, pool))
        } catch { result = .failure(error) }
        await engine.close()
        await pool.close()
        try result.get()
    }

    private struct Broken: Error {}

    @Test func `leaves a tenant alone for a while that cannot be opened`() async throws {
        try await Self.withIndex { due, pool in
            let (clock, tries, log) = (MovableClock(), Counter(), RecordingLog())
            let scheduler = Scheduler(
                due: due, clock: clock, pool: pool, log: TenantLog(log, tenant: "", plugin: "")
            ) { _ in
                tries.add()
                throw Broken()
            }
            try due.lower("a", to: clock.now)
            await scheduler.runDue()
            #expect(tries.count == 1)
            clock.advance(by: .seconds(29))
            await scheduler.runDue()
            #expect(tries.count == 1)
            clock.advance(by: .seconds(1))
            await scheduler.runDue()
            #expect(tries.count == 2)
            #expect(log.lines.count { $0.level == .error } == 2)
        }
    }

    @Test func `wakes for work that is added, and stops`() async throws {
        try await Self.withIndex { due, pool in
            let clock = MovableClock()
            let (opened, opener) = AsyncStream.makeStream(of: String.self)
            let alarm = Alarm()
            _ = alarm
            let scheduler = Scheduler(
                due: due, clock: clock, pool: pool, log: TenantLog(RecordingLog(), tenant: "", plugin: "")
            ) { tenant in
                opener.yield(tenant)
                throw Broken()
            }
            let running = Task { await scheduler.run() }
            var tenants = opened.makeAsyncIterator()
            try due.lower("a", to: clock.now)
            scheduler.wake()
            #expect(await tenants.next() == "a")
            // Sooner than what it sleeps for: the tenant that is held back.
            try due.lower("b", to: clock.now)
            scheduler.wake()
            #expect(await tenants.next() == "b")
            scheduler.stop()
            await running.value
            scheduler.stop()
        }
    }
}
