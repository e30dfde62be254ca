import PluginAPI

/// The links by which others read files.
enum FileLinkTable {
    /// Links that a file can have at once.
    static let limit = 100

    static func add(_ link: FileLinkRow, _ file: FileID, now: Instant, _ host: HostWriter) throws {
        try host.run("DELETE FROM portico_file_link WHERE file_id = \(file) AND expires_at <= \(now.microseconds)")
        let count = try host.value("SELECT count(*) FROM portico_file_link WHERE file_id = \(file)", as: Int.self) ?? 0
        guard count < limit else { throw FileRefusal.tooMany }
        try host.run(
            """
            INSERT INTO portico_file_link (id, file_id, version, created_at, expires_at, most)
            VALUES (\(link.id), \(file), \(link.version), \(link.createdAt.microseconds),
                \(link.expiresAt.microseconds), \(link.most))
            """)
    }

    /// A file's links that are still good, the newest in front.
    static func all(of file: FileID, now: Instant, _ tables: some Queries) throws(StoreError) -> [FileLinkRow] {
        try tables.all(
            """
            SELECT * FROM portico_file_link WHERE file_id = \(file) AND expires_at > \(now.microseconds)
            AND (most IS NULL OR downloads < most) ORDER BY created_at DESC, id
            """)
    }

    /// - Returns: false when the file has no such link.
    static func remove(_ id: String, of file: FileID, _ host: HostWriter) throws(StoreError) -> Bool {
        try host.run("DELETE FROM portico_file_link WHERE id = \(id) AND file_id = \(file)") > 0
    }

    /// A link that is good now.
    static func find(_ id: String, now: Instant, _ tables: some Queries) throws(StoreError) -> FileLinkRow? {
        try tables.first(
            """
            SELECT * FROM portico_file_link WHERE id = \(id) AND expires_at > \(now.microseconds)
            AND (most IS NULL OR downloads < most)
            """)
    }

    /// Counts a download where the link is good for so many.
    ///
    /// - Returns: false when it is good for no more.
    static func use(_ id: String, _ host: HostWriter) throws(StoreError) -> Bool {
        try host.run(
            "UPDATE portico_file_link SET downloads = downloads + 1 WHERE id = \(id) AND (most IS NULL OR downloads < most)"
        ) > 0
    }
}

/// A link as it is stored.
struct FileLinkRow: Record {
    let id: String
    let file: FileID
    let version: Int
    let createdAt: Instant
    let expiresAt: Instant
    let most: Int?
    let downloads: Int

    init(id: String, file: FileID, version: Int, createdAt: Instant, expiresAt: Instant, most: Int?) {
        self.id = id
        self.file = file
        self.version = version
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.most = most
        downloads = 0
    }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        file = try row.get("file_id")
        version = try row.get("version")
        createdAt = Instant(microseconds: try row.get("created_at"))
        expiresAt = Instant(microseconds: try row.get("expires_at"))
        most = try row.get("most")
        downloads = try row.get("downloads")
    }
}
