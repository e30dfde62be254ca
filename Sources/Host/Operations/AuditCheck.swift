import Database
import PluginAPI

/// What `portico audit verify` finds.
public struct AuditCheck: Sendable {
    private let lines: [(tenant: String, entries: Int?, fault: String?)]

    /// Walks the audit logs of tenants whose host is not running.
    ///
    /// - Parameters:
    ///   - options: where the data and the master key are.
    ///   - tenants: whose; all that have data, if none is named.
    /// - Throws: ``StartFailure``; what opening a database throws, also when a host has it open.
    public static func run(options: HostOptions, tenants: [String]) async throws -> AuditCheck {
        var options = options
        options.data = DataFolder.absolute(options.data)
        let master = try MasterKey.load(options)
        let engine = try DatabaseEngine(DatabaseConfiguration())
        do {
            var lines: [(tenant: String, entries: Int?, fault: String?)] = []
            for slug in try tenants.isEmpty ? known(options.data) : tenants {
                lines.append(try await verify(slug, engine, master, options))
            }
            await engine.close()
            return AuditCheck(lines: lines)
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

    private static func verify(
        _ slug: String, _ engine: DatabaseEngine, _ master: MasterKey, _ options: HostOptions
    ) async throws -> (tenant: String, entries: Int?, fault: String?) {
        let path = "\(options.data)/\(slug)/tenant.sqlite"
        guard Slug.isValid(slug), Files.size(path) > 0 else {
            throw StartFailure("there are no data of a tenant \(slug) in \(options.data)")
        }
        let sealer = TenantSealer()
        let database = try engine.database(at: path, sealer: sealer)
        do {
            _ = try await database.migrate(
                .host, Composition.tenantMigrations.map { MigrationStep(id: $0.id, sql: $0.sql) })
            sealer.use(
                try await TenantKeyTable.load(database, tenant: slug, master: master, now: options.clock.now))
            return (slug, try await AuditTable.verify(database, tenant: slug), nil)
        } catch let fault as AuditFault {
            return (slug, nil, fault.description)
        } catch let error as StoreError where error.kind == .busy {
            throw StartFailure(
                "\(slug) is open elsewhere: stop the host, or ask it by POST \(PorticoAPI.base)/audit/verify")
        }
    }

    /// Whether every log is as it was written.
    public var isSound: Bool { lines.allSatisfy { $0.fault == nil } }

    /// One line for each tenant.
    public var text: String {
        lines.map { line in
            line.fault.map { "\(line.tenant): \($0)" } ?? "\(line.tenant): whole, \(line.entries ?? 0) entries"
        }.joined(separator: "\n")
    }

    /// The same as a JSON array.
    public var json: String {
        JSON.array(
            lines.map { line in
                [
                    "tenant": .string(line.tenant), "isWhole": .bool(line.fault == nil),
                    "entries": line.entries.map { .integer(Int64($0)) } ?? .null,
                    "fault": line.fault.map { .string($0) } ?? .null,
                ]
            }
        ).text
    }
}
