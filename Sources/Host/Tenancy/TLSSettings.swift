import PluginAPI

/// The certificate that a tenant is shown with, and what its answers say of encryption.
struct TLSSettings: Described, Equatable {
    /// PEM: the certificate, then its chain.
    var certificate: Secret?
    /// PEM: the private key, not encrypted.
    var key: Secret?
    /// How long browsers are to come by TLS only, in seconds (RFC 6797); 0 does not ask for it.
    var hstsSeconds: Int

    /// A year.
    static let usualHSTS = 31_536_000

    static let schema = Schema.object(
        Self.init(certificate:key:hstsSeconds:),
        .leftOutWhenNil(
            "certificate", \.certificate, .optional(Secret.schema), note: "PEM: the certificate, then its chain"),
        .leftOutWhenNil("key", \.key, .optional(Secret.schema), note: "PEM: the private key, not encrypted"),
        Field(
            "hstsSeconds", \.hstsSeconds, .int(0...63_072_000), default: usualHSTS,
            note: "How long browsers come by TLS only; 0: not asked for"))

    init(certificate: Secret? = nil, key: Secret? = nil, hstsSeconds: Int = usualHSTS) {
        self.certificate = certificate
        self.key = key
        self.hstsSeconds = hstsSeconds
    }
}

/// Where a tenant's certificate and key are. A reference, since most tenants have none and many are kept.
final class CertificateSource: Sendable, Equatable {
    let certificate: Secret
    let key: Secret

    init(certificate: Secret, key: Secret) {
        self.certificate = certificate
        self.key = key
    }

    static func == (left: CertificateSource, right: CertificateSource) -> Bool {
        left.certificate == right.certificate && left.key == right.key
    }
}

extension TLSSettings {
    /// Where both are; nil when there is no certificate.
    var source: CertificateSource? {
        guard let certificate, let key else { return nil }
        return CertificateSource(certificate: certificate, key: key)
    }
}
