internal import PluginAPI

/// What can be said of a customer's numbers in sentences; nothing that does not follow from them.
struct Insights: Sendable {
    let sentences: [String]

    /// - Parameter percentBelow: how many customers have a lower score, in percent; nil when that is not said.
    init(_ state: JourneyState, _ score: EngagementScore, percentBelow: Int?, _ settings: LifecycleSettings) {
        guard score.total != nil else {
            sentences = []
            return
        }
        var sentences: [String] = []
        if let percentBelow, percentBelow >= 75 {
            sentences.append("You're in the top \(max(1, 100 - percentBelow))% of engaged customers")
        }
        let ended = state.cases.completed + state.cases.cancelled
        if ended > 0 {
            let rate = Rounding.quotient(state.cases.completed * 100, ended)
            sentences.append("\(rate)% of your ended cases were completed")
        }
        if state.cases.active > 0 {
            sentences.append(
                state.cases.active == 1 ? "You have 1 active case" : "You have \(state.cases.active) active cases")
        }
        if let satisfaction = score.satisfaction.score, satisfaction >= 75, state.count(.referralSent) == 0 {
            sentences.append("You rate our experts highly: consider telling a friend")
        }
        self.sentences = sentences
    }
}
