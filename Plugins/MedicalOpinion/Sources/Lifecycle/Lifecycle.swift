internal import PluginAPI

/// Keeps what happened, and what follows from it.
struct Lifecycle: Sendable {
    private let settings: LifecycleSettings

    init(_ settings: LifecycleSettings) { self.settings = settings }

    /// Records something that happened to a customer, in the transaction in which it happens.
    ///
    /// - Parameters:
    ///   - number: the case it is about.
    ///   - moment: when it happened; demos and imports have moments of the past.
    /// - Throws: ``StoreError``.
    func record(
        _ event: LifecycleEvent, of customer: PersonID, case number: String? = nil, at moment: Instant,
        in tx: borrowing Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO medicalopinion_lifecycle_event (id, person_id, kind, at, case_number, details)
            VALUES (\(Identifier.make("activity", at: moment)), \(customer), \(event.kind.rawValue),
                \(moment.microseconds), \(number), \(event.details.text))
            """)
    }
}
