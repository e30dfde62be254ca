public import PluginAPI

/// An event that was published.
public struct PublishedRow: Sendable {
    public let name: String
    public let payload: JSON
    public let subjectKind: String, subjectID: String
    public let owner: PersonID?
    public let branch: String?
    /// `{"permission": …}`, `{"people": […]}`, or empty for machines.
    public let audience: JSON
    public let at: Instant
}

/// An entry of the audit log.
public struct AuditRecord: Sendable {
    public let plugin: String, action: String, subjectKind: String, subjectID: String
    /// `success` or `refused`.
    public let outcome: String
    /// The account acted for.
    public let onBehalfOf: PersonID?
    public let person: PersonID?
    public let address: String?
    public let requestID: String
    public let details: JSON
    public let at: Instant
}

/// Work that waits.
public struct WaitingJob: Sendable, Equatable {
    public let name: String, key: String
    public let at: Instant
}
