import Crypto
import PluginAPI
import Workers

extension TenantFiles {
    /// A file whose bytes can be read.
    ///
    /// - Throws: ``Problem`` 500 when its bytes are missing or not as long as they were; the log says which.
    func open(_ row: FileRow, requestID: String) async throws -> OpenFile {
        let reader: BlobReader
        do {
            reader = try await pool.run(for: lane) { [folder] in
                try BlobReader(row.blob, in: folder, row.key, size: row.file.size)
            }
        } catch { throw problem(of: error, requestID: requestID) }
        return OpenFile(row.file) { [self] range in
            reader.stream(range, pool, lane: lane) { _ = self.problem(of: $0, requestID: requestID) }
        }
    }

    /// A file as an answer.
    ///
    /// - Parameter hasRanges: whether parts of it may be asked for.
    func content(_ row: FileRow, requestID: String, hasRanges: Bool = true) async throws -> Content {
        let open = try await open(row, requestID: requestID)
        let file = row.file
        let bytes = SeekableBytes(
            length: file.size, tag: Base64URL.encode(Array(file.digest.prefix(18))), modified: file.createdAt,
            hasRanges: hasRanges, read: open.bytes)
        return Content(
            .seekable(bytes), mediaType: ContentType.field(file.mediaType), fileName: file.name,
            isShown: ContentType.isShown(file.mediaType), isForeign: true)
    }
}
