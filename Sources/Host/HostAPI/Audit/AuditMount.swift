/// Where the audit log is read: at the host's own path, and wherever a plugin has it too (``Manifest/auditAt``).
enum AuditMount {
    static let base = "/_portico/v1/audit"

    /// Where a path of the host's API stands at a plugin's; nil for what has nothing to do with the audit log.
    static func path(_ path: String, at mount: String) -> String? {
        guard path == base || path.hasPrefix(base + "/") else { return nil }
        return mount + path.dropFirst(base.count)
    }
}
