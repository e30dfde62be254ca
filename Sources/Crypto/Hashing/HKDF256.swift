internal import COpenSSL

/// HKDF with SHA-256 (RFC 5869): derives keys for different uses from one secret.
public enum HKDF256 {
    // A fetched EVP_KDF never changes and may be used by many threads.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        return OpenSSL.require(EVP_KDF_fetch(nil, "HKDF", nil), "EVP_KDF_fetch")
    }()

    /// Derives `count` bytes.
    /// - Parameters:
    ///   - secret: The input keying material; at least one byte.
    ///   - salt: Not secret; may be empty.
    ///   - info: Says what the result is for; may be empty.
    ///   - count: 1 to 8160 (255 digests).
    /// - Throws: ``CryptoError/wrongLength(of:)`` or ``CryptoError/outOfRange(_:)`` for arguments outside those bounds.
    public static func derive(
        from secret: RawSpan, salt: RawSpan, info: RawSpan, count: Int
    ) throws(CryptoError) -> SecretBytes {
        guard (1...255 * 32).contains(count) else { throw .outOfRange("count") }
        guard secret.byteCount > 0 else { throw .wrongLength(of: "secret") }
        var parameters = Parameters()
        parameters.add("digest", text: "SHA256")
        parameters.add("key", bytes: secret)
        parameters.add("salt", bytes: salt)
        parameters.add("info", bytes: info)
        guard let context = EVP_KDF_CTX_new(algorithm) else { throw OpenSSL.failure("EVP_KDF_CTX_new") }
        defer { EVP_KDF_CTX_free(context) }
        guard parameters.withList({ EVP_KDF_CTX_set_params(context, $0) }) == 1 else {
            throw OpenSSL.failure("EVP_KDF_CTX_set_params")
        }
        return try SecretBytes(count: count) { (start) throws(CryptoError) in
            guard EVP_KDF_derive(context, start, count, nil) == 1 else { throw OpenSSL.failure("EVP_KDF_derive") }
        }
    }

    /// Derives `count` bytes from a secret that is kept safe; see ``derive(from:salt:info:count:)-(RawSpan,_,_,_)``.
    public static func derive(
        from secret: SecretBytes, salt: [UInt8], info: [UInt8], count: Int
    ) throws(CryptoError) -> SecretBytes {
        try secret.withBytes { (secret) throws(CryptoError) in
            try derive(from: secret, salt: salt.span.bytes, info: info.span.bytes, count: count)
        }
    }
}
