internal import COpenSSL

/// A digest, fetched once for the life of the process.
struct DigestAlgorithm: @unchecked Sendable {  // A fetched EVP_MD never changes and may be used by many threads.
    let pointer: OpaquePointer
    let blockSize: Int
    let digestSize: Int
    /// Which of a thread's reused contexts is for this digest.
    let slot: Int

    static let sha1 = DigestAlgorithm("SHA1", blockSize: 64, digestSize: 20, slot: 0)
    static let sha256 = DigestAlgorithm("SHA256", blockSize: 64, digestSize: 32, slot: 1)
    static let sha384 = DigestAlgorithm("SHA384", blockSize: 128, digestSize: 48, slot: 2)
    static let sha512 = DigestAlgorithm("SHA512", blockSize: 128, digestSize: 64, slot: 3)

    private init(_ name: String, blockSize: Int, digestSize: Int, slot: Int) {
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        pointer = OpenSSL.require(EVP_MD_fetch(nil, name, nil), "EVP_MD_fetch")
        self.blockSize = blockSize
        self.digestSize = digestSize
        self.slot = slot
    }
}
