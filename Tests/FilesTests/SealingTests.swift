import Crypto
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `A sealed file` {
    private let pool = WorkerPool(name: "test", threads: 2, queueLimit: 64, perKeyLimit: 64)

    /// Writes a file and lends it with its parts.
    private func withFile(
        _ content: [UInt8], _ body: (BlobFolder, String, FileKey, BlobWriter.Written) throws -> Void
    ) async throws {
        let folder = BlobFolder(parent: try TemporaryPath.make())
        defer { TemporaryPath.remove(folder.parent) }
        let (name, key) = (BlobFolder.newName(), FileKey())
        let writer = BlobWriter(name, in: folder, try ChunkCipher(key, name: name), pool, lane: 1)
        for start in stride(from: 0, to: content.count, by: 50_000) {
            try await writer.append(Array(content[start..<min(start + 50_000, content.count)]))
        }
        try body(folder, name, key, try await writer.finish())
    }

    private func read(_ folder: BlobFolder, _ name: String, _ key: FileKey, _ size: Int) throws -> [UInt8] {
        let reader = try BlobReader(name, in: folder, key, size: size)
        var all: [UInt8] = []
        while all.count < size { all += try reader.read(all.count..<size) }
        return all
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 262_144, 262_145, 1_000_000])
    func `opens as it was written, and is nowhere plain`(count: Int) async throws {
        let content = noise(count)
        try await withFile(content) { folder, name, key, written in
            #expect(written.size == count && written.digest == SHA256.hash(content).bytes)
            #expect(try read(folder, name, key, count) == content)
            #expect(try BlobReader(name, in: folder, key, size: count).verified() == written.digest)
            let raw = try Files.contents(folder.path(of: name), limit: 2 << 20)
            #expect(raw.count == ChunkCipher.sealedSize(of: count))
            if count > 100 { #expect(!raw.contains(content.prefix(16))) }
        }
    }

    @Test func `does not open when a single bit of it was changed`() async throws {
        try await withFile(noise(70_000)) { folder, name, key, _ in
            let path = folder.path(of: name)
            let raw = try Files.contents(path, limit: 1 << 20)
            for place in [0, 7, 8, 9, 65_543, 65_551, 65_552, raw.count - 1] {
                var changed = raw
                changed[place] ^= 1
                try TemporaryPath.write(changed, to: path)
                #expect(throws: BlobReader.Damaged.self) { try read(folder, name, key, 70_000) }
            }
            try TemporaryPath.write(raw, to: path)
            #expect(try read(folder, name, key, 70_000).count == 70_000)
        }
    }

    @Test func `does not open when pieces were cut off, moved, repeated or taken from another`() async throws {
        let size = 3 * ChunkCipher.plain
        try await withFile(noise(size)) { folder, name, key, _ in
            let path = folder.path(of: name)
            let raw = try Files.contents(path, limit: 1 << 20)
            func piece(_ number: Int) -> [UInt8] {
                Array(raw[ChunkCipher.offset(of: number)..<ChunkCipher.offset(of: number + 1)])
            }
            let head = ChunkCipher.header
            for (pieces, told) in [
                ([piece(0), piece(1)], 2 * ChunkCipher.plain), ([piece(0), piece(1)], size),
                ([piece(1), piece(0), piece(2)], size), ([piece(0), piece(0), piece(2)], size),
                ([piece(0), piece(2)], 2 * ChunkCipher.plain), ([piece(0), piece(1), piece(2), piece(2)], size),
                ([piece(2)], ChunkCipher.plain), ([], 0),
            ] {
                try TemporaryPath.write(head + pieces.flatMap { $0 }, to: path)
                #expect(throws: BlobReader.Damaged.self) {
                    try BlobReader(name, in: folder, key, size: told).verified()
                }
            }
            try TemporaryPath.write(raw, to: path)
            // Under another name, another key.
            #expect(throws: BlobReader.Damaged.self) { try read(folder, name, FileKey(), size) }
            let other = BlobFolder.newName()
            try folder.makeFolders(for: other)
            try TemporaryPath.write(raw, to: folder.path(of: other))
            #expect(throws: BlobReader.Damaged.self) { try read(folder, other, key, size) }
            TemporaryPath.remove(path)
            #expect(throws: BlobReader.Damaged.self) { try read(folder, name, key, size) }
        }
    }
}
