internal import COpenSSL
internal import Glibc

// @unchecked: the context is set up in `init`, after which OpenSSL may use it from any thread.
/// Which authorities a client believes when a server shows its certificate.
public final class TLSTrust: @unchecked Sendable {
    let context: OpaquePointer

    /// The authorities that this system trusts. Reads files, so not on an event loop.
    /// - Throws: ``TLSError`` when there are none.
    public static func system() throws(TLSError) -> TLSTrust {
        try TLSTrust { context throws(TLSError) in
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw TLSError("the system's certificate authorities cannot be read", .latest)
            }
        }
    }

    /// These authorities and no others: certificates in PEM form.
    /// - Throws: ``TLSError`` when there are none.
    public convenience init(authorities pem: [UInt8]) throws(TLSError) {
        try self.init { context throws(TLSError) in
            // The library is started: there is a context.
            let certificates = PEM.certificates(pem)
            guard !certificates.isEmpty else { throw TLSError("there is no certificate in PEM form") }
            let store = SSL_CTX_get_cert_store(context)
            for certificate in certificates {
                X509_STORE_add_cert(store, certificate)
                X509_free(certificate)
            }
            ERR_clear_error()
        }
    }

    private init(_ fill: (OpaquePointer) throws(TLSError) -> Void) throws(TLSError) {
        let context = try TLSContext.make(TLS_client_method())
        do throws(TLSError) { try fill(context) } catch {
            SSL_CTX_free(context)
            throw error
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        // Our protocol, as it stands in the extension; the call answers 0 when it has it.
        let offered = ApplicationProtocol.http11
        SSL_CTX_set_alpn_protos(context, offered.utf8Start, UInt32(offered.utf8CodeUnitCount))
        self.context = context
    }

    deinit { SSL_CTX_free(context) }

    /// Asks for a host and accepts its certificate only (RFC 9525): a name is sent to the server, an address is not.
    static func expect(_ host: String, on connection: OpaquePointer) -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        if SocketAddress(host: bare, port: 0) != nil, bare != "localhost" {
            return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), bare) == 1
        }
        SSL_set_hostflags(
            connection, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
        return SSL_set1_host(connection, bare) == 1 && copenssl_set_server_name(connection, bare) == 1
    }
}
