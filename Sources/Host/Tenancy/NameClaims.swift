import PluginAPI

/// Gives every host name to one tenant: the first, in the order of slugs, that claims it. The others are told, and so is it.
struct NameClaims {
    let source: TenantDirectory.Source
    let tenants: [TenantEntry]
    private(set) var findings: [Finding] = []
    private(set) var hostNames = HostNames()

    init(source: TenantDirectory.Source, tenants: [TenantEntry]) {
        self.source = source
        self.tenants = tenants
    }

    /// A name and where its tenant claims it: in its domains, or as `<slug>.<baseDomain>` (nil).
    private struct Claim {
        let tenant: Int
        let domain: Int?
    }

    mutating func claim() {
        var holders: [String: Claim] = [:]
        holders.reserveCapacity(tenants.count * 2)
        let base = source.baseDomain.lowercased()
        var names: [(name: String, tenant: Int)] = []
        for (tenant, entry) in tenants.enumerated() {
            let own = "\(entry.slug).\(base)"
            let claims =
                [(own, Claim(tenant: tenant, domain: nil))]
                + entry.domains.enumerated().map { ($1, Claim(tenant: tenant, domain: $0)) }
            for (name, claim) in claims {
                guard let holder = holders[name] else {
                    holders[name] = claim
                    names.append((name, tenant))
                    continue
                }
                // Its own `<slug>.<baseDomain>` among its domains says the same twice.
                if holder.tenant != tenant { report(name, holder, claim) }
            }
        }
        let slugs = Dictionary(uniqueKeysWithValues: tenants.enumerated().map { ($1.slug, $0) })
        hostNames = HostNames(names, ports: source.ports.compactMapValues { slugs[$0] })
    }

    private mutating func report(_ name: String, _ holder: Claim, _ loser: Claim) {
        let first = tenants[holder.tenant].slug
        let second = tenants[loser.tenant].slug
        findings.append(finding(holder, "\(name) is also claimed by \(second); \(first) serves it"))
        findings.append(finding(loser, "\(name) is also claimed by \(first), which serves it"))
    }

    /// Conflicts are rare, so the file is read again to say where the domain stands.
    private func finding(_ claim: Claim, _ message: String) -> Finding {
        let path = "\(source.folder)/\(tenants[claim.tenant].slug)/tenant.json"
        guard let domain = claim.domain,
            let bytes = try? Files.contents(path, limit: TenantDirectory.fileLimit),
            let document = try? JSONDocument(bytes, dialect: .commented)
        else { return Finding(.mistake, file: path, message) }
        return Finding(
            .mistake, file: path, Mistake([.name("domains"), .index(domain)], .notAllowed, message), in: document)
    }
}
