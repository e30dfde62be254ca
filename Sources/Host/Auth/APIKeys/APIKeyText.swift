import Crypto

/// An API key as its holder has it: `pk_<id>_<secret><checksum>`, 88 characters of `a–z 0–9 _`.
///
/// The checksum is no secret and proves nothing; it tells a mistyped key from a wrong one without a look-up, and lets
/// scanners recognise a key that somebody published.
struct APIKeyText: Sendable {
    /// The id of the key's row: `key_…`.
    let id: String
    /// SHA-256 of the whole text.
    let hash: Digest256

    static let length = 88
    private static let prefix = "pk_"
    private static let idLength = 26, secretLength = 52, checksumLength = 6

    /// A new text with 256 random bits for the row of this id.
    static func make(id: String) -> String {
        let body = prefix + id.dropFirst("key_".count) + "_" + Base32.encode(Random.bytes(32)).lowercased()
        return body + checksum(body)
    }

    /// Reads a text; nil when it is not of this form or the checksum is not that of the rest.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.length,
            bytes.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "pk", parts[1].utf8.count == Self.idLength,
            parts[2].utf8.count == Self.secretLength + Self.checksumLength,
            Self.checksum(String(text.dropLast(Self.checksumLength))) == text.suffix(Self.checksumLength)
        else { return nil }
        id = "key_" + parts[1]
        hash = SHA256.hash(Array(bytes))
    }

    /// SHA-256 of a text, as it is stored.
    static func hash(_ text: String) -> Digest256 { SHA256.hash(Array(text.utf8)) }

    private static func checksum(_ body: String) -> String {
        String(Base32.encode(SHA256.hash(Array(body.utf8)).bytes).lowercased().prefix(checksumLength))
    }
}
