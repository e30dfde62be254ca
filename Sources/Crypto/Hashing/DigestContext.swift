internal import COpenSSL

/// A digest under way, with a context of its own.
struct DigestContext: ~Copyable, @unchecked Sendable {  // One owner, moved between threads whole.
    private let pointer: OpaquePointer

    init(_ algorithm: DigestAlgorithm) {
        pointer = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        OpenSSL.require(EVP_DigestInit_ex2(pointer, algorithm.pointer, nil) == 1, "EVP_DigestInit_ex2")
    }

    private init(copying other: OpaquePointer) {
        pointer = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        OpenSSL.require(EVP_MD_CTX_copy_ex(pointer, other) == 1, "EVP_MD_CTX_copy_ex")
    }

    deinit {
        EVP_MD_CTX_free(pointer)
    }

    func copy() -> DigestContext { DigestContext(copying: pointer) }

    mutating func update(_ bytes: RawSpan) {
        bytes.withUnsafeBytes {
            OpenSSL.require(EVP_DigestUpdate(pointer, $0.baseAddress, $0.count) == 1, "EVP_DigestUpdate")
        }
    }

    consuming func finish<Output: FixedBytes>() -> Output {
        Output { OpenSSL.require(EVP_DigestFinal_ex(pointer, $0, nil) == 1, "EVP_DigestFinal_ex") }
    }

    /// The digest of `bytes` by the thread's reused context.
    static func hash<Output: FixedBytes>(_ bytes: RawSpan, _ algorithm: DigestAlgorithm) -> Output {
        let scratch = ThreadScratch.current
        let context = scratch.context(for: algorithm)
        return Output { output in
            var done = EVP_DigestInit_ex2(context, algorithm.pointer, nil) == 1
            done = done && bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
            done = done && EVP_DigestFinal_ex(context, output, nil) == 1
            OpenSSL.require(done, "EVP_Digest")
        }
    }
}
