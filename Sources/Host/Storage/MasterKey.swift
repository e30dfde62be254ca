import Crypto

/// The operator's key, under which every tenant's keys are wrapped. It is in no database and in no backup.
struct MasterKey: Sendable {
    private let cipher: AESGCM
    /// Names the key in backups and errors without giving anything of it away.
    let fingerprint: String

    /// From its 32 bytes.
    ///
    /// - Throws: ``CryptoError`` when there are not 32.
    init(_ secret: SecretBytes) throws(CryptoError) {
        guard secret.count == 32 else { throw .malformedKey }
        cipher = try AESGCM(key: secret)
        let tag = HMAC256Key(secret).tag(for: Array("portico master key fingerprint".utf8))
        fingerprint = String(tag.hex.prefix(16))
    }

    /// From base64 text, as in a key file or an environment variable; white space around it is ignored.
    ///
    /// - Throws: ``CryptoError`` when it is not 32 bytes of base64.
    init(base64 text: String) throws(CryptoError) {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined()
        guard let bytes = Base64.decode(trimmed) else { throw .malformedKey }
        try self.init(SecretBytes(bytes))
    }

    func wrap(_ key: SecretBytes, for purpose: String) throws(CryptoError) -> [UInt8] {
        try cipher.seal(key, authenticating: Array(purpose.utf8))
    }

    func unwrap(_ wrapped: [UInt8], for purpose: String) throws(CryptoError) -> SecretBytes {
        try cipher.openSecret(wrapped, authenticating: Array(purpose.utf8))
    }
}
