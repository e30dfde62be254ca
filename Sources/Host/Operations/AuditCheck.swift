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
        let lines = try await OfflineTenants.each(
            options: options, tenants: tenants, orElse: ", or ask it by POST \(PorticoAPI.base)/audit/verify"
        ) { tenant -> (tenant: String, entries: Int?, fault: String?) in
            do {
                return (tenant.slug, try await AuditTable.verify(tenant.database, tenant: tenant.slug), nil)
            } catch let fault as AuditFault {
                return (tenant.slug, nil, fault.description)
            }
        }
        return AuditCheck(lines: lines)
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
