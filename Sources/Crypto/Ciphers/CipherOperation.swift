internal import COpenSSL

/// One sealing or opening in the thread's cipher context, which keeps nothing of it afterwards.
struct CipherOperation {
    let key: SecretBytes
    let algorithm: CipherAlgorithm

    /// Writes ciphertext ‖ tag to `output`, which has room for both.
    func seal(
        _ plaintext: RawSpan, nonce: RawSpan, _ context: RawSpan, to output: UnsafeMutablePointer<UInt8>
    ) throws(CryptoError) {
        guard let count = Int32(exactly: plaintext.byteCount) else { throw .wrongLength(of: "plaintext") }
        guard let contextCount = Int32(exactly: context.byteCount) else { throw .wrongLength(of: "context") }
        let scratch = ThreadScratch.current
        let cipher = scratch.cipher
        defer { EVP_CIPHER_CTX_reset(cipher) }
        var written: Int32 = 0
        var done = start(cipher, nonce, encrypting: 1)
        done = done && feed(cipher, context, contextCount, to: nil, &written)
        done = done && feed(cipher, plaintext, count, to: output, &written)
        done = done && EVP_CipherFinal_ex(cipher, output + Int(count), &written) == 1
        let tag = output + Int(count)
        done = done && copenssl_cipher_get_tag(cipher, Int32(AESGCM.tagByteCount), tag) == 1
        if !done { throw OpenSSL.failure("EVP_EncryptUpdate") }
    }

    /// Writes the plaintext of ciphertext ‖ tag to `output`; if it is not authentic, `output` is wiped.
    func open(
        _ sealed: RawSpan, nonce: RawSpan, _ context: RawSpan, to output: UnsafeMutablePointer<UInt8>
    ) throws(CryptoError) {
        guard let count = Int32(exactly: sealed.byteCount - AESGCM.tagByteCount), count >= 0 else {
            throw .wrongLength(of: "ciphertext")
        }
        guard let contextCount = Int32(exactly: context.byteCount) else { throw .wrongLength(of: "context") }
        let scratch = ThreadScratch.current
        let cipher = scratch.cipher
        defer { EVP_CIPHER_CTX_reset(cipher) }
        var written: Int32 = 0
        var done = start(cipher, nonce, encrypting: 0)
        done = done && feed(cipher, context, contextCount, to: nil, &written)
        done = done && feed(cipher, sealed.extracting(first: Int(count)), count, to: output, &written)
        done =
            done
            && sealed.extracting(last: AESGCM.tagByteCount).withUnsafeBytes { tag in
                let tag = UnsafeMutableRawPointer(mutating: tag.baseAddress)
                return copenssl_cipher_set_tag(cipher, Int32(AESGCM.tagByteCount), tag) == 1
            }
        done = done && EVP_CipherFinal_ex(cipher, output + Int(count), &written) == 1
        if !done {
            OPENSSL_cleanse(output, Int(count))
            OpenSSL.clearErrors()
            throw .authenticationFailed
        }
    }

    private func start(_ cipher: OpaquePointer, _ nonce: RawSpan, encrypting: Int32) -> Bool {
        key.withBytes { key in
            key.withUnsafeBytes { key in
                nonce.withUnsafeBytes { nonce in
                    EVP_CipherInit_ex2(
                        cipher, algorithm.pointer, key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        nonce.baseAddress?.assumingMemoryBound(to: UInt8.self), encrypting, nil) == 1
                }
            }
        }
    }

    private func feed(
        _ cipher: OpaquePointer, _ bytes: RawSpan, _ count: Int32, to output: UnsafeMutablePointer<UInt8>?,
        _ written: inout Int32
    ) -> Bool {
        guard count > 0 else { return true }
        return bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return EVP_CipherUpdate(cipher, output, &written, start, count) == 1
        }
    }
}
