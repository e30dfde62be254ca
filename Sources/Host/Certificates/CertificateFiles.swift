import HTTPServer
import PluginAPI

/// Where a certificate and its key are.
struct CertificateFiles: Sendable {
    /// Which of the two.
    enum Part: String, Sendable { case certificate, key }

    private let source: CertificateSource
    /// The folder that paths begin in.
    let folder: String

    /// The operator's.
    init(certificate: String, key: String) {
        source = CertificateSource(certificate: .file(certificate), key: .file(key))
        folder = "."
    }

    /// A tenant's; nil when it has none.
    init?(_ entry: TenantEntry, in directory: TenantDirectory) {
        guard let source = entry.certificate else { return nil }
        self.source = source
        folder = directory.folder(of: entry.slug)
    }

    /// What the operator calls a part.
    func name(of part: Part) -> String {
        if case .file(let path) = secret(part) { path } else { part.rawValue }
    }

    /// Reads both. What has not changed since `before` is not parsed again.
    func load(_ before: LoadedCertificate?) throws(CertificateFault) -> LoadedCertificate {
        let (pem, secret) = (try read(.certificate), try read(.key))
        let fingerprints = [Fingerprint(pem), Fingerprint(secret)]
        if let before, before.fingerprints == fingerprints { return before }
        do throws(TLSError) {
            return LoadedCertificate(
                fingerprints: fingerprints, identity: try TLSIdentity(certificate: pem, key: secret))
        } catch {
            throw CertificateFault(part: error.concernsKey ? .key : .certificate, reason: error.description)
        }
    }

    private func secret(_ part: Part) -> Secret { part == .key ? source.key : source.certificate }

    private func read(_ part: Part) throws(CertificateFault) -> [UInt8] {
        do throws(SecretFault) {
            return Array(try secret(part).resolve(in: folder).utf8)
        } catch {
            switch error {
            case .missing(let reason): throw CertificateFault(part: part, reason: reason)
            }
        }
    }
}

/// A certificate that can be used, and what tells whether its files have changed.
struct LoadedCertificate: Sendable {
    let fingerprints: [Fingerprint]
    let identity: TLSIdentity
}

/// Why a certificate cannot be used.
struct CertificateFault: Error {
    let part: CertificateFiles.Part
    let reason: String
}
