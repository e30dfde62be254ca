/// What happened, for the audit log. Who did it, for whom, when, from which address and in which request, the host adds.
public struct AuditEntry: Sendable {
    /// `appointment.cancelled`
    public let action: String
    /// What it was done to.
    public let subject: Subject
    /// Whether it was done or refused.
    public let outcome: Outcome
    /// Further facts; no secrets, no medical content.
    public let details: JSON

    /// Whether it was done or refused.
    public enum Outcome: String, Sendable, CaseIterable { case success, refused }

    /// A change, with what stood there before and after; null where there was nothing.
    public init(_ action: String, on subject: Subject, before: JSON, after: JSON) {
        self.init(action, on: subject, details: ["before": before, "after": after])
    }

    public init(_ action: String, on subject: Subject, outcome: Outcome = .success, details: JSON = [:]) {
        self.action = action
        self.subject = subject
        self.outcome = outcome
        self.details = details
    }
}
