/// A refusal that the audit log keeps, though nothing else of its transaction remains.
///
/// Thrown by a transactional or asynchronous handler; from other places only the client hears of it.
public struct AuditedRefusal: Error, Sendable {
    /// What the client sees.
    public let problem: Problem
    /// What the audit log keeps; its outcome is `refused`.
    public let entry: AuditEntry
}

extension Problem {
    /// The same refusal of an act that matters: who tried it is kept.
    ///
    /// - Parameters:
    ///   - action: what was tried: `role.granted`.
    ///   - details: further facts; no secrets.
    public func audited(_ action: String, on subject: Subject, details: JSON = [:]) -> AuditedRefusal {
        var members = details.members ?? JSON.Members()
        members["code"] = .string(code)
        return AuditedRefusal(
            problem: self, entry: AuditEntry(action, on: subject, outcome: .refused, details: .object(members)))
    }
}
