import PluginAPI

/// How long the audit log keeps its entries (contract §8).
struct AuditSettings: Described, Equatable {
    /// Days after which an entry is trimmed.
    var retentionDays: Int

    /// 90 days to ten years.
    static let range = 90...3653

    static let schema = Schema.object(
        Self.init(retentionDays:),
        Field(
            "retentionDays", \.retentionDays, .int(range), default: 90,
            note: "Days after which an entry of the audit log is trimmed; 90 to ten years"))
}
