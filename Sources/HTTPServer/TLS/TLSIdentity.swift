internal import COpenSSL
internal import Glibc

// @unchecked: OpenSSL counts references to these objects atomically, and nothing changes them after `init`.
/// A certificate, the chain that leads to its authority, and its private key.
public final class TLSIdentity: @unchecked Sendable {
    let certificate: OpaquePointer
    /// A `STACK_OF(X509)`: the certificates above, without the root.
    let chain: OpaquePointer
    let key: OpaquePointer
    /// The first moment at which it is good, in seconds since 1970.
    public let validFrom: Int64
    /// The last moment at which it is good, in seconds since 1970.
    public let validUntil: Int64

    /// Reads PEM (RFC 7468): the certificate first, then its chain; and an unencrypted private key.
    /// - Throws: ``TLSError`` when one is missing or malformed, when they do not belong together, or when the key is weaker
    ///   than 112 bits of security (RSA with 2048 bits).
    public init(certificate pem: [UInt8], key keyPEM: [UInt8]) throws(TLSError) {
        guard TLSLibrary.isStarted else { throw TLSError("TLS", .latest) }
        var certificates = PEM.certificates(pem)
        guard !certificates.isEmpty else { throw TLSError("there is no certificate in PEM form") }
        let first = certificates.removeFirst()
        guard let chain = copenssl_certificates_new() else {
            X509_free(first)
            for certificate in certificates { X509_free(certificate) }
            throw TLSError("no memory")
        }
        for certificate in certificates where copenssl_certificates_add(chain, certificate) == 0 {
            X509_free(certificate)
        }
        guard let key = PEM.privateKey(keyPEM) else {
            X509_free(first)
            copenssl_certificates_free(chain)
            throw TLSError("there is no unencrypted private key in PEM form", concernsKey: true)
        }
        certificate = first
        self.chain = chain
        self.key = key
        validFrom = Self.seconds(X509_get0_notBefore(first))
        validUntil = Self.seconds(X509_get0_notAfter(first))
        try check()
    }

    deinit {
        X509_free(certificate)
        copenssl_certificates_free(chain)
        EVP_PKEY_free(key)
    }

    /// Tries both where they will be used.
    private func check() throws(TLSError) {
        ERR_clear_error()
        guard X509_check_private_key(certificate, key) == 1 else {
            ERR_clear_error()
            throw TLSError("the private key does not belong to the certificate", concernsKey: true)
        }
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw TLSError("TLS", .latest) }
        defer { SSL_CTX_free(context) }
        SSL_CTX_set_security_level(context, TLSContext.securityLevel)
        guard SSL_CTX_use_cert_and_key(context, certificate, key, chain, 1) == 1 else {
            throw TLSError("the certificate cannot be used", .latest)
        }
    }

    /// Whether the certificate is for this name: a host name in lower case (RFC 9525; its alternative names alone count),
    /// or an IP address as text.
    public func covers(_ name: String) -> Bool {
        if X509_check_ip_asc(certificate, name, 0) == 1 { return true }
        let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        return X509_check_host(certificate, name, name.utf8.count, flags, nil) == 1
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }
}

/// Reading PEM.
enum PEM {
    /// Every certificate, in order; the caller frees them.
    static func certificates(_ bytes: [UInt8]) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        reading(bytes) { source in
            while found.count < 20, let certificate = PEM_read_bio_X509(source, nil, { _, _, _, _ in -1 }, nil) {
                found.append(certificate)
            }
        }
        return found
    }

    /// The private key; the caller frees it.
    static func privateKey(_ bytes: [UInt8]) -> OpaquePointer? {
        var key: OpaquePointer?
        // Without the callback OpenSSL would ask on the terminal for the password of an encrypted key.
        reading(bytes) { key = PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
        return key
    }

    private static func reading(_ bytes: [UInt8], _ body: (OpaquePointer) -> Void) {
        bytes.withUnsafeBytes { buffer in
            guard let source = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else { return }
            body(source)
            BIO_free(source)
        }
        // The end of the file is an error to OpenSSL.
        ERR_clear_error()
    }
}
