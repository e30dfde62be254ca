internal import PluginAPI

/// Folds events to a customer's state: the only way a state comes about, whether one event is added to what is kept or
/// all of them are read again.
struct JourneyFold: Sendable {
    let settings: LifecycleSettings

    /// Takes in the next event; none of them may be older than the one before it.
    func add(_ event: RecordedEvent, to state: inout JourneyState) {
        endDay(of: &state, before: event.at)
        state.advance(to: event.at, settings)
        state.apply(event, settings)
    }

    /// The state as it is at a moment without further events.
    func state(_ state: JourneyState, at now: Instant) -> JourneyState {
        var state = state
        endDay(of: &state, before: now)
        state.advance(to: now, settings)
        return state
    }

    /// Keeps the score at the end of the last day on which something happened, once that day is over.
    private func endDay(of state: inout JourneyState, before next: Instant) {
        guard let last = state.lastEventAt, last.dayNumber < next.dayNumber, state.scores.last?.day != last.dayNumber,
            let score = EngagementScore(state, settings, at: last).total
        else { return }
        state.scores.append(DayScore(day: last.dayNumber, score: score))
        if state.scores.count > 30 { state.scores.removeFirst() }
    }
}
