internal import Time

/// A file as clients see it (contract §8).
public struct FileShown: Described, Equatable {
    public var id: FileID
    public var name: String
    /// For people: `2.1 MB`.
    public var size: String
    public var sizeBytes: Int
    public var type: String
    public var downloadUrl: String

    public init(id: FileID, name: String, size: String, sizeBytes: Int, type: String, downloadUrl: String) {
        self.id = id
        self.name = name
        self.size = size
        self.sizeBytes = sizeBytes
        self.type = type
        self.downloadUrl = downloadUrl
    }

    /// - Parameter base: the path under which files are read: `/v1/portal/files`.
    public init(_ file: StoredFile, at base: String) {
        self.init(
            id: file.id, name: file.name, size: file.sizeText, sizeBytes: file.size, type: file.mediaType,
            downloadUrl: "\(base)/\(file.id.rawValue)")
    }

    public static let schema = Schema.object(
        Self.init(id:name:size:sizeBytes:type:downloadUrl:),
        Field("id", \.id, FileID.schema),
        Field("name", \.name, .string(1...255)),
        Field("size", \.size, .string(1...20), note: "For people: 2.1 MB."),
        Field("sizeBytes", \.sizeBytes, .int(0...(1 << 53))),
        Field("type", \.type, .string(1...255), note: "What the bytes are."),
        Field("downloadUrl", \.downloadUrl, .string(1...2000)))
}

/// All that is known of a file.
struct FileDetails: Described {
    var id: FileID
    var name: String
    var size: String
    var sizeBytes: Int
    var type: String
    var downloadUrl: String
    var version: Int
    var sha256: String
    var createdAt: Instant
    var expiresAt: Instant?
    var isAttached: Bool
    var isHeld: Bool
    var versions: [FileVersionShown]

    static let schema = Schema.object(
        Self.init(
            id:name:size:sizeBytes:type:downloadUrl:version:sha256:createdAt:expiresAt:isAttached:isHeld:versions:),
        Field("id", \.id, FileID.schema),
        Field("name", \.name, .string(1...255)),
        Field("size", \.size, .string(1...20), note: "For people: 2.1 MB."),
        Field("sizeBytes", \.sizeBytes, .int(0...(1 << 53))),
        Field("type", \.type, .string(1...255), note: "What the bytes are."),
        Field("downloadUrl", \.downloadUrl, .string(1...2000)),
        Field("version", \.version, .int(1...1_000_000), note: "The newest."),
        Field("sha256", \.sha256, .string(64...64), note: "Of the bytes, hexadecimal."),
        Field("createdAt", \.createdAt, Instant.schema),
        Field(
            "expiresAt", \.expiresAt, .optional(Instant.schema),
            note: "When it is deleted; a file that is attached to nothing goes after 24 hours."),
        Field("isAttached", \.isAttached, .bool),
        Field("isHeld", \.isHeld, .bool, note: "Under legal hold it cannot be deleted."),
        Field("versions", \.versions, .list(FileVersionShown.schema), note: "All of them, the newest in front."))

    /// - Parameter versions: at least one, the newest in front.
    init(_ newest: StoredFile, _ versions: [StoredFile], at base: String) {
        let shown = FileShown(newest, at: base)
        self.init(
            id: shown.id, name: shown.name, size: shown.size, sizeBytes: shown.sizeBytes, type: shown.type,
            downloadUrl: shown.downloadUrl, version: newest.version, sha256: newest.hexDigest,
            createdAt: newest.createdAt, expiresAt: newest.expiresAt, isAttached: newest.isAttached,
            isHeld: newest.isHeld, versions: versions.map { FileVersionShown($0) })
    }

    private init(
        id: FileID, name: String, size: String, sizeBytes: Int, type: String, downloadUrl: String, version: Int,
        sha256: String, createdAt: Instant, expiresAt: Instant?, isAttached: Bool, isHeld: Bool,
        versions: [FileVersionShown]
    ) {
        self.id = id
        self.name = name
        self.size = size
        self.sizeBytes = sizeBytes
        self.type = type
        self.downloadUrl = downloadUrl
        self.version = version
        self.sha256 = sha256
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.isAttached = isAttached
        self.isHeld = isHeld
        self.versions = versions
    }
}

/// One version of a file.
struct FileVersionShown: Described {
    var version: Int
    var name: String
    var sizeBytes: Int
    var type: String
    var sha256: String
    var createdAt: Instant

    static let schema = Schema.object(
        Self.init(version:name:sizeBytes:type:sha256:createdAt:),
        Field("version", \.version, .int(1...1_000_000)),
        Field("name", \.name, .string(1...255)),
        Field("sizeBytes", \.sizeBytes, .int(0...(1 << 53))),
        Field("type", \.type, .string(1...255)),
        Field("sha256", \.sha256, .string(64...64)),
        Field("createdAt", \.createdAt, Instant.schema))
}

extension FileVersionShown {
    init(_ file: StoredFile) {
        self.init(
            version: file.version, name: file.name, sizeBytes: file.size, type: file.mediaType,
            sha256: file.hexDigest, createdAt: file.createdAt)
    }
}

extension StoredFile {
    /// The digest as lower-case hexadecimal.
    public var hexDigest: String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
