import HTTPServer
import PluginAPI
import Synchronization

/// The certificates of all tenants and the operator's own, as the server shows them. Read anew at every reload, because a
/// certificate is renewed without a change to the tenant's file. One that went bad leaves the one before it in place.
final class HostCertificates: Sendable {
    /// What the server chooses from.
    let table = TLSCertificates()
    /// The operator's, for names that no tenant's certificate covers.
    private let fallback: CertificateFiles?
    private let known = Mutex<[String: LoadedCertificate]>([:])

    init(fallback: CertificateFiles?) { self.fallback = fallback }

    /// Reads everything that may have changed and shows it from now on. Waits for the disk, so not on an event loop.
    ///
    /// - Parameter now: what decides whether a certificate has expired.
    /// - Returns: what is wrong, or soon will be.
    func load(_ directory: TenantDirectory, now: Instant) -> [Finding] {
        var findings: [Finding] = []
        var loaded: [String: LoadedCertificate] = [:]
        let before = known.withLock { $0 }
        if let fallback {
            do throws(CertificateFault) {
                loaded[""] = try fallback.load(before[""])
            } catch {
                loaded[""] = before[""]
                findings.append(Finding(.mistake, file: fallback.name(of: error.part), error.reason))
            }
            if let identity = loaded[""]?.identity, let notice = CertificateDates.notice(identity, now) {
                findings.append(Finding(.notice, file: fallback.name(of: .certificate), notice))
            }
        }
        var entries: [TLSCertificates.Entry] = []
        for entry in directory.tenants {
            guard let files = CertificateFiles(entry, in: directory) else { continue }
            let place = FindingPlace(entry.slug, in: directory)
            do throws(CertificateFault) {
                loaded[entry.slug] = try files.load(before[entry.slug])
            } catch {
                findings.append(place.finding(.mistake, ["tls", error.part.rawValue], error.reason))
                loaded[entry.slug] = before[entry.slug]
            }
            guard let identity = loaded[entry.slug]?.identity else { continue }
            if let notice = CertificateDates.notice(identity, now) {
                findings.append(place.finding(.notice, ["tls", "certificate"], notice))
            }
            for domain in entry.domains
            where !identity.covers(domain) && loaded[""]?.identity.covers(domain) != true {
                findings.append(
                    place.finding(.mistake, ["tls", "certificate"], "the certificate is not for the domain \(domain)"))
            }
            entries.append(
                TLSCertificates.Entry(
                    owner: entry.slug, names: entry.domains + [directory.ownName(of: entry.slug)], identity: identity))
        }
        table.use(entries, fallback: loaded[""]?.identity)
        known.withLock { $0 = loaded }
        return findings.sorted()
    }
}

extension TenantDirectory {
    /// `<slug>.<baseDomain>`
    func ownName(of slug: String) -> String { "\(slug).\(source.baseDomain.lowercased())" }
}
