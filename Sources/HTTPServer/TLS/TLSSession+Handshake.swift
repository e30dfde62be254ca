internal import COpenSSL
internal import Synchronization

extension TLSSession {
    /// Goes on with the handshake. Returns `nil` once it is done.
    func handshake() -> Transport.Outcome? {
        guard let ssl = ssl ?? open() else {
            state = .broken
            return .failed
        }
        ERR_clear_error()
        wantsWrite = false
        let code = SSL_do_handshake(ssl)
        if code == 1 {
            state = .open
            if let acceptor {
                acceptor.handshakes.add(1, ordering: .relaxed)
                if SSL_session_reused(ssl) == 1 { acceptor.resumptions.add(1, ordering: .relaxed) }
            }
            return nil
        }
        switch SSL_get_error(ssl, code) {
        case SSL_ERROR_WANT_READ: return .blocked
        case SSL_ERROR_WANT_WRITE:
            wantsWrite = true
            return .blocked
        default:
            reason = failureReason(ssl)
            if state != .clear { state = .broken }
            acceptor?.failures.add(1, ordering: .relaxed)
            return .failed
        }
    }

    /// Made with the first bytes, so that a connection that never speaks costs nothing here.
    private func open() -> OpaquePointer? {
        let context =
            switch role {
            case .server(let acceptor): acceptor.context
            case .client(let trust, _, _): trust.context
            }
        guard let connection = SSL_new(context) else { return nil }
        guard SSL_set_ex_data(connection, 0, Unmanaged.passUnretained(self).toOpaque()) == 1,
            SocketBIO.attach(connection, to: self)
        else {
            SSL_free(connection)
            return nil
        }
        switch role {
        case .server: SSL_set_accept_state(connection)
        case .client(_, let host, let isHTTP):
            guard TLSTrust.expect(host, on: connection) else {
                SSL_free(connection)
                return nil
            }
            if !isHTTP { SSL_set_alpn_protos(connection, nil, 0) }
            SSL_set_connect_state(connection)
        }
        ssl = connection
        return connection
    }

    /// Why a peer's certificate is not accepted, or whatever else went wrong.
    private func failureReason(_ ssl: OpaquePointer) -> String? {
        let latest = OpenSSLReason.take()
        let verdict = SSL_get_verify_result(ssl)
        if case .client = role, verdict != Int(X509_V_OK), let text = X509_verify_cert_error_string(verdict) {
            return String(cString: text)
        }
        return latest
    }
}
