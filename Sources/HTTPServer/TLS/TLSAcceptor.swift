internal import COpenSSL
internal import Synchronization

// @unchecked: the context is set up in `init`, after which OpenSSL may use it from any thread; all else is Sendable.
/// The server's end of TLS, shared by all loops.
final class TLSAcceptor: @unchecked Sendable {
    let context: OpaquePointer
    let certificates: TLSCertificates
    let tickets: TicketKeys
    /// Milliseconds.
    let handshakeTimeout: Int64
    /// The loops' clock, in milliseconds.
    private let now: @Sendable () -> Int64
    let handshakes = Atomic<Int>(0)
    let resumptions = Atomic<Int>(0)
    let failures = Atomic<Int>(0)

    init(_ configuration: TLSConfiguration, now: @escaping @Sendable () -> Int64) throws(TLSError) {
        self.now = now
        certificates = configuration.certificates
        handshakeTimeout = configuration.handshakeTimeout.milliseconds
        tickets = TicketKeys(lifetime: configuration.ticketLifetime.milliseconds)
        context = try TLSContext.make(TLS_server_method())
        SSL_CTX_set_timeout(context, Int(max(tickets.lifetime / 1000, 1)))
        SSL_CTX_set_client_hello_cb(context, { connection, alert, _ in TLSAcceptor.greet(connection, alert) }, nil)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, count, offered, length, _ in
                ApplicationProtocol.choose(chosen, count, offered, Int(length))
            }, nil)
        SSL_CTX_set_tlsext_ticket_key_evp_cb(context) { connection, name, vector, cipher, mac, seals in
            guard let session = TLSSession.of(connection), let acceptor = session.acceptor, let name, let vector,
                let cipher, let mac
            else { return -1 }
            return SessionTicket.prepare(
                acceptor.tickets, acceptor.now(), name, vector, cipher, mac, seals: seals == 1)
        }
    }

    deinit { SSL_CTX_free(context) }

    /// The client has said whom it wants to speak to: chooses the certificate, or refuses.
    private static func greet(_ connection: OpaquePointer?, _ alert: UnsafeMutablePointer<Int32>?) -> Int32 {
        guard let connection, let session = TLSSession.of(connection), let acceptor = session.acceptor else {
            alert?.pointee = SSL_AD_INTERNAL_ERROR
            return SSL_CLIENT_HELLO_ERROR
        }
        let name: String
        switch ServerName.read(connection) {
        case .name(let host): name = host
        case .absent: name = session.localHost
        case .malformed:
            alert?.pointee = SSL_AD_DECODE_ERROR
            return SSL_CLIENT_HELLO_ERROR
        }
        guard let choice = acceptor.certificates.choice(for: name) else {
            alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
            return SSL_CLIENT_HELLO_ERROR
        }
        let identity = choice.identity
        let isSet =
            SSL_use_cert_and_key(connection, identity.certificate, identity.key, identity.chain, 1) == 1
            && bind(connection, to: choice.owner)
        guard isSet else {
            alert?.pointee = SSL_AD_INTERNAL_ERROR
            return SSL_CLIENT_HELLO_ERROR
        }
        session.serverName = name
        session.owner = choice.owner
        return SSL_CLIENT_HELLO_SUCCESS
    }

    /// Sessions are resumed with the owner they were begun with only: a ticket of another is as good as none.
    private static func bind(_ connection: OpaquePointer, to owner: String) -> Bool {
        var digest = [UInt8](repeating: 0, count: 32)
        let bytes = Array(owner.utf8)
        guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else { return false }
        return SSL_set_session_id_context(connection, digest, 32) == 1
    }
}

/// The choice among the protocols a client offers (RFC 7301).
enum ApplicationProtocol {
    /// `http/1.1`, as it stands in the extension: its length first.
    static let http11: StaticString = "\u{08}http/1.1"

    static func choose(
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: UnsafeMutablePointer<UInt8>?,
        _ offered: UnsafePointer<UInt8>?, _ length: Int
    ) -> Int32 {
        var index = 0
        while let offered, index < length {
            let size = Int(offered[index])
            guard index + size < length else { break }
            if size == 8, (0...8).allSatisfy({ offered[index + $0] == http11.utf8Start[$0] }) {
                chosen?.pointee = offered + index + 1
                count?.pointee = 8
                return SSL_TLSEXT_ERR_OK
            }
            index += size + 1
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
