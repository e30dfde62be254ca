import Crypto
import PluginAPI
import Synchronization
import Workers

/// Reads a sealed file, any part of it. Everything but ``stream(_:_:lane:)`` blocks.
final class BlobReader: Sendable {
    private let file: DiskFile
    private let cipher: ChunkCipher
    private let size: Int

    /// The file is not what was written.
    struct Damaged: Error, CustomStringConvertible {
        let description: String
    }

    /// Pieces that are read and opened at a time.
    private static let batch = 4

    /// - Parameter size: of what was sealed, as its row says.
    /// - Throws: ``Damaged`` when it is missing, or shorter or longer than it was.
    init(_ name: String, in folder: BlobFolder, _ key: FileKey, size: Int) throws {
        do throws(DiskFailure) { file = try DiskFile(reading: folder.path(of: name)) } catch {
            guard error.isMissing else { throw error }
            throw Damaged(description: "the file \(name) is missing")
        }
        guard try file.size() == ChunkCipher.sealedSize(of: size) else {
            throw Damaged(description: "the file \(name) is not as long as it was")
        }
        guard try file.read(ChunkCipher.header.count, at: 0) == ChunkCipher.header else {
            throw Damaged(description: "the file \(name) is none of ours")
        }
        cipher = try ChunkCipher(key, name: name)
        self.size = size
    }

    /// The bytes from a place on, as many as are read at a time, or to the end of the range.
    ///
    /// - Throws: ``Damaged``, ``DiskFailure``.
    func read(_ range: Range<Int>) throws -> [UInt8] {
        let range = range.clamped(to: 0..<size)
        let (first, last) = (range.lowerBound / ChunkCipher.plain, ChunkCipher.count(of: size) - 1)
        guard !range.isEmpty || size == 0 else { return [] }
        let end = min((range.upperBound + ChunkCipher.plain - 1) / ChunkCipher.plain, first + Self.batch, last + 1)
        let offset = ChunkCipher.offset(of: first)
        let stop = min(ChunkCipher.offset(of: max(end, first + 1)), ChunkCipher.sealedSize(of: size))
        let sealed = try file.read(stop - offset, at: offset)
        var plain: [UInt8] = []
        plain.reserveCapacity(sealed.count)
        for number in first..<max(end, first + 1) {
            let from = (number - first) * ChunkCipher.sealed
            guard from < sealed.count else { throw Damaged(description: "piece \(number) is missing") }
            let piece = Array(sealed[from..<min(from + ChunkCipher.sealed, sealed.count)])
            do throws(CryptoError) {
                plain += try cipher.open(piece, number: number, isLast: number == last)
            } catch { throw Damaged(description: "piece \(number) does not open") }
        }
        let start = range.lowerBound - first * ChunkCipher.plain
        return Array(plain[min(start, plain.count)..<min(start + range.count, plain.count)])
    }

    /// Opens every piece.
    ///
    /// - Returns: the digest of the whole.
    /// - Throws: as ``read(_:)``.
    func verified() throws -> [UInt8] {
        var digest = SHA256()
        var position = 0
        repeat {
            let bytes = try read(position..<size)
            digest.update(bytes)
            position += bytes.count
        } while position < size
        return digest.finish().bytes
    }

    /// The bytes of a range as they are read; nothing blocks the reader.
    ///
    /// - Parameter failed: is told why the stream broke off.
    func stream(
        _ range: Range<Int>, _ pool: WorkerPool, lane: UInt64, failed: @escaping @Sendable (any Error) -> Void
    ) -> ByteStream {
        ByteStream { [self] in
            let position = Mutex(range.lowerBound)
            return {
                let start = position.withLock { $0 }
                guard start < range.upperBound else { return nil }
                do {
                    let bytes = try await pool.run(for: lane) { try self.read(start..<range.upperBound) }
                    guard !bytes.isEmpty else { throw Damaged(description: "it ends before its end") }
                    position.withLock { $0 = start + bytes.count }
                    return bytes
                } catch {
                    failed(error)
                    throw error
                }
            }
        }
    }
}
