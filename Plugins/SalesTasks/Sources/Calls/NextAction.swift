internal import PluginAPI

/// What is to be done after a call (seed 004).
struct NextAction: Described, Equatable {
    let type: String
    let description: String
    let deadline: Instant

    static let schema = Schema<NextAction>.object(
        NextAction.init(type:description:deadline:), Field("type", \.type, .string(1...40)),
        Field("description", \.description, .string(1...1200)), Field("deadline", \.deadline, Instant.schema))

    /// What follows from a call: a follow-up at its time, a confirmation of a sale within a day, every recorded issue within
    /// one, three or seven days by its severity.
    static func following(
        _ facts: CallFacts, endedAt end: Instant, followUpAt followUp: Instant?, customer: String
    ) -> [NextAction] {
        var actions: [NextAction] = []
        if let followUp {
            actions.append(
                NextAction(type: "FOLLOW_UP_CALL", description: "Call \(customer) again.", deadline: followUp))
        }
        if facts.disposition == .sale {
            actions.append(
                NextAction(
                    type: "SEND_CONFIRMATION", description: "Send \(customer) what was agreed.",
                    deadline: end + .seconds(86_400)))
        }
        for issue in facts.issues {
            let days = issue.severity == .high ? 1 : issue.severity == .medium ? 3 : 7
            actions.append(
                NextAction(
                    type: "RESOLVE_ISSUE", description: "\(issue.type): \(issue.description)",
                    deadline: end + .seconds(days * 86_400)))
        }
        return actions
    }
}

extension NextAction: Record {
    init(row: borrowing Row) throws(StoreError) {
        self.init(
            type: try row.get("type"), description: try row.get("description"),
            deadline: Instant(microseconds: try row.get("deadline")))
    }
}
