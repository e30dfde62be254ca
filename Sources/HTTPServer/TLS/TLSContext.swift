internal import COpenSSL

/// What both ends of TLS have in common: an `SSL_CTX` with the rules that hold everywhere.
enum TLSContext {
    /// At least 112 bits: RSA from 2048 bits, curves from 224, no SHA-1 in signatures.
    static let securityLevel: Int32 = 2

    /// ECDHE with AES-GCM or ChaCha20-Poly1305 (RFC 9325 §4.2). The suites of TLS 1.3 are all of that kind.
    private static let suites =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
    private static let suitesOf13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

    /// Makes one; the caller frees it.
    /// - Throws: ``TLSError`` when this OpenSSL lacks something.
    static func make(_ method: OpaquePointer?) throws(TLSError) -> OpaquePointer {
        guard TLSLibrary.isStarted else { throw TLSError("TLS", .latest) }
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else { throw TLSError("TLS", .latest) }
        SSL_CTX_set_security_level(context, securityLevel)
        let isReady =
            copenssl_context_set_versions(context, TLS1_2_VERSION, TLS1_3_VERSION) == 1
            && SSL_CTX_set_cipher_list(context, suites) == 1 && SSL_CTX_set_ciphersuites(context, suitesOf13) == 1
            && copenssl_context_set_groups(context, "X25519:P-256:P-384") == 1
        guard isReady else {
            SSL_CTX_free(context)
            throw TLSError("TLS", .latest)
        }
        // Macros that Swift does not import: NO_COMPRESSION, PRIORITIZE_CHACHA, CIPHER_SERVER_PREFERENCE, NO_RENEGOTIATION.
        let options = [17, 21, 22, 30].reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        SSL_CTX_set_options(context, options)
        // A write may be repeated from another buffer that begins alike; an idle connection holds no buffer.
        let modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        copenssl_context_set_mode(context, Int(modes) | Int(SSL_MODE_RELEASE_BUFFERS))
        // As much as has come in one read, not one read for each record's head and another for the rest.
        copenssl_context_set_read_ahead(context)
        copenssl_context_set_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        return context
    }
}
