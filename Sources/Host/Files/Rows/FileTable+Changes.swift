import PluginAPI

extension FileTable {
    /// A new file, or a new version of one; or what was kept before under the same `Idempotency-Key`.
    ///
    /// - Returns: nil when the file to get a version is gone.
    /// - Throws: ``FileRefusal/quota`` or ``FileRefusal/tooMany``; ``Problem`` 422 when the key was used for other bytes;
    ///   ``StoreError``.
    static func add(_ new: NewFile, _ settings: FileSettings, _ host: HostWriter) throws -> AddedFile? {
        if let earlier = try earlier(new, host) { return AddedFile(file: earlier, isNew: false) }
        try charge(new.uploader, new.size, settings, host)
        let now = new.now.microseconds
        var version = 1
        if let id = new.of {
            guard let newest = try find(id, host) else { return nil }
            version = newest.file.version + 1
            guard version <= versionLimit else { throw FileRefusal.tooMany }
            try host.run("UPDATE portico_file SET version = \(version) WHERE id = \(id)")
        } else {
            let end = new.now + unattached
            try host.run(
                """
                INSERT INTO portico_file (id, plugin, uploader, version, created_at, kept_days, expires_at)
                VALUES (\(new.id), \(new.plugin), \(new.uploader), 1, \(now), \(settings.retentionDays),
                    \(end.microseconds))
                """)
            try JobTable.bring(FileJobs.sweep, to: end, host)
        }
        try host.run(
            """
            INSERT INTO portico_file_version (file_id, version, blob, key, name, media_type, size, digest, uploader,
                created_at, upload_key)
            VALUES (\(new.of ?? new.id), \(version), \(new.blob), \(Sealed(new.key)), \(new.name), \(new.mediaType),
                \(new.size), \(new.digest), \(new.uploader), \(now), \(new.uploadKey))
            """)
        return try find(new.of ?? new.id, host).map { AddedFile(file: $0.file, isNew: true) }
    }

    private static func earlier(_ new: NewFile, _ host: HostWriter) throws -> StoredFile? {
        guard let key = new.uploadKey else { return nil }
        let found: FileRow? = try host.first(
            columns + "WHERE v.upload_key = \(key) AND v.uploader IS \(new.uploader)")
        guard let row = found else { return nil }
        guard row.file.digest == new.digest, row.file.name == new.name else {
            throw Problem(422, "VALIDATION_ERROR", "This Idempotency-Key was used with another body.")
        }
        return row.file
    }

    /// Attaches a file to a subject.
    ///
    /// - Returns: false when it may not be.
    static func attach(
        _ id: FileID, to subject: Subject, from allowed: FileOrigin, keptFor: Duration?, _ origin: Origin,
        _ host: HostWriter
    ) throws(StoreError) -> Bool {
        guard let row = try find(id, for: origin.plugin, host) else { return false }
        let held = try attachments(of: id, host)
        let isThere = held.contains { $0.plugin == origin.plugin && $0.kind == subject.kind && $0.id == subject.id }
        let isCallers = row.owner == origin.onBehalfOf ?? origin.person
        let isPlugins = row.file.isAttached || row.owner == nil && row.plugin == origin.plugin
        switch allowed {
        case .caller: guard isCallers, isThere || !row.file.isAttached else { return false }
        case .plugin: guard isPlugins else { return false }
        }
        if isThere { return true }
        try host.run(
            """
            INSERT INTO portico_file_attachment (file_id, plugin, subject_kind, subject_id, attached_at)
            VALUES (\(id), \(origin.plugin), \(subject.kind), \(subject.id), \(origin.now.microseconds))
            """)
        let length = keptFor ?? row.keptDays.map { .seconds($0 * 86_400) }
        let end = length.map { origin.now + $0 }
        if held.isEmpty {
            try set(end, of: id, host)
        } else if let known = row.file.expiresAt {
            try set(end.map { max($0, known) }, of: id, host)
        }
        return true
    }

    /// Takes a file from a subject; attached to nothing any more it goes after a day.
    static func detach(_ id: FileID, from subject: Subject, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        let removed = try host.run(
            """
            DELETE FROM portico_file_attachment WHERE file_id = \(id) AND plugin = \(origin.plugin)
            AND subject_kind = \(subject.kind) AND subject_id = \(subject.id)
            """)
        guard removed > 0, try attachments(of: id, host).isEmpty else { return }
        try set(origin.now + unattached, of: id, host)
    }

    /// Says when a file goes.
    static func set(_ end: Instant?, of id: FileID, _ host: HostWriter) throws(StoreError) {
        try host.run("UPDATE portico_file SET expires_at = \(end?.microseconds) WHERE id = \(id)")
        if let end { try JobTable.bring(FileJobs.sweep, to: end, host) }
    }

    /// Puts a file under legal hold, or ends it.
    ///
    /// - Returns: false when it is as it was.
    static func hold(_ id: FileID, _ isHeld: Bool, _ origin: Origin, _ host: HostWriter) throws(StoreError) -> Bool {
        let flag = isHeld ? 1 : 0
        guard try host.run("UPDATE portico_file SET is_held = \(flag) WHERE id = \(id) AND is_held <> \(flag)") > 0
        else { return false }
        // What has run out meanwhile goes now.
        if !isHeld { try JobTable.bring(FileJobs.sweep, to: origin.now, host) }
        let action = isHeld ? "file.held" : "file.released"
        try AuditTable.append(AuditEntry(action, on: Subject("file", id: id.rawValue)), origin, host)
        return true
    }

    /// Deletes a file with everything about it; its bytes are removed from the disk once this has committed.
    ///
    /// - Returns: false when it is held, or there is none.
    static func delete(_ id: FileID, now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        let versions = try versions(of: id, host)
        guard let newest = versions.first, !newest.file.isHeld else { return false }
        for version in versions {
            try host.run("INSERT INTO portico_file_removal (blob) VALUES (\(version.blob))")
            try refund(version.file.uploader, version.file.size, host)
        }
        try host.run("DELETE FROM portico_file_version WHERE file_id = \(id)")
        try host.run("DELETE FROM portico_file_attachment WHERE file_id = \(id)")
        try host.run("DELETE FROM portico_file_link WHERE file_id = \(id)")
        try host.run("DELETE FROM portico_file WHERE id = \(id)")
        try JobTable.bring(FileJobs.sweep, to: now, host)
        return true
    }
}

/// A file that is on the disk and gets its row.
struct NewFile: Sendable {
    let id: FileID
    /// The file that it is a version of; nil for a new one.
    let of: FileID?
    let plugin: String
    let uploader: PersonID?
    let blob: String
    let key: FileKey
    let name: String
    let mediaType: String
    let size: Int
    let digest: [UInt8]
    /// What the upload is known by when it comes again; nil when its client did not name it.
    let uploadKey: String?
    let now: Instant
}

/// A file as its rows are now.
struct AddedFile: Sendable {
    let file: StoredFile
    /// False for what was kept before: the bytes that came again are not needed.
    let isNew: Bool
}

/// The host's jobs about files.
enum FileJobs {
    /// Deletes what has run out, and removes deleted files' bytes from the disk.
    static let sweep = "file-sweep"
    /// Removes what was written for uploads that were never finished.
    static let orphans = "file-orphans"
}
