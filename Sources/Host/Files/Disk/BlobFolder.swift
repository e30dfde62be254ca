import Crypto
import Synchronization

/// Where a tenant's sealed files lie: `<data>/<slug>/files/ab/ab3f…`, by random names.
struct BlobFolder: Sendable {
    /// `<data>/<slug>`
    let parent: String

    /// The folder itself.
    var path: String { parent + "/files" }

    /// A name that nothing else has: 128 random bits.
    static func newName() -> String { Hex.encode(Random.bytes(16)) }

    /// Whether a file in the folder was given its name here.
    static func isName(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// The folder that a name lies in.
    func folder(of name: String) -> String { path + "/" + name.prefix(2) }

    func path(of name: String) -> String { folder(of: name) + "/" + name }

    /// Makes the folders of a name. Blocks.
    func makeFolders(for name: String) throws(DiskFailure) {
        try DiskFile.makeFolder(path, in: parent)
        try DiskFile.makeFolder(folder(of: name), in: path)
    }

    /// The names that lie in a part of the folder, of 256 by their first byte. Blocks.
    func names(inPart part: Int) throws(FileFault) -> [String] {
        let folder = path + "/" + Hex.encode([UInt8(truncatingIfNeeded: part)])
        do throws(FileFault) {
            return try Files.names(inDirectory: folder, limit: 1 << 20).filter { Self.isName($0) }
        } catch {
            if error.kind == .missing { return [] }
            throw error
        }
    }
}

/// The files that are being written at the moment and have no row yet: no orphans.
final class BlobsInWriting: Sendable {
    private let names = Mutex<Set<String>>([])

    func begin(_ name: String) { names.withLock { _ = $0.insert(name) } }
    func end(_ name: String) { names.withLock { _ = $0.remove(name) } }
    var all: Set<String> { names.withLock { $0 } }
}
