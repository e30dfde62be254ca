internal import PluginAPI

/// Folds events to a customer's state: the only way a state comes about, whether one event is added to what is kept or
/// all of them are read again.
struct JourneyFold: Sendable {
    let settings: LifecycleSettings

    /// Takes in the next event; none of them may be older than the one before it.
    func add(_ event: RecordedEvent, to state: inout JourneyState) {
        state.advance(to: event.at, settings)
        state.apply(event, settings)
        guard let score = EngagementScore(state, settings, at: event.at).total else { return }
        let day = event.at.dayNumber
        state.scores.removeAll { $0.day == day }
        state.scores.append(DayScore(day: day, score: score))
        if state.scores.count > 30 { state.scores.removeFirst() }
    }

    /// The state as it is at a moment without further events.
    func state(_ state: JourneyState, at now: Instant) -> JourneyState {
        var state = state
        state.advance(to: now, settings)
        return state
    }
}
