import Crypto
import Synchronization
import Workers

/// Writes one file, sealed, while it comes: a bounded piece of it is in memory, and what blocks is done on the pool.
/// For one task at a time.
final class BlobWriter: Sendable {
    /// What a finished file is.
    struct Written: Sendable {
        let size: Int
        let digest: [UInt8]
    }

    private struct State: ~Copyable {
        var file: DiskFile?
        var digest = SHA256()
        var waiting: [UInt8] = []
        var number = 0
        var size = 0
        var unsynced = 0
    }

    /// Bytes that are sealed and written at a time.
    private static let batch = 4 * ChunkCipher.plain
    /// Bytes after which they are put on the disk, so that the end of a large file does not wait for all of it.
    private static let syncing = 32 << 20

    let name: String
    private let folder: BlobFolder
    private let cipher: ChunkCipher
    private let pool: WorkerPool
    private let lane: UInt64
    private let state = Mutex(State())

    init(_ name: String, in folder: BlobFolder, _ cipher: ChunkCipher, _ pool: WorkerPool, lane: UInt64) {
        self.name = name
        self.folder = folder
        self.cipher = cipher
        self.pool = pool
        self.lane = lane
    }

    /// Adds bytes; returns when there is room for more.
    ///
    /// - Throws: ``PoolFull``, ``DiskFailure``, ``CryptoError``.
    func append(_ bytes: [UInt8]) async throws {
        let isFull = state.withLock { state in
            state.waiting += bytes
            return state.waiting.count > Self.batch
        }
        if isFull { try await pool.run(for: lane) { try self.flush(isLast: false) } }
    }

    /// The end of the file: everything, its name too, is on the disk when this returns.
    ///
    /// - Throws: as ``append(_:)``.
    func finish() async throws -> Written {
        try await pool.run(for: lane) {
            try self.flush(isLast: true)
            try self.state.withLock { try $0.file?.sync() }
            try DiskFile.syncFolder(self.folder.folder(of: self.name))
            return self.state.withLock { Written(size: $0.size, digest: $0.digest.copy().finish().bytes) }
        }
    }

    /// Gives up: what was written is removed, as far as that is possible.
    func abandon() async {
        let (folder, name) = (folder, name)
        _ = try? await pool.run(for: lane) { try DiskFile.remove(folder.path(of: name)) }
    }

    /// Seals and writes what waits; the end is held back until it is known whether it is the last piece.
    private func flush(isLast: Bool) throws {
        try state.withLock { state in
            let file = try state.file ?? create()
            state.file = file
            var (sealed, start) = ([UInt8](), 0)
            let offset = ChunkCipher.offset(of: state.number)
            sealed.reserveCapacity(state.waiting.count + 6 * AESGCM.tagByteCount)
            while isLast || state.waiting.count - start > ChunkCipher.plain {
                let end = min(start + ChunkCipher.plain, state.waiting.count)
                let isEnd = isLast && end == state.waiting.count
                sealed += try cipher.seal(Array(state.waiting[start..<end]), number: state.number, isLast: isEnd)
                state.number += 1
                start = end
                if isEnd { break }
            }
            state.digest.update(Array(state.waiting[..<start]))
            state.size += start
            state.waiting.removeFirst(start)
            try file.write(sealed, at: offset)
            state.unsynced += sealed.count
            if state.unsynced > Self.syncing {
                try file.sync()
                state.unsynced = 0
            }
        }
    }

    private func create() throws -> DiskFile {
        try folder.makeFolders(for: name)
        let file = try DiskFile(creating: folder.path(of: name))
        try file.write(ChunkCipher.header, at: 0)
        return file
    }
}
