import Crypto
import Database
import PluginAPI

@testable import Host

/// One tenant's database with the host's tables.
struct DriverStore {
    let database: Database
    let now = Instant(seconds: 1_760_000_000)
}

/// Lends a tenant's database whose keys are loaded.
func withDriverStore(_ body: (DriverStore) async throws -> Void) async throws {
    let folder = try DriverFolder()
    var configuration = DatabaseConfiguration()
    configuration.readerSlots = 1
    configuration.writerThreads = 1
    configuration.openerThreads = 1
    configuration.otherFileDescriptors = 1_000
    let engine = try DatabaseEngine(configuration)
    let sealer = TenantSealer()
    let database = try engine.database(at: folder.path + "/tenant.sqlite", sealer: sealer)
    let store = DriverStore(database: database)
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
