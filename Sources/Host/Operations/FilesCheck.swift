import Crypto
import Database
import PluginAPI
import Synchronization
import Workers

/// What `portico files verify` finds.
public struct FilesCheck: Sendable {
    /// What there is to say of one tenant.
    struct Line: Sendable {
        let tenant: String
        let files: Int
        let damaged: [FileFinding]
        let orphans: Int
    }

    private let lines: [Line]

    /// Opens every file of tenants whose host is not running, compares each with what was stored, and removes what is left of
    /// uploads that were never finished.
    ///
    /// - Parameters:
    ///   - options: where the data and the master key are.
    ///   - tenants: whose; all that have data, if none is named.
    /// - Throws: ``StartFailure``; what opening a database throws, also when a host has it open.
    public static func run(options: HostOptions, tenants: [String]) async throws -> FilesCheck {
        let pool = WorkerPool(name: "files", threads: 1, queueLimit: 16, perKeyLimit: 16)
        do {
            let lines = try await OfflineTenants.each(options: options, tenants: tenants) { offline in
                try await check(offline, pool)
            }
            await pool.close()
            return FilesCheck(lines: lines)
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func check(_ offline: OfflineTenants.Tenant, _ pool: WorkerPool) async throws -> Line {
        let tenant = PluginAPI.Tenant(
            slug: offline.slug, name: offline.slug, zone: .utc, language: .english, origin: "")
        let files = TenantFiles(
            tenant, FileSettings(), offline.database, offline.keys, BlobsInWriting(), pool, lane: 0,
            log: RecordingLog(level: .error))
        let orphans = try await files.removeOrphans()
        let found = FileFindings()
        let count = try await files.verify { found.add($0) }
        return Line(tenant: offline.slug, files: count, damaged: found.all, orphans: orphans)
    }

    /// Whether every file is as it was stored.
    public var isSound: Bool { lines.allSatisfy(\.damaged.isEmpty) }

    /// Some lines for each tenant.
    public var text: String {
        lines.flatMap { line in
            let removed = line.orphans == 0 ? "" : ", \(line.orphans) unfinished removed"
            let state = line.damaged.isEmpty ? "whole" : "\(line.damaged.count) damaged"
            return ["\(line.tenant): \(state), \(line.files) files\(removed)"]
                + line.damaged.map { "  \($0.id.rawValue) version \($0.version): \($0.fault)" }
        }.joined(separator: "\n")
    }

    /// The same as a JSON array.
    public var json: String {
        JSON.array(
            lines.map { line in
                [
                    "tenant": .string(line.tenant), "files": .integer(Int64(line.files)),
                    "unfinishedRemoved": .integer(Int64(line.orphans)),
                    "damaged": .array(
                        line.damaged.map {
                            [
                                "id": .string($0.id.rawValue), "version": .integer(Int64($0.version)),
                                "fault": .string($0.fault),
                            ]
                        }),
                ]
            }
        ).text
    }
}

/// What a check was told of.
private final class FileFindings: Sendable {
    private let found = Mutex<[FileFinding]>([])

    func add(_ finding: FileFinding) { found.withLock { $0.append(finding) } }
    var all: [FileFinding] { found.withLock { $0 } }
}
