import HTTPServer
import PluginAPI
import Workers

/// Keeps the files of forms until their handlers have run: small ones in memory, others in files that have no name.
struct UploadSpool: Sendable {
    /// On the file system of the data, which has room for what is uploaded to it.
    let folder: String
    let pool: WorkerPool

    /// Keeps a file while it comes.
    ///
    /// - Parameter key: the tenant's lane in the pool.
    /// - Throws: ``PoolFull``, `SpooledFile.Failure`, and what the stream throws.
    func keep(_ file: IncomingFile, for key: UInt64) async throws -> any UploadContent {
        let pool = pool
        var writer = SpoolWriter(folder: folder) { work in try await pool.run(for: key, work) }
        for try await piece in file.bytes { try await writer.append(piece) }
        return SpooledUpload(bytes: try await writer.finish(), pool: pool, key: key)
    }
}

/// The content of an upload that was kept.
struct SpooledUpload: UploadContent {
    let bytes: SpooledBytes
    let pool: WorkerPool
    let key: UInt64

    var count: Int { bytes.count }

    func read(_ count: Int, at offset: Int) throws -> [UInt8] { try bytes.read(count, at: offset) }

    func next(_ count: Int, at offset: Int) async throws -> [UInt8] {
        if case .memory = bytes { return try bytes.read(count, at: offset) }
        return try await pool.run(for: key) { [bytes] in try bytes.read(count, at: offset) }
    }
}
