internal import PluginAPI

/// Keeps what happened, and what follows from it.
struct Lifecycle: Sendable {
    let settings: LifecycleSettings
    private var fold: JourneyFold { JourneyFold(settings: settings) }

    init(_ settings: LifecycleSettings) { self.settings = settings }

    /// Records something that happened to a customer, in the transaction in which it happens.
    ///
    /// - Parameters:
    ///   - number: the case it is about.
    ///   - moment: when it happened; demos and imports have moments of the past. What comes in the order in which it
    ///     happened costs the same however much there is before it.
    /// - Throws: ``StoreError``.
    func record(
        _ event: LifecycleEvent, of customer: PersonID, case number: String? = nil, at moment: Instant,
        in tx: borrowing Transaction
    ) throws {
        let kept = try tx.keptState(of: customer, settings)
        let moment = Self.inOrder(moment, after: kept?.lastEventAt)
        try tx.run(
            """
            INSERT INTO medicalopinion_lifecycle_event (id, person_id, kind, at, case_number, details)
            VALUES (\(Identifier.make("activity", at: moment)), \(customer), \(event.kind.rawValue),
                \(moment.microseconds), \(number), \(event.details.text))
            """)
        var state: JourneyState
        if let kept, moment >= kept.lastEventAt ?? .minimum {
            state = kept
            fold.add(RecordedEvent(kind: event.kind, at: moment, details: event.details), to: &state)
        } else {
            state = try tx.refolded(customer, fold)
        }
        try tx.keep(state, of: customer, settings)
        if let kept { try tell(of: customer, from: kept, to: state, in: tx) }
    }

    /// Calls are not written in the order in which they came: what comes less than a minute late counts as happening with
    /// what it comes after, and costs no more.
    private static func inOrder(_ moment: Instant, after last: Instant?) -> Instant {
        guard let last, moment < last, last - moment < .seconds(60) else { return moment }
        return last
    }

    /// A customer's state at the moment of the call.
    func state(of customer: PersonID, in tx: borrowing some (Reading & ~Copyable)) throws -> JourneyState {
        let state = try tx.keptState(of: customer, settings) ?? tx.refolded(customer, fold)
        return fold.state(state, at: tx.now)
    }

    /// Folds a customer's state from their events again.
    func rebuild(_ customer: PersonID, in tx: borrowing Transaction) throws {
        let state = try tx.refolded(customer, fold)
        try tx.keep(state, of: customer, settings)
    }

    private func tell(
        of customer: PersonID, from before: JourneyState, to after: JourneyState, in tx: borrowing Transaction
    ) throws {
        let (old, new) = (
            EngagementScore(fold.state(before, at: tx.now), settings, at: tx.now),
            EngagementScore(fold.state(after, at: tx.now), settings, at: tx.now)
        )
        guard let change = EngagementScoreChanged(of: customer, from: old, to: new, settings) else { return }
        try tx.publish(
            change, about: Subject("journey", id: customer.rawValue, owner: customer), to: .people([customer]))
    }
}
