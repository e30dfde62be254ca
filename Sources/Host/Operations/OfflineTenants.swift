import Database
import PluginAPI

/// The tenants' data while no host runs on them, for commands that look into them.
enum OfflineTenants {
    /// One tenant, with its keys.
    struct Tenant: Sendable {
        let slug: String
        let database: Database
        let keys: TenantKeys
    }

    /// Does something with each tenant, one after the other.
    ///
    /// - Parameters:
    ///   - options: where the data and the master key are.
    ///   - tenants: whose; all that have data, if none is named.
    ///   - hint: what else there is to do where a host has them open.
    /// - Throws: ``StartFailure``; what opening a database throws, also when a host has it open; what the closure throws.
    static func each<T: Sendable>(
        options: HostOptions, tenants: [String], orElse hint: String = "", _ body: (Tenant) async throws -> T
    ) async throws -> [T] {
        var options = options
        options.data = DataFolder.absolute(options.data)
        let master = try MasterKey.load(options)
        let engine = try DatabaseEngine(DatabaseConfiguration())
        do {
            var results: [T] = []
            for slug in try tenants.isEmpty ? known(options.data) : tenants {
                results.append(try await body(try await open(slug, engine, master, options, hint)))
            }
            await engine.close()
            return results
        } catch {
            await engine.close()
            throw error
        }
    }

    /// The tenants that have data.
    private static func known(_ data: String) throws(StartFailure) -> [String] {
        do throws(FileFault) {
            return try Files.names(inDirectory: data, limit: TenantDirectory.limit).sorted().filter {
                Files.size("\(data)/\($0)/tenant.sqlite") > 0
            }
        } catch {
            throw StartFailure("the data folder \(data) \(error.reason)")
        }
    }

    private static func open(
        _ slug: String, _ engine: DatabaseEngine, _ master: MasterKey, _ options: HostOptions,
        _ hint: String
    ) async throws -> Tenant {
        let path = "\(options.data)/\(slug)/tenant.sqlite"
        guard Slug.isValid(slug), Files.size(path) > 0 else {
            throw StartFailure("there are no data of a tenant \(slug) in \(options.data)")
        }
        let sealer = TenantSealer()
        let database = try engine.database(at: path, sealer: sealer)
        do {
            _ = try await database.migrate(
                .host, Composition.tenantMigrations.map { MigrationStep(id: $0.id, sql: $0.sql) })
            let keys = try await TenantKeyTable.load(database, tenant: slug, master: master, now: options.clock.now)
            sealer.use(keys)
            return Tenant(slug: slug, database: database, keys: keys)
        } catch let error as StoreError where error.kind == .busy {
            throw StartFailure("\(slug) is open elsewhere: stop the host\(hint)")
        }
    }
}
