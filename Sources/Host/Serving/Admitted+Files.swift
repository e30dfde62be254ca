import Database
import HTTPServer
import PluginAPI
import Synchronization

/// The tenant's files, as a call lends them to the plugin that the request is for.
extension Admitted.Head: CallFiles {
    func add(_ file: IncomingFile) async throws -> StoredFile {
        try await runtime.files.add(
            file.bytes, named: file.fileName, declared: file.mediaType, under: try uploadKey(),
            origin(plugin: try pluginID()))
    }

    func add(_ bytes: PluginAPI.ByteStream, named name: String, mediaType: String) async throws -> StoredFile {
        try await runtime.files.add(bytes, named: name, declared: mediaType, origin(plugin: try pluginID()))
    }

    func open(_ id: FileID, version: Int?) async throws -> OpenFile {
        let plugin = try pluginID()
        let found = try await tables { try FileTable.find(id, for: plugin, version: version, $0) }
        guard let found else { throw Problem.notFound }
        return try await runtime.files.open(found, requestID: inbound.id)
    }

    func download(_ id: FileID, version: Int?) async throws -> Content {
        let row = try await require(id, version: version, isChange: false)
        let content = try await runtime.files.content(row, requestID: inbound.id)
        if row.file.isAttached, isDownload {
            let origin = origin(plugin: try pluginID())
            let entry = AuditEntry(
                "file.read", on: Subject("file", id: id.rawValue),
                details: ["version": .integer(Int64(row.file.version))])
            try await runtime.database.write(as: .host) { try AuditTable.append(entry, origin, HostWriter($0)) }
        }
        return content
    }

    func versions(of id: FileID) async throws -> [StoredFile] {
        _ = try await require(id, isChange: false)
        return try await tables { try FileTable.versions(of: id, $0).map(\.file) }
    }

    func addVersion(_ file: IncomingFile, of id: FileID) async throws -> StoredFile {
        _ = try await require(id, isChange: true)
        return try await runtime.files.add(
            file.bytes, named: file.fileName, declared: file.mediaType, to: id, under: try uploadKey(),
            origin(plugin: try pluginID()))
    }

    func delete(_ id: FileID) async throws {
        _ = try await require(id, isChange: true)
        let origin = origin(plugin: try pluginID())
        try await runtime.database.write(as: .host) { session in
            let host = HostWriter(session)
            guard try FileTable.find(id, host) != nil else { throw Problem.notFound }
            guard try FileTable.delete(id, now: origin.now, host) else { throw FileRefusal.held }
            try AuditTable.append(AuditEntry("file.deleted", on: Subject("file", id: id.rawValue)), origin, host)
        }
    }

    func share(_ id: FileID, version: Int?, until expiry: Instant, most: Int?) async throws -> FileLink {
        let row = try await require(id, version: version, isChange: true)
        return try await runtime.files.share(row, until: expiry, most: most, origin(plugin: try pluginID()))
    }

    func links(of id: FileID) async throws -> [FileLink] {
        _ = try await require(id, isChange: true)
        let now = inbound.now
        return try await tables { try FileLinkTable.all(of: id, now: now, $0) }.map { runtime.files.shown($0) }
    }

    func revoke(_ link: String, of id: FileID) async throws {
        _ = try await require(id, isChange: true)
        try await runtime.files.revoke(link, of: id, origin(plugin: try pluginID()))
    }

    var isHead: Bool { inbound.request.method == .head }

    var isDownload: Bool {
        guard inbound.request.method == .get else { return false }
        return inbound.header("range").map { $0.hasPrefix("bytes=0-") } ?? true
    }
}

extension Admitted.Head {
    /// A file that the caller may use: unattached, their own; attached, what its subject's plugin lets them.
    ///
    /// - Throws: ``Problem/notFound`` when they may not, or when there is none.
    private func require(_ id: FileID, version: Int? = nil, isChange: Bool) async throws -> FileRow {
        let found = try await tables { tables in
            try FileTable.find(id, version: version, tables).map {
                ($0, $0.file.isAttached ? try FileTable.attachments(of: id, tables) : [])
            }
        }
        guard let (row, attachments) = found, let principal else { throw Problem.notFound }
        let person = onBehalfOf ?? principal.person
        if attachments.isEmpty {
            guard row.owner == person else { throw Problem.notFound }
            return row
        }
        for attachment in attachments where try await allows(attachment, person, isChange: isChange) { return row }
        throw Problem.notFound
    }

    private func allows(_ attachment: FileAttachment, _ person: PersonID, isChange: Bool) async throws -> Bool {
        guard let session, let (position, plugin) = runtime.plugin(attachment.plugin),
            let kind = runtime.definitions[position].files.firstIndex(where: { $0.kind == attachment.kind })
        else { return false }
        let principal =
            onBehalfOf.map { session.principal(for: attachment.plugin, actingFor: $0) }
            ?? session.principal(for: attachment.plugin)
        let use = FileUse(subject: attachment.id, isChange: isChange, principal: principal, person: person)
        let (owner, now) = (runtime.owners[position], inbound.now)
        return try await runtime.database.read(slot: inbound.request.loop.index, as: owner) { session in
            try plugin.allows(
                files: kind, use, ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now))
        }
    }

    private func tables<T: Sendable>(_ body: @Sendable (HostReader) throws -> T) async throws -> T {
        try await runtime.database.read(slot: inbound.request.loop.index, as: .host) { try body(HostReader($0)) }
    }

    /// What the next file of this request's form is known by, when the client named the request.
    private func uploadKey() throws(Problem) -> String? {
        guard inbound.request.method == .post, let key = try IdempotencyKey.text(of: inbound) else { return nil }
        return "POST \(inbound.path) \(key) \(uploads.add(1, ordering: .relaxed).oldValue)"
    }

    private func pluginID() throws(StoreError) -> String {
        guard case .plugin(let position) = endpoint.owner else {
            throw StoreError(.misuse, "only a plugin's calls have files")
        }
        return runtime.definitions[position].id
    }
}
