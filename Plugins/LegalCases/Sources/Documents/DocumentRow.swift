internal import PluginAPI

/// A document with one of its versions.
struct DocumentRow: Record {
    let id: Int
    let matter: Int
    let matterTitle: String
    let client: PersonID?
    let title: String
    let description: String
    /// `Pleadings/Drafts`; empty for none.
    let folder: String
    /// The newest.
    let newest: Int
    /// The one that the client sees; nil while they see none.
    let shown: Int?
    let origin: DocumentOrigin
    let task: Int?
    let createdAt: Instant
    let updatedAt: Instant
    /// The one whose file this row names.
    let version: DocumentVersion

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        matterTitle = try row.get("matter_title")
        client = try row.get("client_id")
        title = try row.get("title")
        description = try row.get("description")
        folder = try row.get("folder")
        newest = try row.get("newest")
        shown = try row.get("shown_version")
        origin = try row.get("origin")
        task = try row.get("task_id")
        createdAt = Instant(microseconds: try row.get("created_at"))
        updatedAt = Instant(microseconds: try row.get("updated_at"))
        version = try DocumentVersion(row: row)
    }

    /// Rows of documents `d` with a version of each.
    ///
    /// - Parameter isForClient: whether it is the version that the client sees; else the newest.
    static func select(isForClient: Bool) -> SQL {
        """
        SELECT d.id, d.matter_id, m.title AS matter_title, d.client_id, d.title, d.description, d.folder,
            d.version AS newest, d.shown_version, d.origin, d.task_id, d.created_at, d.updated_at, v.version, v.file_id,
            v.name, v.media_type, v.size, v.sha256, v.uploaded_by, v.created_at AS uploaded_at, v.shown_at
        FROM legalcases_document d JOIN legalcases_matter m ON m.id = d.matter_id
        JOIN legalcases_document_version v ON v.document_id = d.id AND v.version =
        """ + (isForClient ? "d.shown_version" : "d.version")
    }
}

/// Where a document comes from.
enum DocumentOrigin: String, CaseIterable, Sendable, SQLConvertible { case client, staff, generated }

/// One version of a document.
struct DocumentVersion: Record {
    /// From 1.
    let number: Int
    let file: FileID
    /// Of the file.
    let name: String
    let mediaType: String
    /// Bytes.
    let size: Int
    /// Hexadecimal.
    let sha256: String
    let uploadedBy: PersonID?
    let uploadedAt: Instant
    /// When the client first saw it.
    let shownAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("version")
        file = try row.get("file_id")
        name = try row.get("name")
        mediaType = try row.get("media_type")
        size = try row.get("size")
        sha256 = try row.get("sha256")
        uploadedBy = try row.get("uploaded_by")
        uploadedAt = Instant(microseconds: try row.get("uploaded_at"))
        shownAt = (try row.get("shown_at") as Int64?).map { Instant(microseconds: $0) }
    }

    static let select: SQL = """
        SELECT version, file_id, name, media_type, size, sha256, uploaded_by, created_at AS uploaded_at, shown_at
        FROM legalcases_document_version
        """

    /// The file's one word: `PDF`.
    var fileType: String { FileWord.of(mediaType: mediaType, name: name) }
}
