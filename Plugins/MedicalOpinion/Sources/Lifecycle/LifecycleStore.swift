internal import PluginAPI

extension Reading where Self: ~Copyable {
    /// What is kept of a customer; nil when nothing is, or when the company has since changed what it depends on.
    borrowing func keptState(of customer: PersonID, _ settings: LifecycleSettings) throws -> JourneyState? {
        let text: String? = try value(
            """
            SELECT state FROM medicalopinion_journey WHERE person_id = \(customer) AND rules = \(settings.fingerprint)
            """)
        guard let text, let document = try? JSONDocument(Array(text.utf8)) else { return nil }
        return try? JourneyState.schema.decode(.json(document.root))
    }

    /// The state folded from all of a customer's events, in the order in which they happened.
    borrowing func refolded(_ customer: PersonID, _ fold: JourneyFold) throws -> JourneyState {
        var state = JourneyState()
        try forEach(
            """
            SELECT kind, at, details FROM medicalopinion_lifecycle_event WHERE person_id = \(customer) ORDER BY at, seq
            """
        ) { (row) throws(StoreError) in
            guard let kind = LifecycleEvent.Kind(rawValue: try row.get("kind")) else { return }
            let details = JSON.tree(try row.get("details")) ?? [:]
            let at = Instant(microseconds: try row.get("at"))
            fold.add(RecordedEvent(kind: kind, at: at, details: details), to: &state)
        }
        return state
    }
}

extension Transaction {
    /// Keeps a customer's state, with what customers are compared by.
    borrowing func keep(
        _ state: JourneyState, of customer: PersonID, _ settings: LifecycleSettings, at moment: Instant
    ) throws {
        let text = String(decoding: JourneyState.schema.encode(state), as: UTF8.self)
        try run(
            """
            INSERT INTO medicalopinion_journey (person_id, rules, state, score)
            VALUES (\(customer), \(settings.fingerprint), \(text), \(state.scores.last?.score))
            ON CONFLICT (person_id) DO UPDATE SET rules = excluded.rules, state = excluded.state, score = excluded.score
            """)
    }
}

extension JSON {
    /// JSON text of a column as a tree; nil when it is none.
    static func tree(_ text: String) -> JSON? { (try? JSONDocument(Array(text.utf8)))?.root.tree }
}
