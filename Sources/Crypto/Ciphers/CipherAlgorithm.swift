internal import COpenSSL

/// A cipher, fetched once for the life of the process.
struct CipherAlgorithm: @unchecked Sendable {  // A fetched EVP_CIPHER never changes and may be used by many threads.
    let pointer: OpaquePointer

    static let aes128gcm = CipherAlgorithm("AES-128-GCM")
    static let aes256gcm = CipherAlgorithm("AES-256-GCM")

    private init(_ name: String) {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        pointer = OpenSSL.require(EVP_CIPHER_fetch(nil, name, nil), "EVP_CIPHER_fetch")
    }
}
