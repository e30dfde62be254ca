/// How a server speaks TLS: versions 1.2 and 1.3 (RFC 8446), forward secrecy and authenticated encryption only, without
/// compression and renegotiation.
public struct TLSConfiguration: Sendable {
    /// The certificates, which may be replaced while the server runs.
    public var certificates: TLSCertificates
    /// From the connection to the end of the handshake.
    public var handshakeTimeout: Duration = .seconds(10)
    /// How long a session can be resumed; also how often the key that seals tickets is replaced.
    public var ticketLifetime: Duration = .seconds(3600)

    /// The defaults with these certificates.
    public init(certificates: TLSCertificates) { self.certificates = certificates }
}
