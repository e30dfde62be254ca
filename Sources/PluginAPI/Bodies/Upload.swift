import Synchronization

/// A file sent with a form.
public struct Upload: Sendable {
    /// Its name without folders, at most 255 bytes; may be empty. The client's word: fit to be shown, not to be a path.
    public let fileName: String
    /// Its media type in lower case without parameters, `application/octet-stream` when none was said. The client's word only.
    public let mediaType: String
    private let content: any UploadContent

    /// - Parameter content: where the bytes are.
    public init(fileName: String, mediaType: String, content: any UploadContent) {
        self.fileName = fileName
        self.mediaType = mediaType
        self.content = content
    }

    /// How many bytes it has.
    public var size: Int { content.count }

    /// The bytes piece by piece, without blocking. Can be walked more than once.
    public var bytes: ByteStream {
        ByteStream { [content] in
            let position = Mutex(0)
            return {
                let start = position.withLock { $0 }
                guard start < content.count else { return nil }
                let piece = try await content.next(Self.piece, at: start)
                position.withLock { $0 = start + piece.count }
                return piece.isEmpty ? nil : piece
            }
        }
    }

    /// All bytes at once, for handlers that may block, as transactional ones do. A large file blocks the tenant's writes for
    /// the time it takes to read.
    ///
    /// - Throws: what reading throws.
    public func contents() throws -> [UInt8] { try content.read(content.count, at: 0) }

    private static let piece = 64 * 1024
}

/// Where the bytes of an upload are.
public protocol UploadContent: Sendable {
    /// How many there are.
    var count: Int { get }
    /// Some of them, fewer at the end. May block.
    func read(_ count: Int, at offset: Int) throws -> [UInt8]
    /// Some of them, fewer at the end, without blocking the caller's thread.
    func next(_ count: Int, at offset: Int) async throws -> [UInt8]
}

/// An upload in memory.
public struct UploadedBytes: UploadContent {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var count: Int { bytes.count }

    public func read(_ count: Int, at offset: Int) -> [UInt8] {
        let start = min(max(offset, 0), bytes.count)
        return Array(bytes[start..<start + min(max(count, 0), bytes.count - start)])
    }

    public func next(_ count: Int, at offset: Int) -> [UInt8] { read(count, at: offset) }
}

/// An upload whose bytes a handler took as they came, so that they are no longer here.
public struct TakenBytes: UploadContent {
    public let count: Int

    public init(count: Int) { self.count = count }

    /// Why nothing can be read.
    public struct Gone: Error, Sendable {}

    /// - Throws: ``Gone``.
    public func read(_ count: Int, at offset: Int) throws -> [UInt8] { throw Gone() }

    /// - Throws: ``Gone``.
    public func next(_ count: Int, at offset: Int) throws -> [UInt8] { throw Gone() }
}
