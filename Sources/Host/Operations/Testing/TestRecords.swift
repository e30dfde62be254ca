package import PluginAPI

/// An event that was published.
package struct TestEvent: Sendable {
    package let name: String
    /// JSON text.
    package let payload: [UInt8]
    package let subjectKind: String, subjectID: String
    package let owner: PersonID?
    package let branch: String?
    /// JSON text: the permission, the people, or nothing for machines.
    package let audience: String
    package let at: Instant
}

/// An entry of the audit log.
package struct TestAuditEntry: Sendable {
    package let plugin: String, action: String, subjectKind: String, subjectID: String, outcome: String
    package let person: PersonID?
    package let onBehalfOf: PersonID?
    package let address: String?
    package let requestID: String
    /// JSON text.
    package let details: String
    package let at: Instant
}

/// A message that was captured instead of sent.
package struct TestMessage: Sendable {
    package let channel: Channel
    package let to: String, subject: String, body: String
    package let at: Instant
}
