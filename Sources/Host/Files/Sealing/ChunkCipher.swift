import Crypto
import PluginAPI

/// Seals a file in pieces that open one by one, in the manner of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online
/// Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
///
/// Every file has a key of its own, so that a piece's number and whether it is the last can be its nonce. A piece that was
/// changed, moved, dropped, repeated, cut off or taken from another file does not open.
struct ChunkCipher: Sendable {
    /// Bytes of a piece, fewer in the last.
    static let plain = 64 * 1024
    /// Bytes of a piece on the disk.
    static let sealed = plain + AESGCM.tagByteCount
    /// In front of the pieces: what this is and in which version.
    static let header = Array("PORTICO\u{1}".utf8)

    private let cipher: AESGCM
    private let context: [UInt8]

    /// - Parameter name: the file's name on the disk.
    init(_ key: FileKey, name: String) throws(CryptoError) {
        cipher = try AESGCM(key: SecretBytes(key.sealedBytes))
        context = Self.header + Array(name.utf8)
    }

    func seal(_ bytes: [UInt8], number: Int, isLast: Bool) throws(CryptoError) -> [UInt8] {
        try cipher.seal(bytes, nonce: try Self.nonce(number, isLast), authenticating: context)
    }

    func open(_ bytes: [UInt8], number: Int, isLast: Bool) throws(CryptoError) -> [UInt8] {
        try cipher.open(bytes, nonce: try Self.nonce(number, isLast), authenticating: context)
    }

    private static func nonce(_ number: Int, _ isLast: Bool) throws(CryptoError) -> AESGCM.Nonce {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - $0 * 8)) }
        guard let nonce = AESGCM.Nonce([0, 0, 0] + counter + [isLast ? 1 : 0]) else {
            throw .wrongLength(of: "nonce")
        }
        return nonce
    }

    /// How many pieces a file of this size has; an empty one has an empty piece.
    static func count(of size: Int) -> Int { max(1, (size + plain - 1) / plain) }

    /// Bytes on the disk of a file of this size.
    static func sealedSize(of size: Int) -> Int { header.count + size + count(of: size) * AESGCM.tagByteCount }

    /// Where a piece begins on the disk.
    static func offset(of number: Int) -> Int { header.count + number * sealed }
}

/// The key of one version of a file. It lies in the version's row, sealed under the tenant's: without the row the file is
/// noise.
struct FileKey: Sealable, Sendable {
    static let sealTag = "file-key"
    let sealedBytes: [UInt8]

    init?(sealedBytes: [UInt8]) {
        guard sealedBytes.count == 32 else { return nil }
        self.sealedBytes = sealedBytes
    }

    /// A new one.
    init() { sealedBytes = Random.bytes(32) }
}
