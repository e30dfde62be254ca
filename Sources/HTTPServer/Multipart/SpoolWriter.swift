internal import Synchronization

/// Takes the bytes of one upload: in memory while they are few, in a temporary file beyond.
///
/// Files are touched in large blocks, and only inside `offload`, which runs what it is given on a thread that may block.
public struct SpoolWriter: Sendable {
    /// Runs what blocks somewhere else than on an event loop.
    public typealias Offload = @Sendable (@escaping @Sendable () throws -> Void) async throws -> Void

    private let folder: String
    private let threshold: Int
    private let offload: Offload
    private var waiting: [UInt8] = []
    private var file: SpooledFile?
    private var written = 0

    /// Bytes that are written at a time.
    static let block = 256 * 1024

    /// An empty upload.
    ///
    /// - Parameters:
    ///   - folder: where the file system keeps the temporary file.
    ///   - threshold: bytes that are kept in memory.
    public init(folder: String, threshold: Int = 64 * 1024, offload: @escaping Offload) {
        self.folder = folder
        self.threshold = threshold
        self.offload = offload
    }

    /// Bytes so far.
    public var count: Int { written + waiting.count }

    /// Adds bytes; returns when there is room for more.
    ///
    /// - Throws: `SpooledFile.Failure`, and what `offload` throws.
    public mutating func append(_ bytes: [UInt8]) async throws {
        waiting += bytes
        if waiting.count >= (file == nil ? threshold + 1 : Self.block) { try await flush() }
    }

    /// The whole upload.
    ///
    /// - Throws: as ``append(_:)``.
    public consuming func finish() async throws -> SpooledBytes {
        if file != nil, !waiting.isEmpty { try await flush() }
        guard let file else { return .memory(waiting) }
        return .file(file, count: written)
    }

    private mutating func flush() async throws {
        let (bytes, offset, folder, known) = (waiting, written, folder, file)
        let made = FileSlot()
        try await offload {
            let file = try known ?? SpooledFile(in: folder)
            try file.write(bytes, at: offset)
            made.file.withLock { $0 = file }
        }
        file = made.file.withLock { $0 } ?? known
        written += bytes.count
        waiting = []
    }
}

/// Where an upload's bytes are.
public enum SpooledBytes: Sendable {
    /// Here.
    case memory([UInt8])
    /// So many in a temporary file.
    case file(SpooledFile, count: Int)

    /// How many there are.
    public var count: Int {
        switch self {
        case .memory(let bytes): bytes.count
        case .file(_, let count): count
        }
    }

    /// Some of them, fewer at the end. Blocks when they are in a file.
    public func read(_ count: Int, at offset: Int) throws(SpooledFile.Failure) -> [UInt8] {
        switch self {
        case .memory(let bytes):
            let start = min(max(offset, 0), bytes.count)
            return Array(bytes[start..<start + min(max(count, 0), bytes.count - start)])
        case .file(let file, let total):
            return try file.read(min(count, max(total - max(offset, 0), 0)), at: max(offset, 0))
        }
    }
}
