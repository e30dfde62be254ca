public import Time

/// The files of a tenant, as one plugin may use them: those that came through it or are attached to its subjects, and those
/// that are attached to nothing yet. Lent by a call or a job, never kept.
///
/// Whatever is added is attached to nothing: it is deleted after 24 hours unless a transaction attaches it.
public protocol FileStore: Sendable {
    /// Keeps a file of a form while it comes. It is on the disk when this returns.
    ///
    /// - Throws: ``Problem`` 413 for what is too large or beyond a quota, 415 for a type that the tenant does not take.
    func add(_ file: IncomingFile) async throws -> StoredFile

    /// Keeps bytes, such as a document that the plugin has made.
    ///
    /// - Parameter mediaType: corrected when the bytes are something else.
    /// - Throws: as ``add(_:)``.
    func add(_ bytes: ByteStream, named name: String, mediaType: String) async throws -> StoredFile

    /// A file to be read. Who may see it is the plugin's business.
    ///
    /// - Parameter version: the newest when nil.
    /// - Throws: ``Problem/notFound``.
    func open(_ id: FileID, version: Int?) async throws -> OpenFile
}

extension FileStore {
    /// Keeps bytes that are at hand.
    public func add(_ bytes: [UInt8], named name: String, mediaType: String) async throws -> StoredFile {
        try await add(ByteStream(of: bytes), named: name, mediaType: mediaType)
    }

    /// The newest version of a file, to be read.
    public func open(_ id: FileID) async throws -> OpenFile { try await open(id, version: nil) }
}

/// The files of a tenant, as a call lends them: what is done in the caller's name checks whether the caller may. What they
/// may not see does not exist for them.
public protocol CallFiles: FileStore {
    /// Whether a download begins with this request: no HEAD, and no later part of one.
    var isDownload: Bool { get }
    /// Whether only the fields of the answer are asked for.
    var isHead: Bool { get }

    /// A file as an answer: ranges, conditions, its name.
    func download(_ id: FileID, version: Int?) async throws -> Content

    /// Every version of a file, the newest in front.
    func versions(of id: FileID) async throws -> [StoredFile]

    /// A new version of a file; the older ones stay.
    func addVersion(_ file: IncomingFile, of id: FileID) async throws -> StoredFile

    /// Deletes a file with all its versions.
    ///
    /// - Throws: ``Problem`` 409 `LEGAL_HOLD` when it must stay.
    func delete(_ id: FileID) async throws

    /// Makes a link by which anybody reads one version of a file.
    ///
    /// - Parameters:
    ///   - version: the newest at this moment when nil; later ones are not behind the link.
    ///   - most: how many downloads it is good for; any number when nil.
    func share(_ id: FileID, version: Int?, until expiry: Instant, most: Int?) async throws -> FileLink

    /// The links of a file that are still good.
    func links(of id: FileID) async throws -> [FileLink]

    /// Ends a link.
    func revoke(_ link: String, of id: FileID) async throws
}

/// A stored file whose bytes can be read.
public struct OpenFile: Sendable {
    /// What is known of it.
    public let file: StoredFile
    /// The bytes of a range within ``StoredFile/size``; only what is needed is read and decrypted.
    public let bytes: @Sendable (Range<Int>) -> ByteStream

    public init(_ file: StoredFile, bytes: @escaping @Sendable (Range<Int>) -> ByteStream) {
        self.file = file
        self.bytes = bytes
    }

    /// All bytes.
    public var stream: ByteStream { bytes(0..<file.size) }

    /// All bytes at once.
    ///
    /// - Throws: ``Problem`` 413 when there are more than `limit`; otherwise what reading throws.
    public func contents(upTo limit: Int) async throws -> [UInt8] {
        guard file.size <= limit else {
            throw Problem(413, "PAYLOAD_TOO_LARGE", "The file has more than \(limit) bytes.")
        }
        var all: [UInt8] = []
        all.reserveCapacity(file.size)
        for try await piece in stream { all += piece }
        return all
    }
}

/// A link by which anybody reads one version of a file, until it ends.
public struct FileLink: Sendable, Equatable {
    public let id: String
    /// The whole address.
    public let url: String
    public let version: Int
    public let createdAt: Instant
    public let expiresAt: Instant
    /// How many downloads it is good for; any number when nil.
    public let most: Int?
    /// How many there were; counted only where there is a most.
    public let downloads: Int

    public init(
        id: String, url: String, version: Int, createdAt: Instant, expiresAt: Instant, most: Int?, downloads: Int
    ) {
        self.id = id
        self.url = url
        self.version = version
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.most = most
        self.downloads = downloads
    }
}
