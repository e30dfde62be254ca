import PluginAPI

/// The tenants of a folder: what the host must know of each before one is opened. Immutable; a reload makes another.
struct TenantDirectory: Sendable {
    /// Where tenants are and how they are read.
    struct Source: Sendable {
        /// The folder, as the operator named it; findings begin with it.
        var folder: String
        /// Tenants answer at `<slug>.<baseDomain>`: `localhost` in the demo.
        var baseDomain: String
        var reader: TenantReader
        /// Local port → slug, in the demo.
        var ports: [UInt16: String] = [:]
    }

    /// Tenants in a folder at most; beyond, the folder is not read.
    static let limit = 100_000
    /// The longest tenant.json, in bytes.
    static let fileLimit = 1 << 20

    let source: Source
    /// In the order of their slugs.
    let tenants: [TenantEntry]
    /// What is wrong now, by file and place; the notices are those of files read this time.
    let findings: [Finding]
    /// Which tenant a request is for.
    let hostNames: HostNames

    /// Reads the folder; waits for the disk, so not on an event loop.
    ///
    /// - Throws: ``FileFault`` when the folder itself cannot be read; what is wrong inside is in ``findings``.
    init(reading source: Source) throws(FileFault) { self = try Self.read(source, before: [:]).directory }

    /// Reads the folder again. A file that did not change is not decoded; a tenant whose file went bad stays as it was.
    /// Waits for the disk, so not on an event loop.
    ///
    /// - Throws: ``FileFault`` when the folder itself cannot be read; then this directory still holds.
    func reloaded() throws(FileFault) -> (directory: TenantDirectory, reload: TenantReload) {
        try Self.read(source, before: Dictionary(uniqueKeysWithValues: tenants.map { ($0.slug, $0) }))
    }

    /// The position of a tenant in ``tenants``; nil when there is none of this slug.
    func position(of slug: String) -> Int? {
        var low = 0
        var high = tenants.count
        while low < high {
            let middle = (low + high) / 2
            if tenants[middle].slug < slug { low = middle + 1 } else { high = middle }
        }
        return low < tenants.count && tenants[low].slug == slug ? low : nil
    }

    /// The folder of a tenant.
    func folder(of slug: String) -> String { "\(source.folder)/\(slug)" }

    private static func read(
        _ source: Source, before: [String: TenantEntry]
    ) throws(FileFault) -> (directory: TenantDirectory, reload: TenantReload) {
        var scan = TenantScan(source: source, before: before)
        for name in try Files.names(inDirectory: source.folder, limit: limit).sorted() { scan.visit(name) }
        scan.findRemoved()
        var names = NameClaims(source: source, tenants: scan.tenants)
        names.claim()
        let directory = TenantDirectory(
            source: source, tenants: scan.tenants, findings: (scan.findings + names.findings).sorted(),
            hostNames: names.hostNames)
        return (directory, scan.reload)
    }

    private init(source: Source, tenants: [TenantEntry], findings: [Finding], hostNames: HostNames) {
        self.source = source
        self.tenants = tenants
        self.findings = findings
        self.hostNames = hostNames
    }
}
