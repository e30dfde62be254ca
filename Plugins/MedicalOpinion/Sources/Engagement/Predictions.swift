internal import PluginAPI

/// What a customer will probably do next: rules over what they did, in percent. README.md has them.
struct Predictions: Sendable, Equatable {
    /// The chance that they leave, in percent; nil before the first act.
    let churnPercent: Int?
    let risk: RiskLevel?
    /// What they may do next, each with its chance in percent; the likeliest first, none before the first act.
    let nextActions: [(action: NextAction, percent: Int)]
    /// In how far they may bring others, or buy more, in percent; nil before the first act.
    let referPercent: Int?
    let upgradePercent: Int?
    /// What they will have paid a year from now, in major units.
    let lifetimeValue: Double

    static func == (left: Predictions, right: Predictions) -> Bool {
        left.churnPercent == right.churnPercent && left.lifetimeValue == right.lifetimeValue
            && left.nextActions.elementsEqual(right.nextActions, by: ==)
    }

    init(_ state: JourneyState, _ score: EngagementScore, _ settings: LifecycleSettings, at now: Instant) {
        guard let idle = state.idleDays(at: now) else {
            (churnPercent, risk, nextActions, referPercent, upgradePercent) = (nil, nil, [], nil, nil)
            lifetimeValue = state.money.lifetimeValue
            return
        }
        // Half of it is silence, a quarter each poor ratings and little use; what is unknown counts half.
        let silence = min(100, Rounding.quotient(idle * 100, settings.churnedAfterDays))
        let churn = Rounding.quotient(
            silence * 50 + (100 - (score.satisfaction.score ?? 50)) * 25 + (100 - (score.engagement.score ?? 50)) * 25,
            state.cases.active > 0 ? 200 : 100)
        churnPercent = churn
        risk = RiskLevel(percent: churn, settings)

        let satisfaction = score.satisfaction.score ?? 0
        let refer = min(95, satisfaction / 2 + min(30, state.count(.referralSent) * 15))
        referPercent = refer
        upgradePercent = state.money.plan == .premium ? 0 : min(95, state.cases.submitted * 10 + satisfaction / 5)

        let gap = Self.daysBetweenCases(state)
        var actions: [(action: NextAction, percent: Int)] = [
            (.caseSubmission, Self.nextCase(state, gap, churn, now)), (.referral, refer),
            (.profileUpdate, state.count(.profileCompleted) > 0 ? 10 : 40),
        ]
        if state.count(.opinionDelivered) > state.count(.caseRated) { actions.append((.rating, 60)) }
        if state.count(.informationRequested) > state.count(.informationProvided) {
            actions.append((.informationProvision, 85))
        }
        nextActions = actions.sorted { ($1.percent, $0.action.rawValue) < ($0.percent, $1.action.rawValue) }

        let perCase =
            state.cases.submitted > 0 ? state.money.lifetimeValue / Double(state.cases.submitted) : 0
        // As many cases a year as there were so far, at most one a month; half a case when there was one.
        let cases = gap.map { min(12, 365 / Double(max(1, $0))) } ?? (state.cases.submitted > 0 ? 0.5 : 0)
        let more = perCase * cases * Double(100 - churn) / 100
        lifetimeValue = Rounding.twoDecimals(state.money.lifetimeValue + max(0, more))
    }

    /// The mean of the days between one case and the next; nil below two cases.
    private static func daysBetweenCases(_ state: JourneyState) -> Int? {
        guard state.cases.submitted > 1, let first = state.cases.firstAt, let last = state.cases.lastAt else {
            return nil
        }
        return max(1, Rounding.quotient(first.days(to: last), state.cases.submitted - 1))
    }

    private static func nextCase(_ state: JourneyState, _ gap: Int?, _ churn: Int, _ now: Instant) -> Int {
        if state.cases.submitted == 0 { return state.count(.caseDrafted) > 0 ? 60 : 30 }
        guard let gap, let last = state.cases.lastAt else { return (100 - churn) * 30 / 100 }
        return max(5, min(95, last.days(to: now) * 100 / gap) * (100 - churn) / 100)
    }
}

/// What a customer may do next.
enum NextAction: String, CaseIterable, Sendable {
    case caseSubmission = "case_submission"
    case referral
    case profileUpdate = "profile_update"
    case rating = "case_rating"
    case informationProvision = "information_provision"
}
