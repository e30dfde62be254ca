import Database
import PluginAPI

/// The rows of files: one for each file, one for each of its versions, and what they are attached to.
enum FileTable {
    static let migration = Migration(
        "000-files",
        """
        CREATE TABLE portico_file (
            id TEXT PRIMARY KEY,
            plugin TEXT NOT NULL,
            uploader TEXT,
            version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            kept_days INTEGER,
            expires_at INTEGER,
            is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_file_expiry ON portico_file (expires_at) WHERE expires_at IS NOT NULL AND is_held = 0;
        CREATE INDEX portico_file_uploader ON portico_file (uploader);
        CREATE TABLE portico_file_version (
            file_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            blob TEXT NOT NULL UNIQUE,
            key BLOB NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            digest BLOB NOT NULL,
            uploader TEXT,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (file_id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_file_attachment (
            file_id TEXT NOT NULL,
            plugin TEXT NOT NULL,
            subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            attached_at INTEGER NOT NULL,
            PRIMARY KEY (file_id, plugin, subject_kind, subject_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_file_attachment_subject
            ON portico_file_attachment (plugin, subject_kind, subject_id, attached_at);
        CREATE TABLE portico_file_usage (
            person TEXT PRIMARY KEY,
            bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_file_removal (
            blob TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_file_link (
            id TEXT PRIMARY KEY,
            file_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            most INTEGER,
            downloads INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_file_link_file ON portico_file_link (file_id);
        """)

    /// What an upload is known by when its client sends it again, not knowing whether it arrived.
    static let uploadKeys = Migration(
        "000-files-2-upload-keys",
        """
        ALTER TABLE portico_file_version ADD COLUMN upload_key TEXT;
        CREATE UNIQUE INDEX portico_file_upload_key ON portico_file_version (upload_key, uploader)
            WHERE upload_key IS NOT NULL;
        """)

    /// How long a file that is attached to nothing is kept.
    static let unattached = Duration.seconds(24 * 3600)
    /// Versions that a file can have.
    static let versionLimit = 1000

    static let columns: SQL =
        """
        SELECT file.id, file.plugin, file.uploader AS owner, file.version AS newest, file.expires_at, file.is_held,
            file.kept_days, v.version, v.blob, v.key, v.name, v.media_type, v.size, v.digest, v.uploader, v.created_at,
            EXISTS (SELECT 1 FROM portico_file_attachment AS a WHERE a.file_id = file.id) AS is_attached
        FROM portico_file AS file JOIN portico_file_version AS v ON v.file_id = file.id
        """

    /// A version of a file; the newest when none is named.
    static func find(_ id: FileID, version: Int? = nil, _ tables: some Queries) throws(StoreError) -> FileRow? {
        let wanted: SQL = version.map { "\($0)" } ?? "file.version"
        return try tables.first(columns + "WHERE file.id = \(id) AND v.version = " + wanted)
    }

    /// Every version, the newest in front.
    static func versions(of id: FileID, _ tables: some Queries) throws(StoreError) -> [FileRow] {
        try tables.all(columns + "WHERE file.id = \(id) ORDER BY v.version DESC")
    }

    /// A file in its newest version, if a plugin may know of it: it is attached to the plugin's subjects, or to nothing and
    /// came through the plugin or the host's own API.
    static func find(_ id: FileID, for plugin: String, version: Int? = nil, _ tables: some Queries) throws(StoreError)
        -> FileRow?
    {
        guard let row = try find(id, version: version, tables) else { return nil }
        let isKnown =
            row.file.isAttached
            ? try attachments(of: id, tables).contains { $0.plugin == plugin }
            : [plugin, Owner.host.id].contains(row.plugin)
        return isKnown ? row : nil
    }

    /// The files attached to a subject.
    static func files(of kind: String, id: String, plugin: String, _ tables: some Queries) throws(StoreError)
        -> [StoredFile]
    {
        try tables.all(
            columns + """
                JOIN portico_file_attachment AS held ON held.file_id = file.id
                WHERE held.plugin = \(plugin) AND held.subject_kind = \(kind) AND held.subject_id = \(id)
                AND v.version = file.version ORDER BY held.attached_at, file.id
                """, as: FileRow.self
        ).map(\.file)
    }

    /// What a file is attached to.
    static func attachments(of id: FileID, _ tables: some Queries) throws(StoreError) -> [FileAttachment] {
        try tables.all(
            "SELECT plugin, subject_kind, subject_id FROM portico_file_attachment WHERE file_id = \(id) ORDER BY 1, 2, 3"
        )
    }

    /// Versions in the order of their names on the disk, for walking over all of them.
    static func versions(behind blob: String, limit: Int, _ tables: some Queries) throws(StoreError) -> [FileRow] {
        try tables.all(columns + "WHERE v.blob > \(blob) ORDER BY v.blob LIMIT \(limit)")
    }
}

/// A version of a file with what only the host needs to know.
struct FileRow: Record {
    let file: StoredFile
    /// In whose name it came.
    let plugin: String
    /// Who uploaded its first version, to whom it belongs while it is attached to nothing.
    let owner: PersonID?
    let keptDays: Int?
    let blob: String
    let key: FileKey

    init(row: borrowing Row) throws(StoreError) {
        file = StoredFile(
            id: try row.get("id"), version: try row.get("version"), name: try row.get("name"),
            size: try row.get("size"), mediaType: try row.get("media_type"), digest: try row.get("digest"),
            uploader: try row.get("uploader"), createdAt: Instant(microseconds: try row.get("created_at")),
            expiresAt: try row.get("expires_at", as: Int64?.self).map { Instant(microseconds: $0) },
            isHeld: try row.get("is_held", as: Int.self) != 0,
            isAttached: try row.get("is_attached", as: Int.self) != 0)
        plugin = try row.get("plugin")
        owner = try row.get("owner")
        keptDays = try row.get("kept_days")
        blob = try row.get("blob")
        key = try row.get("key", as: Sealed<FileKey>.self).value
    }
}

/// A subject of a plugin that a file is attached to.
struct FileAttachment: Record {
    let plugin: String
    let kind: String
    let id: String

    init(row: borrowing Row) throws(StoreError) {
        plugin = try row.get("plugin")
        kind = try row.get("subject_kind")
        id = try row.get("subject_id")
    }
}
