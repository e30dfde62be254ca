internal import PluginAPI

/// A document as the staff see it in lists.
struct StaffDocumentListed: Described {
    let id: Int
    let title: String
    let description: String
    let fileType: String
    let fileSize: Int
    let uploadedAt: Instant
    let matter: CaseTitled
    let folder: String
    let version: Int
    let visibleToClient: Bool
    let clientVersion: Int?
    let origin: DocumentOrigin
    let task: Int?

    static let schema = Schema<StaffDocumentListed>.object(
        StaffDocumentListed.init(
            id:title:description:fileType:fileSize:uploadedAt:matter:folder:version:visibleToClient:clientVersion:
            origin:task:),
        Field("id", \.id, .number), Field("title", \.title, DocumentFields.title),
        Field("description", \.description, DocumentFields.description),
        Field("file_type", \.fileType, DocumentFields.fileType),
        Field("file_size", \.fileSize, DocumentFields.size, note: "Bytes of the newest version"),
        Field("uploaded_at", \.uploadedAt, Instant.schema, note: "Of the newest version"),
        Field("case", \.matter, CaseTitled.schema), Field("folder", \.folder, DocumentFields.folder),
        Field("version", \.version, .number, note: "The newest"),
        Field("visible_to_client", \.visibleToClient, .bool, note: "Whether the client sees the newest version"),
        Field("client_version", \.clientVersion, .optional(.number), note: "The version that the client sees"),
        Field("origin", \.origin, .oneOf), Field("task", \.task, .optional(.number), note: "The task that it answers"))

    init(_ row: DocumentRow) {
        id = row.id
        title = row.title
        description = row.description
        fileType = row.version.fileType
        fileSize = row.version.size
        uploadedAt = row.version.uploadedAt
        matter = CaseTitled(id: row.matter, title: row.matterTitle)
        folder = row.folder
        version = row.newest
        visibleToClient = row.shown == row.newest
        clientVersion = row.shown
        origin = row.origin
        task = row.task
    }

    fileprivate init(
        id: Int, title: String, description: String, fileType: String, fileSize: Int, uploadedAt: Instant,
        matter: CaseTitled, folder: String, version: Int, visibleToClient: Bool, clientVersion: Int?,
        origin: DocumentOrigin, task: Int?
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.fileType = fileType
        self.fileSize = fileSize
        self.uploadedAt = uploadedAt
        self.matter = matter
        self.folder = folder
        self.version = version
        self.visibleToClient = visibleToClient
        self.clientVersion = clientVersion
        self.origin = origin
        self.task = task
    }
}

/// A document as the staff see it.
struct StaffDocument: Described {
    let listed: StaffDocumentListed
    let downloadUrl: String
    let isHeld: Bool
    let versions: [VersionShown]

    /// What the list says of it, and more.
    static let schema = Schema<StaffDocument>.object(
        StaffDocument.init(
            id:title:description:fileType:fileSize:uploadedAt:matter:folder:version:visibleToClient:clientVersion:
            origin:task:downloadUrl:isHeld:versions:),
        Field("id", \.listed.id, .number), Field("title", \.listed.title, DocumentFields.title),
        Field("description", \.listed.description, DocumentFields.description),
        Field("file_type", \.listed.fileType, DocumentFields.fileType),
        Field("file_size", \.listed.fileSize, DocumentFields.size, note: "Bytes of the newest version"),
        Field("uploaded_at", \.listed.uploadedAt, Instant.schema, note: "Of the newest version"),
        Field("case", \.listed.matter, CaseTitled.schema), Field("folder", \.listed.folder, DocumentFields.folder),
        Field("version", \.listed.version, .number, note: "The newest"),
        Field("visible_to_client", \.listed.visibleToClient, .bool, note: "Whether the client sees the newest version"),
        Field("client_version", \.listed.clientVersion, .optional(.number), note: "The version that the client sees"),
        Field("origin", \.listed.origin, .oneOf), Field("task", \.listed.task, .optional(.number)),
        Field("download_url", \.downloadUrl, .string(1...200)),
        Field("is_held", \.isHeld, .bool, note: "Under legal hold it cannot be deleted"),
        Field("versions", \.versions, .list(VersionShown.schema), note: "The newest in front"))

    init(_ row: DocumentRow, isHeld: Bool, versions: [VersionShown]) {
        listed = StaffDocumentListed(row)
        downloadUrl = "/api/staff/documents/\(row.id)/download/"
        self.isHeld = isHeld
        self.versions = versions
    }

    private init(
        id: Int, title: String, description: String, fileType: String, fileSize: Int, uploadedAt: Instant,
        matter: CaseTitled, folder: String, version: Int, visibleToClient: Bool, clientVersion: Int?,
        origin: DocumentOrigin, task: Int?, downloadUrl: String, isHeld: Bool, versions: [VersionShown]
    ) {
        listed = StaffDocumentListed(
            id: id, title: title, description: description, fileType: fileType, fileSize: fileSize,
            uploadedAt: uploadedAt, matter: matter, folder: folder, version: version,
            visibleToClient: visibleToClient, clientVersion: clientVersion, origin: origin, task: task)
        self.downloadUrl = downloadUrl
        self.isHeld = isHeld
        self.versions = versions
    }
}

/// One version of a document.
struct VersionShown: Described {
    let version: Int
    let fileName: String
    let fileType: String
    let fileSize: Int
    let sha256: String
    let uploadedBy: PersonNamed?
    let uploadedAt: Instant
    let sharedAt: Instant?
    let state: VersionState

    static let schema = Schema<VersionShown>.object(
        VersionShown.init(version:fileName:fileType:fileSize:sha256:uploadedBy:uploadedAt:sharedAt:state:),
        Field("version", \.version, .number), Field("file_name", \.fileName, .string(0...255)),
        Field("file_type", \.fileType, DocumentFields.fileType),
        Field("file_size", \.fileSize, DocumentFields.size, note: "Bytes"),
        Field("sha256", \.sha256, .string(64...64)),
        Field("uploaded_by", \.uploadedBy, .optional(PersonNamed.schema)),
        Field("uploaded_at", \.uploadedAt, Instant.schema),
        Field("shared_at", \.sharedAt, .optional(Instant.schema), note: "When the client first saw it"),
        Field("state", \.state, .oneOf))
}

/// How a version stands: not seen by the client yet, seen now, or seen no more.
enum VersionState: String, CaseIterable, Sendable {
    case draft, shared, superseded

    init(_ version: DocumentVersion, shown: Int?) {
        self = version.number == shown ? .shared : version.shownAt == nil ? .draft : .superseded
    }
}
