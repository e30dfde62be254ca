internal import COpenSSL

/// A private key of OpenSSL, prepared for signing.
final class KeyPair: @unchecked Sendable {  // After init nothing changes; reading is thread-safe.
    let pointer: OpaquePointer
    private let signing: OpaquePointer

    /// Takes over `pointer` and frees it, also on failure.
    init(owning pointer: OpaquePointer) throws(CryptoError) {
        guard let signing = EVP_MD_CTX_new() else {
            EVP_PKEY_free(pointer)
            throw OpenSSL.failure("EVP_MD_CTX_new")
        }
        self.pointer = pointer
        self.signing = signing
        guard EVP_DigestSignInit_ex(signing, nil, "SHA256", nil, nil, pointer, nil) == 1 else {
            throw OpenSSL.failure("EVP_DigestSignInit_ex")
        }
    }

    deinit {
        EVP_MD_CTX_free(signing)
        EVP_PKEY_free(pointer)
    }

    /// Generates a key by `settings` on a context for `algorithm`.
    static func generate(
        _ algorithm: String, _ settings: (OpaquePointer) -> Bool
    ) throws(CryptoError) -> OpaquePointer {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        guard let context = EVP_PKEY_CTX_new_from_name(nil, algorithm, nil) else {
            throw OpenSSL.failure("EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, settings(context), EVP_PKEY_generate(context, &key) == 1, let key
        else { throw OpenSSL.failure("EVP_PKEY_generate") }
        return key
    }

    /// The signature of `bytes` with SHA-256, as OpenSSL makes it.
    func sign(_ bytes: RawSpan) throws(CryptoError) -> [UInt8] {
        let context = ThreadScratch.current.signature
        defer { EVP_MD_CTX_reset(context) }
        guard EVP_MD_CTX_copy_ex(context, signing) == 1 else { throw OpenSSL.failure("EVP_MD_CTX_copy_ex") }
        var count = Int(EVP_PKEY_get_size(pointer))
        var signature = [UInt8](repeating: 0, count: max(0, count))
        let done = bytes.withUnsafeBytes { bytes in
            EVP_DigestSign(
                context, &signature, &count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == 1
        }
        guard done, count <= signature.count else { throw OpenSSL.failure("EVP_DigestSign") }
        signature.removeLast(signature.count - count)
        return signature
    }

    /// The key as an unencrypted PKCS #8 structure (RFC 5208) in DER.
    func pkcs8() throws(CryptoError) -> SecretBytes {
        guard let info = EVP_PKEY2PKCS8(pointer) else { throw OpenSSL.failure("EVP_PKEY2PKCS8") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        let count = i2d_PKCS8_PRIV_KEY_INFO(info, nil)
        guard count > 0 else { throw OpenSSL.failure("i2d_PKCS8_PRIV_KEY_INFO") }
        return try SecretBytes(count: Int(count)) { (start) throws(CryptoError) in
            var end: UnsafeMutablePointer<UInt8>? = start
            guard i2d_PKCS8_PRIV_KEY_INFO(info, &end) == count else {
                throw OpenSSL.failure("i2d_PKCS8_PRIV_KEY_INFO")
            }
        }
    }

    /// Reads a PKCS #8 structure that fills `der` exactly and holds a key of `algorithm`.
    static func read(pkcs8 der: RawSpan, _ algorithm: String) throws(CryptoError) -> OpaquePointer {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        defer { OpenSSL.clearErrors() }
        let key: OpaquePointer? = der.withUnsafeBytes { der in
            guard let base = der.baseAddress else { return nil }
            var next: UnsafePointer<UInt8>? = base.assumingMemoryBound(to: UInt8.self)
            guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &next, der.count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            guard let next, UnsafeRawPointer(next) == base + der.count else { return nil }
            return EVP_PKCS82PKEY(info)
        }
        guard let key else { throw .malformedKey }
        guard EVP_PKEY_is_a(key, algorithm) == 1 else {
            EVP_PKEY_free(key)
            throw .refusedKey
        }
        return key
    }
}
