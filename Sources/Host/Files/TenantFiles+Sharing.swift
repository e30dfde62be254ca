import Crypto
import Database
import PluginAPI

extension TenantFiles {
    /// Where links lead, before their token.
    static let sharedPath = "/_portico/v1/shared-files"

    /// Makes a link to one version of a file.
    ///
    /// - Throws: ``FileRefusal``; ``StoreError``.
    func share(_ row: FileRow, until end: Instant, most: Int?, _ origin: Origin) async throws -> FileLink {
        guard end > origin.now, end <= origin.now + .seconds(settings.shareDays * 86_400) else {
            throw FileRefusal.sharing
        }
        let link = FileLinkRow(
            id: Random.token(bytes: 16), file: row.file.id, version: row.file.version, createdAt: origin.now,
            expiresAt: end, most: most)
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            try FileLinkTable.add(link, row.file.id, now: origin.now, host)
            try AuditTable.append(Self.entry("file.shared", link), origin, host)
        }
        return shown(link)
    }

    /// A link as those see it who may use it.
    func shown(_ link: FileLinkRow) -> FileLink {
        FileLink(
            id: link.id, url: address + Self.sharedPath + "/" + token(of: link), version: link.version,
            createdAt: link.createdAt, expiresAt: link.expiresAt, most: link.most, downloads: link.downloads)
    }

    /// Ends a link.
    ///
    /// - Throws: ``Problem/notFound``; ``StoreError``.
    func revoke(_ link: String, of file: FileID, _ origin: Origin) async throws {
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            guard try FileLinkTable.remove(link, of: file, host) else { throw Problem.notFound }
            try AuditTable.append(
                AuditEntry(
                    "file.link-revoked", on: Subject("file", id: file.rawValue), details: ["link": .string(link)]),
                origin, host)
        }
    }

    /// What a link leads to. A token that was not made here, or whose time is over, costs no look at the database.
    ///
    /// - Throws: ``Problem/notFound``; ``StoreError``.
    func shared(_ token: String, isDownload: Bool, isHead: Bool, _ origin: Origin) async throws -> Content {
        guard let id = linkID(of: token, now: origin.now) else { throw Problem.notFound }
        let found = try await database.write(as: .host) { session -> (FileLinkRow, FileRow) in
            let host = HostWriter(session)
            guard let link = try FileLinkTable.find(id, now: origin.now, host),
                let row = try FileTable.find(link.file, version: link.version, host)
            else { throw Problem.notFound }
            // Where downloads are counted every answer is the whole.
            if isDownload || link.most != nil && !isHead {
                guard try FileLinkTable.use(id, host) else { throw Problem.notFound }
                try AuditTable.append(Self.entry("file.read-by-link", link), origin, host)
            }
            return (link, row)
        }
        // Parts would make one download into many.
        return try await content(found.1, requestID: origin.requestID, hasRanges: found.0.most == nil)
    }

    private static func entry(_ action: String, _ link: FileLinkRow) -> AuditEntry {
        AuditEntry(
            action, on: Subject("file", id: link.file.rawValue),
            details: ["link": .string(link.id), "version": .integer(Int64(link.version))])
    }

    /// Id, version and end, and a keyed hash of them: `….2.1793491200.…`
    private func token(of link: FileLinkRow) -> String {
        let text = "\(link.id).\(link.version).\(link.expiresAt.seconds)"
        return text + "." + Base64URL.encode(signature(of: text))
    }

    private func linkID(of token: String, now: Instant) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let end = Int64(parts[2]), now.seconds <= end,
            let given = Base64URL.decode(parts[3]),
            constantTimeEquals(given, signature(of: parts[..<3].joined(separator: ".")))
        else { return nil }
        return parts[0]
    }

    private func signature(of text: String) -> [UInt8] { Array(keys.tag("file-link", text).prefix(18)) }
}
