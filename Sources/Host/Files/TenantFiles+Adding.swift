import Crypto
import Database
import PluginAPI
import Workers

extension TenantFiles {
    /// Keeps bytes while they come. When this returns, bytes, name and row are on the disk; when it throws, there is no row,
    /// and what was written is removed now or by ``removeOrphans()``.
    ///
    /// - Parameters:
    ///   - declared: the media type that was said.
    ///   - id: the file to get a new version; nil for a new file.
    ///   - key: what the upload is known by when it comes again: then the file is what it was.
    /// - Throws: ``Problem`` 413, 415, 422 or 503; ``FileRefusal``; what the stream throws.
    func add(
        _ bytes: ByteStream, named name: String, declared: String, to id: FileID? = nil, under key: String? = nil,
        _ origin: Origin
    ) async throws -> StoredFile {
        do {
            return try await receive(bytes, named: name, declared: declared, to: id, under: key, origin)
        } catch { throw problem(of: error, requestID: origin.requestID) }
    }

    private func receive(
        _ bytes: ByteStream, named name: String, declared: String, to id: FileID?, under key: String?, _ origin: Origin
    ) async throws -> StoredFile {
        let person = origin.onBehalfOf ?? origin.person
        let settings = settings
        let room = try await database.write(as: .host) { try FileTable.room(for: person, settings, HostWriter($0)) }
        let next = bytes.walk()
        var head: [UInt8] = []
        var isWhole = false
        while head.count < ChunkCipher.plain, !isWhole {
            if let piece = try await next() { head += piece } else { isWhole = true }
        }
        try check(head.count, room)
        let type = ContentType.of(Array(head.prefix(ChunkCipher.plain)), declared: declared, name: name)
        guard ContentType.isListed(type, in: settings.types) else { throw Problem.refusedType(type) }
        let (blob, cipher) = (BlobFolder.newName(), FileKey())
        writing.begin(blob)
        defer { writing.end(blob) }
        let writer = BlobWriter(blob, in: folder, try ChunkCipher(cipher, name: blob), pool, lane: lane)
        let written: BlobWriter.Written
        do {
            var size = head.count
            try await writer.append(head)
            head = []
            while !isWhole, let piece = try await next() {
                size += piece.count
                try check(size, room)
                try await writer.append(piece)
            }
            written = try await writer.finish()
        } catch {
            await writer.abandon()
            throw error
        }
        let new = NewFile(
            id: FileID(rawValue: Identifier.make("fil", at: origin.now)), of: id, plugin: origin.plugin,
            uploader: person, blob: blob, key: cipher, name: FileName.cleaned(name, type: type), mediaType: type,
            size: written.size, digest: written.digest, uploadKey: key, now: origin.now)
        do {
            let added = try await database.write(as: .host) { try FileTable.add(new, settings, HostWriter($0)) }
            guard let added else { throw Problem.notFound }
            if !added.isNew { await writer.abandon() }
            return added.file
        } catch let refusal where refusal is Problem || refusal is FileRefusal {
            await writer.abandon()
            throw refusal
        }
    }

    private func check(_ size: Int, _ room: Int) throws {
        guard size <= settings.maxBytes else { throw Problem.fileTooLarge(settings.maxBytes) }
        guard size <= room else { throw FileRefusal.quota }
    }
}

extension Problem {
    fileprivate static func fileTooLarge(_ limit: Int) -> Problem {
        let message = "must have at most \(limit) bytes"
        return Problem(
            413, "PAYLOAD_TOO_LARGE", "The file \(message).", mistakes: [Mistake(field: "file", .tooLong, message)])
    }

    fileprivate static func refusedType(_ type: String) -> Problem {
        let message = "is of the type \(type), which is not taken here"
        return Problem(
            415, "UNSUPPORTED_MEDIA_TYPE", "The file \(message).",
            mistakes: [Mistake(field: "file", .notAllowed, message)])
    }
}
