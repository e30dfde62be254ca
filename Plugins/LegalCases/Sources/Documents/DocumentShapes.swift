internal import PluginAPI

/// A document in seed 003's list.
struct DocumentListed: Described {
    let id: Int
    let title: String
    let description: String
    let fileType: String
    let fileSize: Int
    let uploadedAt: Instant
    let matter: CaseTitled
    let folder: String

    static let schema = Schema<DocumentListed>.object(
        DocumentListed.init(id:title:description:fileType:fileSize:uploadedAt:matter:folder:),
        Field("id", \.id, .number), Field("title", \.title, DocumentFields.title),
        Field("description", \.description, DocumentFields.description),
        Field("file_type", \.fileType, DocumentFields.fileType),
        Field("file_size", \.fileSize, DocumentFields.size, note: "Bytes"),
        Field("uploaded_at", \.uploadedAt, Instant.schema), Field("case", \.matter, CaseTitled.schema),
        Field("folder", \.folder, DocumentFields.folder))

    init(_ row: DocumentRow) {
        self.init(
            id: row.id, title: row.title, description: row.description, fileType: row.version.fileType,
            fileSize: row.version.size, uploadedAt: row.version.uploadedAt,
            matter: CaseTitled(id: row.matter, title: row.matterTitle), folder: row.folder)
    }

    private init(
        id: Int, title: String, description: String, fileType: String, fileSize: Int, uploadedAt: Instant,
        matter: CaseTitled, folder: String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.fileType = fileType
        self.fileSize = fileSize
        self.uploadedAt = uploadedAt
        self.matter = matter
        self.folder = folder
    }
}

/// A document as its client sees it.
struct DocumentShown: Described {
    let id: Int
    let title: String
    let description: String
    let fileType: String
    let fileSize: Int
    let uploadedAt: Instant
    let matter: CaseTitled
    let downloadUrl: String
    let folder: String
    let fileName: String
    let version: Int
    let isOwn: Bool

    static let schema = Schema<DocumentShown>.object(
        DocumentShown.init(
            id:title:description:fileType:fileSize:uploadedAt:matter:downloadUrl:folder:fileName:version:isOwn:),
        Field("id", \.id, .number), Field("title", \.title, DocumentFields.title),
        Field("description", \.description, DocumentFields.description),
        Field("file_type", \.fileType, DocumentFields.fileType),
        Field("file_size", \.fileSize, DocumentFields.size, note: "Bytes"),
        Field("uploaded_at", \.uploadedAt, Instant.schema), Field("case", \.matter, CaseTitled.schema),
        Field("download_url", \.downloadUrl, .string(1...200)), Field("folder", \.folder, DocumentFields.folder),
        Field("file_name", \.fileName, .string(0...255)), Field("version", \.version, .number),
        Field("is_own", \.isOwn, .bool, note: "Whether the client brought it, and may bring new versions"))

    init(_ row: DocumentRow) {
        id = row.id
        title = row.title
        description = row.description
        fileType = row.version.fileType
        fileSize = row.version.size
        uploadedAt = row.version.uploadedAt
        matter = CaseTitled(id: row.matter, title: row.matterTitle)
        downloadUrl = "/api/portal/documents/\(row.id)/download/"
        folder = row.folder
        fileName = row.version.name
        version = row.version.number
        isOwn = row.origin == .client
    }

    private init(
        id: Int, title: String, description: String, fileType: String, fileSize: Int, uploadedAt: Instant,
        matter: CaseTitled, downloadUrl: String, folder: String, fileName: String, version: Int, isOwn: Bool
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.fileType = fileType
        self.fileSize = fileSize
        self.uploadedAt = uploadedAt
        self.matter = matter
        self.downloadUrl = downloadUrl
        self.folder = folder
        self.fileName = fileName
        self.version = version
        self.isOwn = isOwn
    }
}

/// What the shapes of documents share.
enum DocumentFields {
    static let title = Schema<String>.string(1...300)
    static let description = Schema<String>.string(0...5000)
    static let fileType = Schema<String>.string(1...8)
    static let size = Schema<Int>.int(0...(1 << 53))
    static let version = Schema<Int>.int(1...1_000_000)

    /// `Pleadings/Drafts`: at most eight names with slashes between, none of them empty or made of points.
    static let folder = Schema<String>.string(0...200).converted(
        to: { (text: String) -> String? in
            guard !text.isEmpty else { return "" }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let isGood =
                parts.count <= 8
                && parts.allSatisfy { part in
                    !part.isEmpty && part != "." && part != ".." && part.first != " " && part.last != " "
                }
            return isGood ? text : nil
        }, from: { $0 }, allowed: "names of folders with slashes between, such as Pleadings/Drafts")
}
