public import Time

/// What is known of one version of a stored file.
public struct StoredFile: Sendable, Equatable {
    public let id: FileID
    /// From 1; a file keeps its id when it gets a new version.
    public let version: Int
    /// Fit to be shown and to be saved under; never a path.
    public let name: String
    /// Bytes.
    public let size: Int
    /// What the bytes are, whatever the client said.
    public let mediaType: String
    /// The SHA-256 of the bytes.
    public let digest: [UInt8]
    /// Who brought this version; nil for what the plugin made itself.
    public let uploader: PersonID?
    /// When this version came.
    public let createdAt: Instant
    /// When the file goes; nil while nothing says so.
    public let expiresAt: Instant?
    /// Whether it is under legal hold, so that nothing deletes it.
    public let isHeld: Bool
    /// Whether it is attached to something.
    public let isAttached: Bool

    public init(
        id: FileID, version: Int, name: String, size: Int, mediaType: String, digest: [UInt8], uploader: PersonID?,
        createdAt: Instant, expiresAt: Instant?, isHeld: Bool, isAttached: Bool
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.size = size
        self.mediaType = mediaType
        self.digest = digest
        self.uploader = uploader
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.isHeld = isHeld
        self.isAttached = isAttached
    }

    /// The size for people, in powers of ten as file managers count: `2.1 MB`, `640 B`.
    public var sizeText: String {
        var (unit, value) = (0, size)
        while value >= 999_950, unit < 3 { (unit, value) = (unit + 1, value / 1000) }
        guard size >= 1000 else { return "\(size) B" }
        let tenths = (value + 50) / 100
        return "\(tenths / 10).\(tenths % 10) \(["kB", "MB", "GB", "TB"][unit])"
    }
}
