import Database
import PluginAPI
import Synchronization
import Testing

@testable import Host

@Suite struct `The due index` {
    private static func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

    private static func withShop(_ body: (TenantFolder, DatabaseEngine) async throws -> Void) async throws {
        let folder = try TenantFolder()
        let engine = try smallEngine()
        do { try await body(folder, engine) } catch {
            await engine.close()
            throw error
        }
        await engine.close()
    }

    /// The index as a process finds it that starts.
    private static func index(
        _ folder: TenantFolder, _ engine: DatabaseEngine, onLowered: @escaping @Sendable () -> Void = {}
    ) async throws -> DueIndex {
        let database = try engine.database(
            at: folder.path + "/host.sqlite", sealer: TenantSealer(), hasOwnWriter: true)
        let migration = DueIndex.migration
        _ = try await database.migrate(.host, [MigrationStep(id: migration.id, sql: migration.sql)])
        let index = DueIndex(database, onLowered: onLowered)
        try await index.load()
        return index
    }

    @Test func `is lowered, never raised, by what is added, and wakes whoever waits`() async throws {
        try await Self.withShop { folder, engine in
            let wakes = Counter()
            let index = try await Self.index(folder, engine) { wakes.add() }
            try index.lower("a", to: Self.at(10))
            try index.lower("a", to: Self.at(20))
            #expect(index.moment(of: "a") == Self.at(10))
            #expect(wakes.count == 1)
            try index.lower("a", to: Self.at(5))
            #expect(index.moment(of: "a") == Self.at(5))
            #expect(wakes.count == 2)
            #expect(index.moment(of: "b") == nil)
        }
    }

    @Test func `is raised only by whoever knows all that was added`() async throws {
        try await Self.withShop { folder, engine in
            let index = try await Self.index(folder, engine)
            try index.lower("a", to: Self.at(10))
            let generation = index.generation(of: "a")
            try index.lower("a", to: Self.at(30))
            try index.raise("a", to: nil, since: generation)
            #expect(index.moment(of: "a") == Self.at(10))
            try index.raise("a", to: Self.at(30), since: index.generation(of: "a"))
            #expect(index.moment(of: "a") == Self.at(30))
            try index.raise("a", to: nil, since: index.generation(of: "a"))
            #expect(index.moment(of: "a") == nil)
        }
    }

    @Test func `is on disk when lowering and raising return`() async throws {
        try await Self.withShop { folder, engine in
            let first = try await Self.index(folder, engine)
            try first.lower("a", to: Self.at(10))
            try first.lower("b", to: Self.at(20))
            try first.raise("b", to: Self.at(40), since: first.generation(of: "b"))
            try first.lower("c", to: Self.at(5))
            try first.raise("c", to: nil, since: first.generation(of: "c"))
            let second = try await Self.index(folder, engine)
            #expect(second.moment(of: "a") == Self.at(10))
            #expect(second.moment(of: "b") == Self.at(40))
            #expect(second.moment(of: "c") == nil)
            #expect(second.next == Self.at(10))
            #expect(second.take(dueAt: Self.at(100), atMost: 10) == ["a", "b"])
        }
    }

    @Test func `writes the row of a raise even when there was none`() async throws {
        try await Self.withShop { folder, engine in
            let first = try await Self.index(folder, engine)
            try first.raise("a", to: Self.at(7), since: first.generation(of: "a"))
            #expect(try await Self.index(folder, engine).moment(of: "a") == Self.at(7))
        }
    }

    @Test func `is lowered before the tenant's work is committed`() async throws {
        try await Self.withShop { folder, engine in
            let index = try await Self.index(folder, engine)
            let seen = Mutex<[Int]>([])
            // What another process would find, asked between lowering and committing: a crash leaves exactly this.
            let path = folder.path + "/tenant.sqlite"
            let database = try engine.database(at: path, sealer: TenantSealer()) { notes in
                for case let due as WorkDue in notes { try index.lower("a", to: due.at) }
                seen.withLock { $0.append(notes.count) }
                throw StoreError(.inputOutput, "the process ends here")
            }
            await #expect(throws: StoreError.self) {
                try await database.write(as: .host) { $0.note(WorkDue(at: Self.at(10))) }
            }
            #expect(seen.withLock { $0.allSatisfy { $0 == 1 } && !$0.isEmpty })
            #expect(try await Self.index(folder, engine).moment(of: "a") == Self.at(10))
        }
    }

    @Test func `keeps the moment when the process ends between committing and raising`() async throws {
        try await Self.withShop { folder, engine in
            let first = try await Self.index(folder, engine)
            try first.lower("a", to: Self.at(10))
            #expect(first.take(dueAt: Self.at(10), atMost: 1) == ["a"])
            // The work was done; the process ended before it was raised. The next one wakes the tenant once for nothing.
            let second = try await Self.index(folder, engine)
            #expect(second.take(dueAt: Self.at(10), atMost: 1) == ["a"])
        }
    }

    @Test func `misses no work, whoever adds and raises at the same time`() async throws {
        try await Self.withShop { folder, engine in
            let index = try await Self.index(folder, engine)
            let tenants = (0..<5).map { Worked("t\($0)") }
            await withTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        for step in 0..<60 {
                            let tenant = tenants[(worker + step) % 5]
                            // On the tenant's writer: lowered first, then committed.
                            tenant.work.withLock { work in
                                let moment = Int64.random(in: 1...1000)
                                do {
                                    try index.lower(tenant.name, to: Self.at(moment))
                                    work.append(moment)
                                } catch { Issue.record(error) }
                            }
                            await Task.yield()
                        }
                    }
                    group.addTask {
                        for step in 0..<60 {
                            let tenant = tenants[(worker * 3 + step) % 5]
                            let generation = index.generation(of: tenant.name)
                            // On the tenant's writer: what is due is done, and the next moment looked for.
                            let next = tenant.work.withLock { work in
                                work.removeAll { $0 <= 500 }
                                return work.min()
                            }
                            do { try index.raise(tenant.name, to: next.map { Self.at($0) }, since: generation) } catch {
                                Issue.record(error)
                            }
                            await Task.yield()
                        }
                    }
                }
            }
            let again = try await Self.index(folder, engine)
            for tenant in tenants {
                guard let earliest = tenant.work.withLock({ $0.min() }) else { continue }
                for index in [index, again] {
                    let known = try #require(index.moment(of: tenant.name), "it has work and is not in the index")
                    #expect(known <= Self.at(earliest))
                }
            }
        }
    }
}

/// A tenant with the moments of its work.
private final class Worked: Sendable {
    let name: String
    let work = Mutex<[Int64]>([])
    init(_ name: String) { self.name = name }
}

/// Counts across threads.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    var count: Int { value.load(ordering: .sequentiallyConsistent) }
    func add() { value.wrappingAdd(1, ordering: .sequentiallyConsistent) }
}
