import Crypto
import Database
import FoundationEssentials
import PluginAPI

@testable import Host

/// One tenant's database with the host's tables, in a folder of its own.
struct TenantStore {
    let folder: StoreFolder
    let engine: DatabaseEngine
    let database: Database
    let sealer: TenantSealer
    let now = Instant(seconds: 1_760_000_000)

    var path: String { folder.path + "/tenant.sqlite" }

    /// A change by a plugin in a request.
    var origin: Origin {
        Origin(plugin: "herald", requestID: "req-1", now: now)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (HostWriter) throws -> T) async throws -> T {
        try await database.write(as: .host) { try body(HostWriter($0)) }
    }
}

/// An engine small enough for many tests at once.
func smallEngine(readers: Int = 1) throws -> DatabaseEngine {
    var configuration = DatabaseConfiguration()
    configuration.readerSlots = readers
    configuration.writerThreads = 2
    configuration.openerThreads = 1
    configuration.otherFileDescriptors = 1_000
    return try DatabaseEngine(configuration)
}

/// Lends a tenant's database whose keys are loaded.
func withTenantStore(_ body: (TenantStore) async throws -> Void) async throws {
    let folder = try StoreFolder()
    let engine = try smallEngine()
    let sealer = TenantSealer()
    let database = try engine.database(at: folder.path + "/tenant.sqlite", sealer: sealer)
    let store = TenantStore(folder: folder, engine: engine, database: database, sealer: sealer)
    do {
        _ = try await database.migrate(
            .host, Composition.tenantMigrations.map { MigrationStep(id: $0.id, sql: $0.sql) })
        sealer.use(
            try await TenantKeyTable.load(
                database, tenant: "lumen", master: try MasterKey(SecretBytes.random(count: 32)), now: store.now))
        try await body(store)
    } catch {
        await engine.close()
        throw error
    }
    await engine.close()
}

/// A folder of a test's own, gone with it.
final class StoreFolder {
    let path: String

    init() throws {
        // In memory where there is room for it: then no commit waits for a disk.
        let isWritable = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = isWritable ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        path = parent + "/portico-messaging-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
