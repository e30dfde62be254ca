internal import PluginAPI

/// Which persona a customer has, how sure that is, and why.
struct PersonaVerdict: Sendable, Equatable {
    /// Where it comes from.
    enum Source: String, CaseIterable, Sendable {
        /// Computed from behaviour and answers.
        case computed
        /// The customer said so.
        case chosen
        /// The customer wants none.
        case off
        /// Nothing points anywhere yet.
        case unknown
    }

    /// Nil when there is none.
    let type: PersonaType?
    /// 0 to 1, with two decimals.
    let confidence: Double
    let source: Source
    let signals: [PersonaSignal]

    init(_ state: JourneyState) {
        if state.persona.isOff {
            (type, confidence, source, signals) = (nil, 0, .off, [])
            return
        }
        let signals = PersonaSignal.all(state)
        self.signals = signals
        if let chosen = state.persona.chosen.flatMap({ PersonaType(rawValue: $0) }) {
            (type, confidence, source) = (chosen, 1, .chosen)
            return
        }
        let points = PersonaType.allCases.map { type in
            (type: type, points: signals.filter { $0.towards == type }.reduce(0) { $0 + $1.points })
        }
        let sum = points.reduce(0) { $0 + $1.points }
        var best = points[0]
        for other in points.dropFirst() where other.points > best.points { best = other }
        guard sum > 0 else {
            (type, confidence, source) = (nil, 0, .unknown)
            return
        }
        // The share of its points, less where there are few points in all: forty make a full measure.
        type = best.type
        confidence = Double(Rounding.quotient(best.points * min(sum, 40) * 100, sum * 40)) / 100
        source = .computed
    }
}
