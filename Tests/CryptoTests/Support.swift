import Crypto

/// The bytes of hexadecimal text in a vector; white space in it is ignored.
func hex(_ text: String) throws -> [UInt8] {
    guard let bytes = Hex.decode(text.filter { !$0.isWhitespace }) else { throw BadVector() }
    return bytes
}

/// The bytes of a text in UTF-8.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

struct BadVector: Error {}

extension SecretBytes {
    /// A copy for comparing in tests.
    var exposed: [UInt8] { withBytes { $0.withUnsafeBytes { Array($0) } } }
}

/// Keys that many tests use, since making an RSA key takes a tenth of a second.
enum Keys {
    static let rsa = Result { try RSAKey.generate() }
    static let otherRSA = Result { try RSAKey.generate() }
}
