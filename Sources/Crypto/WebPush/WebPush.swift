/// Encryption of push messages (RFC 8291 over RFC 8188, `aes128gcm`): only the browser that subscribed can read them.
public enum WebPush {
    /// The longest message in bytes that every push service takes (RFC 8030 §7.2): 4096 with header, padding and tag.
    public static let longest = 4096 - 86 - 17

    /// Encrypts a message in one record.
    ///
    /// - Parameters:
    ///   - message: at most ``longest`` bytes.
    ///   - receiver: the subscription's `p256dh`.
    ///   - secret: the subscription's `auth`, 16 bytes.
    ///   - sender: a key of this message alone, never used again.
    ///   - salt: 16 random bytes of this message alone.
    /// - Returns: the body of the request to the push service, whose `content-encoding` is `aes128gcm`.
    /// - Throws: ``CryptoError/wrongLength(of:)``.
    public static func encrypt(
        _ message: [UInt8], to receiver: P256Key.Public, secret: [UInt8], sender: P256Key, salt: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard message.count <= longest else { throw .wrongLength(of: "message") }
        guard secret.count == 16 else { throw .wrongLength(of: "secret") }
        guard salt.count == 16 else { throw .wrongLength(of: "salt") }
        let agreed = try HKDF256.derive(
            from: sender.sharedSecret(with: receiver), salt: secret,
            info: label("WebPush: info") + receiver.point + sender.publicKey.point, count: 32)
        let key = try HKDF256.derive(
            from: agreed, salt: salt, info: label("Content-Encoding: aes128gcm"), count: 16)
        let number = try HKDF256.derive(from: agreed, salt: salt, info: label("Content-Encoding: nonce"), count: 12)
        guard let nonce = number.withBytes({ AESGCM.Nonce($0) }) else { throw .wrongLength(of: "nonce") }
        // A 2 ends the last record's text, and zeros could follow (RFC 8188 §2).
        let sealed = try AESGCM(key: key).seal(message + [2], nonce: nonce)
        let recordSize: [UInt8] = [0, 0, 0x10, 0]
        return salt + recordSize + [UInt8(sender.publicKey.point.count)] + sender.publicKey.point + sealed
    }

    /// Encrypts a message under a key and a salt made for it.
    ///
    /// - Throws: ``CryptoError/wrongLength(of:)``.
    public static func encrypt(
        _ message: [UInt8], to receiver: P256Key.Public, secret: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try encrypt(message, to: receiver, secret: secret, sender: .generate(), salt: Random.bytes(16))
    }

    private static func label(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
}
