internal import COpenSSL

/// A key pair on the curve P-256: signs with ES256 (RFC 7518 §3.4) and agrees on secrets by ECDH.
public struct P256Key: Sendable {
    private let pair: KeyPair
    private let secretNumber: SecretBytes

    /// The half that may be published.
    public let publicKey: Public

    /// Makes a new key.
    public static func generate() throws(CryptoError) -> P256Key {
        let key = try KeyPair.generate("EC") { EVP_PKEY_CTX_set_group_name($0, "P-256") == 1 }
        defer { EVP_PKEY_free(key) }
        return try P256Key(scalar: scalar(of: key))
    }

    /// Takes the private number itself, 32 bytes, big-endian, from 1 to the order of the curve less 1; the form of VAPID
    /// keys and of the JWK member `d`.
    /// - Throws: ``CryptoError/wrongLength(of:)`` or ``CryptoError/malformedKey``.
    public init(scalar: SecretBytes) throws(CryptoError) {
        guard scalar.count == 32 else { throw .wrongLength(of: "scalar") }
        let point = try Self.point(of: scalar)
        publicKey = try Public(point: point)
        var parts = Parameters()
        parts.add("group", text: "prime256v1")
        parts.add("pub", bytes: point.span.bytes)
        scalar.withBytes { parts.add("priv", number: $0) }
        pair = try KeyPair(owning: PublicKey.make("EC", Int32(copenssl_key_pair), parts))
        secretNumber = scalar
    }

    /// Reads an unencrypted PKCS #8 key in DER, as ``pkcs8()`` writes it.
    /// - Throws: ``CryptoError/malformedKey`` if it cannot be read or its halves do not belong together,
    ///   ``CryptoError/refusedKey`` if it is not an EC key on P-256.
    public init(pkcs8 der: SecretBytes) throws(CryptoError) {
        let key = try der.withBytes { (der) throws(CryptoError) in try KeyPair.read(pkcs8: der, "EC") }
        defer {
            EVP_PKEY_free(key)
            OpenSSL.clearErrors()
        }
        var name = [CChar](repeating: 0, count: 32)
        var count = 0
        guard EVP_PKEY_get_utf8_string_param(key, "group", &name, name.count, &count) == 1,
            name.prefix(count).elementsEqual("prime256v1".utf8.map { CChar($0) })
        else { throw .refusedKey }
        try self.init(scalar: Self.scalar(of: key))
        var stated = [UInt8](repeating: 0, count: 133)
        guard EVP_PKEY_get_octet_string_param(key, "pub", &stated, stated.count, &count) == 1, count <= stated.count,
            let point = Self.uncompressed(Array(stated.prefix(count))), point == publicKey.point
        else { throw .malformedKey }
    }

    /// The private key as unencrypted PKCS #8 (RFC 5208) in DER, to be sealed before it is stored.
    public func pkcs8() throws(CryptoError) -> SecretBytes { try pair.pkcs8() }

    /// The private number, 32 bytes, big-endian.
    public var scalar: SecretBytes { secretNumber }

    /// The ES256 signature of `bytes`.
    public func sign(_ bytes: RawSpan) throws(CryptoError) -> P256Signature { try P256Signature(der: pair.sign(bytes)) }

    /// The ES256 signature of `bytes`.
    public func sign(_ bytes: [UInt8]) throws(CryptoError) -> P256Signature { try sign(bytes.span.bytes) }

    /// The x-coordinate both sides get by ECDH (SP 800-56A §5.7.1.2), 32 bytes; derive keys from it with ``HKDF256``.
    public func sharedSecret(with other: Public) throws(CryptoError) -> SecretBytes {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pair.pointer, nil) else {
            throw OpenSSL.failure("EVP_PKEY_CTX_new_from_pkey")
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, other.key.pointer) == 1 else {
            throw OpenSSL.failure("EVP_PKEY_derive_set_peer")
        }
        return try SecretBytes(count: 32) { (start) throws(CryptoError) in
            var count = 32
            guard EVP_PKEY_derive(context, start, &count) == 1, count == 32 else {
                throw OpenSSL.failure("EVP_PKEY_derive")
            }
        }
    }
}
