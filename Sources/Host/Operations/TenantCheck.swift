public import PluginAPI

/// What `portico check` finds.
public struct TenantCheck: Sendable {
    private let tenants: Int
    private let findings: [Finding]

    /// Reads every tenant of a folder without opening any, and their certificates.
    ///
    /// - Parameter tlsFiles: the operator's own certificate and key, which cover what no tenant's does.
    /// - Throws: when the folder itself cannot be read, or the plugins' manifests are faulty.
    public static func run(
        plugins: [any Plugin.Type], tenants: String, isDemo: Bool, tlsFiles: (certificate: String, key: String)? = nil
    ) throws -> TenantCheck {
        _ = try PluginSet(PluginDefinition.all(plugins), hostRoutes: [], table: LimitTable())
        let reader = TenantReader(catalogue: PluginCatalogue(plugins), allowsUnknownPlugins: isDemo)
        let directory = try TenantDirectory(reading: .init(folder: tenants, baseDomain: "localhost", reader: reader))
        let certificates = HostCertificates(
            fallback: tlsFiles.map { CertificateFiles(certificate: $0.certificate, key: $0.key) })
        let findings = directory.findings + certificates.load(directory, now: SystemTime().now)
        return TenantCheck(tenants: directory.tenants.count, findings: findings.sorted())
    }

    /// Whether there is nothing to mend.
    public var isSound: Bool { !findings.contains { $0.weight == .mistake } }

    /// One line for each finding, and one that counts.
    public var text: String {
        let mistakes = findings.count { $0.weight == .mistake }
        let lines = findings.map { $0.weight == .notice ? "note: \($0)" : "\($0)" }
        return (lines + ["\(tenants) tenants can serve, \(mistakes) mistakes"]).joined(separator: "\n")
    }

    /// The same as a JSON array.
    public var json: String {
        JSON.array(
            findings.map { finding in
                [
                    "weight": .string(finding.weight == .mistake ? "mistake" : "notice"), "file": .string(finding.file),
                    "line": finding.line.map { .integer(Int64($0)) } ?? .null,
                    "column": finding.column.map { .integer(Int64($0)) } ?? .null,
                    "pointer": .string(finding.pointer ?? ""),
                    "message": .string(finding.message),
                ]
            }
        ).text
    }
}
