internal import COpenSSL

/// A public key of OpenSSL, prepared for verifying.
final class PublicKey: @unchecked Sendable {  // After init nothing changes; reading is thread-safe.
    let pointer: OpaquePointer
    private let verifying: OpaquePointer

    /// Makes a key of `algorithm` from its parts.
    init(_ algorithm: String, _ parts: consuming Parameters) throws(CryptoError) {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        pointer = try PublicKey.make(algorithm, Int32(copenssl_public_key), parts)
        guard let verifying = EVP_MD_CTX_new() else {
            EVP_PKEY_free(pointer)
            throw OpenSSL.failure("EVP_MD_CTX_new")
        }
        self.verifying = verifying
        guard EVP_DigestVerifyInit_ex(verifying, nil, "SHA256", nil, nil, pointer, nil) == 1 else {
            throw OpenSSL.failure("EVP_DigestVerifyInit_ex")
        }
    }

    deinit {
        EVP_MD_CTX_free(verifying)
        EVP_PKEY_free(pointer)
    }

    /// Makes a public key or a pair, as `selection` says.
    static func make(
        _ algorithm: String, _ selection: Int32, _ parts: consuming Parameters
    ) throws(CryptoError) -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, algorithm, nil) else {
            throw OpenSSL.failure("EVP_PKEY_CTX_new_from_name")
        }
        defer {
            EVP_PKEY_CTX_free(context)
            OpenSSL.clearErrors()
        }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1 else { throw OpenSSL.failure("EVP_PKEY_fromdata_init") }
        guard parts.withList({ EVP_PKEY_fromdata(context, &key, selection, $0) }) == 1, let key else {
            throw .malformedKey
        }
        return key
    }

    /// Whether `signature`, in OpenSSL's form, is one of `bytes` with SHA-256.
    func verify(_ signature: RawSpan, of bytes: RawSpan) -> Bool {
        let context = ThreadScratch.current.signature
        defer { EVP_MD_CTX_reset(context) }
        OpenSSL.require(EVP_MD_CTX_copy_ex(context, verifying) == 1, "EVP_MD_CTX_copy_ex")
        let valid = signature.withUnsafeBytes { signature in
            bytes.withUnsafeBytes { bytes in
                EVP_DigestVerify(
                    context, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == 1
            }
        }
        if !valid { OpenSSL.clearErrors() }
        return valid
    }
}
