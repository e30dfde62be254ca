import PluginAPI

/// The words that are guessed first at one portal, whatever else is common: what its company and the program are called
/// (ASVS 6.1.2). docs/security.md names them too.
enum PortalWords {
    /// Of every portal.
    static let general: Set<Substring> = ["portico", "portal"]
    /// Shorter parts of a name are parts of other words too.
    static let shortest = 4

    /// The general ones; the tenant's slug; its name, whole and word by word. In lower case, letters and digits alone.
    static func of(_ tenant: Tenant) -> Set<Substring> {
        let name = tenant.name.lowercased().split { !$0.isLetter && !$0.isNumber }
        let whole = [name.joined(), tenant.slug.filter { $0 != "-" }].map { $0[...] }
        return general.union((name + whole).filter { $0.count >= shortest })
    }
}
