internal import COpenSSL

/// The two half-done digests of an HMAC key: one that has read the inner padded key, one the outer.
final class HMACState: @unchecked Sendable {  // After init its contexts are only copied from.
    private let algorithm: DigestAlgorithm
    private let inner: OpaquePointer
    private let outer: OpaquePointer

    init(_ algorithm: DigestAlgorithm, key: RawSpan) {
        self.algorithm = algorithm
        inner = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        outer = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        // A key longer than a block is replaced by its digest (RFC 2104 §2); the rest of the block is zero.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: algorithm.blockSize) { block in
            block.initialize(repeating: 0)
            defer { OPENSSL_cleanse(block.baseAddress, block.count) }
            key.withUnsafeBytes { key in
                if key.count > block.count {
                    let done = EVP_Digest(key.baseAddress, key.count, block.baseAddress, nil, algorithm.pointer, nil)
                    OpenSSL.require(done == 1, "EVP_Digest")
                } else {
                    UnsafeMutableRawBufferPointer(block).copyMemory(from: key)
                }
            }
            for index in block.indices { block[index] ^= 0x36 }
            HMACState.start(inner, algorithm, block)
            for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
            HMACState.start(outer, algorithm, block)
        }
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
    }

    private static func start(
        _ context: OpaquePointer, _ algorithm: DigestAlgorithm, _ block: UnsafeMutableBufferPointer<UInt8>
    ) {
        var done = EVP_DigestInit_ex2(context, algorithm.pointer, nil) == 1
        done = done && EVP_DigestUpdate(context, block.baseAddress, block.count) == 1
        OpenSSL.require(done, "EVP_DigestUpdate")
    }

    func tag<Output: FixedBytes>(for bytes: RawSpan) -> Output {
        Output { output in tag(for: bytes, to: output) }
    }

    /// Writes the tag, ``DigestAlgorithm/digestSize`` bytes, to `output`.
    func tag(for bytes: RawSpan, to output: UnsafeMutablePointer<UInt8>) {
        let scratch = ThreadScratch.current
        let context = scratch.context(for: algorithm)
        var done = EVP_MD_CTX_copy_ex(context, inner) == 1
        done = done && bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
        done = done && EVP_DigestFinal_ex(context, output, nil) == 1
        done = done && EVP_MD_CTX_copy_ex(context, outer) == 1
        done = done && EVP_DigestUpdate(context, output, algorithm.digestSize) == 1
        done = done && EVP_DigestFinal_ex(context, output, nil) == 1
        OpenSSL.require(done, "HMAC")
    }
}
