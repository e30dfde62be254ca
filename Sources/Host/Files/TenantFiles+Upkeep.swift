import Crypto
import Database
import PluginAPI
import Workers

extension TenantFiles {
    /// Rows that are dealt with in one transaction.
    private static let batch = 100

    /// Deletes what has run out and is not held, and removes deleted files' bytes from the disk.
    func sweep(now: Instant) async throws {
        while try await deleteExpired(now: now) == Self.batch {}
        while try await removeDeleted() == Self.batch {}
    }

    /// When the next file runs out.
    static func nextSweep(_ host: HostWriter) throws(StoreError) -> Instant? {
        try host.value(
            "SELECT expires_at FROM portico_file WHERE expires_at IS NOT NULL AND is_held = 0 ORDER BY expires_at LIMIT 1",
            as: Int64.self
        ).map { Instant(microseconds: $0) }
    }

    private func deleteExpired(now: Instant) async throws -> Int {
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            let due = try host.values(
                """
                SELECT id FROM portico_file WHERE expires_at <= \(now.microseconds) AND is_held = 0
                ORDER BY expires_at LIMIT \(Self.batch)
                """, as: FileID.self)
            let origin = Origin(plugin: Owner.host.id, requestID: FileJobs.sweep, now: now)
            for id in due {
                let wasAttached = try !FileTable.attachments(of: id, host).isEmpty
                guard try FileTable.delete(id, now: now, host), wasAttached else { continue }
                try AuditTable.append(
                    AuditEntry("file.expired", on: Subject("file", id: id.rawValue)), origin, host)
            }
            return due.count
        }
    }

    private func removeDeleted() async throws -> Int {
        let blobs = try await database.write(as: .host) {
            try HostWriter($0).values(
                "SELECT blob FROM portico_file_removal ORDER BY blob LIMIT \(Self.batch)", as: String.self)
        }
        guard !blobs.isEmpty else { return 0 }
        try await pool.run(for: lane) { [folder] in
            for blob in blobs where BlobFolder.isName(blob) { try DiskFile.remove(folder.path(of: blob)) }
        }
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            for blob in blobs { try host.run("DELETE FROM portico_file_removal WHERE blob = \(blob)") }
        }
        return blobs.count
    }

    /// Removes files that no row knows: what is left of uploads that were never finished.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func removeOrphans() async throws -> Int {
        var removed = 0
        for part in 0..<256 {
            let names = try await pool.run(for: lane) { [folder] in try folder.names(inPart: part) }
            // Looked at after the folder was and before the rows are: what is being written has no row yet, and what was
            // finished before this has one.
            let writing = writing.all
            var left = names.filter { !writing.contains($0) }[...]
            while !left.isEmpty {
                let some = Array(left.prefix(Self.batch))
                left = left.dropFirst(Self.batch)
                let orphans = try await database.write(as: .host) { session in
                    let host = HostWriter(session)
                    return try some.filter { name in
                        try host.value("SELECT 1 FROM portico_file_version WHERE blob = \(name)", as: Int.self) == nil
                    }
                }
                try await pool.run(for: lane) { [folder] in
                    for name in orphans { try DiskFile.remove(folder.path(of: name)) }
                }
                removed += orphans.count
            }
        }
        if removed > 0 {
            log.write(
                .info, "files of unfinished uploads were removed", tenant: slug, requestID: nil,
                ["count": .integer(Int64(removed))])
        }
        return removed
    }

    /// Opens every file and compares it with what its row says.
    ///
    /// - Parameter found: is told of each file that is not whole.
    /// - Returns: how many files there are.
    func verify(_ found: @Sendable (FileFinding) -> Void) async throws -> Int {
        var (count, last) = (0, "")
        while true {
            let behind = last
            let rows = try await database.write(as: .host) {
                try FileTable.versions(behind: behind, limit: Self.batch, HostWriter($0))
            }
            guard let end = rows.last else { return count }
            for row in rows {
                do {
                    let digest = try await pool.run(for: lane) { [folder] in
                        try BlobReader(row.blob, in: folder, row.key, size: row.file.size).verified()
                    }
                    guard digest == row.file.digest else {
                        throw BlobReader.Damaged(description: "its SHA-256 is another")
                    }
                } catch let damage as BlobReader.Damaged {
                    found(FileFinding(id: row.file.id, version: row.file.version, fault: damage.description))
                }
            }
            count += rows.count
            last = end.blob
        }
    }
}

/// A version of a file that is not what was stored.
struct FileFinding: Sendable {
    let id: FileID
    let version: Int
    let fault: String
}
