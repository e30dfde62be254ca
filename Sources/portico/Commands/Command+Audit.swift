import Host

extension Command {
    /// `portico audit verify`
    static let audit = verifying(
        "audit",
        summary:
            "Verifies tenants' audit logs: finds what was changed, dropped, moved or cut off. No host may run on the data.",
        by: AuditCheck.self)
}
