internal import PluginAPI

extension JourneyState {
    /// Takes in what happened next. The state must have been brought to that moment before.
    mutating func apply(_ event: RecordedEvent, _ settings: LifecycleSettings) {
        joinedAt = joinedAt ?? event.at
        lastEventAt = event.at
        counts[event.kind.rawValue, default: 0] += 1
        if stages.isEmpty { enter(.onboarding, at: event.at) }
        if event.kind.isAct { act(at: event.at) }
        note(event)
        if event.kind == .caseSubmitted, stage == .onboarding || stage == .reactivated { enter(.active, at: event.at) }
        reach(event, settings)
    }

    /// What passing time alone changes: whoever does nothing becomes inactive, and then is gone.
    mutating func advance(to now: Instant, _ settings: LifecycleSettings) {
        guard !stages.isEmpty, let since = lastActAt ?? joinedAt else { return }
        let (inactiveAt, churnedAt) = (
            since + .seconds(settings.inactiveAfterDays * 86_400), since + .seconds(settings.churnedAfterDays * 86_400)
        )
        if now >= inactiveAt, inactiveAt < churnedAt, stage != .inactive, stage != .churned {
            enter(.inactive, at: inactiveAt)
        }
        if now >= churnedAt, stage != .churned { enter(.churned, at: churnedAt) }
    }

    mutating func enter(_ stage: JourneyStage, at moment: Instant) {
        if let last = stages.indices.last { stages[last].end = moment }
        stages.append(StageSpan(stage: stage, start: moment, end: nil, milestones: []))
        // Longer than any life: a stage takes at least a day.
        if stages.count > 400 { stages.removeFirst() }
    }

    private mutating func act(at moment: Instant) {
        lastActAt = moment
        switch stage {
        case .inactive: enter(cases.submitted == 0 ? .onboarding : .active, at: moment)
        case .churned: enter(.reactivated, at: moment)
        case .onboarding, .active, .reactivated: break
        }
        let (day, bit) = (moment.dayNumber / 7, 1 << (moment.dayNumber % 7))
        if let index = weeks.lastIndex(where: { $0.week == day }) {
            weeks[index].days |= bit
        } else {
            weeks.append(ActiveWeek(week: day, days: bit))
        }
        weeks.removeAll { $0.week <= day - 14 }
    }

    private mutating func note(_ event: RecordedEvent) {
        let details = event.details
        switch event.kind {
        case .caseSubmitted:
            cases.submitted += 1
            cases.firstAt = cases.firstAt ?? event.at
            cases.lastAt = event.at
            if let specialty = details["specialty"]?.string { cases.specialties[specialty, default: 0] += 1 }
        case .caseCompleted: cases.completed += 1
        case .caseCancelled: cases.cancelled += 1
        case .caseReopened:
            // Whichever end it is taken back from; the words are those of the cases' own states.
            if ["withdrawn", "declined", "cancelled"].contains(details["from"]?.string) {
                cases.cancelled = max(0, cases.cancelled - 1)
            } else {
                cases.completed = max(0, cases.completed - 1)
            }
        case .caseRated:
            guard let rating = details["rating"]?.whole, (1...5).contains(rating) else { return }
            cases.ratings = cases.ratings.suffix(9) + [rating]
        case .paymentCompleted:
            guard let amount = details["amountMinor"]?.whole, abs(amount) < 1 << 50,
                let currency = details["currency"]?.string
            else { return }
            money.paid[currency, default: 0] += amount
            if amount > 0 { money.payments += 1 }
        case .planChanged: money.plan = details["to"]?.string.flatMap { Plan(rawValue: $0) } ?? money.plan
        case .milestoneCelebrated:
            guard let index = milestones.firstIndex(where: { $0.type.rawValue == details["type"]?.string }) else {
                return
            }
            milestones[index].celebrated = true
        case .personaChanged:
            persona.isOff = details["enabled"] == .bool(false)
            persona.chosen = details["type"]?.string
            persona.changedAt = event.at
        case .questionnaireAnswered:
            for (name, answer) in details.members?.list ?? [] { persona.answers[name] = answer.string }
            persona.changedAt = event.at
        default: break
        }
    }

    private mutating func reach(_ event: RecordedEvent, _ settings: LifecycleSettings) {
        switch event.kind {
        case .profileCreated: reach(.profileCreated, event.at)
        case .profileCompleted: reach(.profileCompleted, event.at)
        case .paymentCompleted where money.payments > 0: reach(.paymentCompleted, event.at)
        case .opinionDelivered: reach(.firstOpinion, event.at)
        case .caseCompleted: reach(.firstCaseCompleted, event.at)
        case .referralAccepted: reach(.referredFriend, event.at)
        case .planChanged where money.plan == .premium: reach(.premiumUpgrade, event.at)
        case .caseSubmitted:
            reach(.firstCaseSubmitted, event.at)
            if cases.submitted > 1 { reach(.secondCaseSubmitted, event.at) }
            if cases.submitted >= settings.loyalAfterCases { reach(.loyaltyMember, event.at) }
        default: break
        }
        if stage == .reactivated { reach(.welcomeBack, event.at) }
    }

    private mutating func reach(_ type: MilestoneType, _ moment: Instant) {
        guard !milestones.contains(where: { $0.type == type }) else { return }
        milestones.append(Milestone(type: type, date: moment, celebrated: false))
        if let last = stages.indices.last { stages[last].milestones.append(type) }
    }
}

extension JSON {
    /// A whole number.
    var whole: Int? {
        switch self {
        case .integer(let number): Int(exactly: number)
        case .number(let number): Int(exactly: number)
        default: nil
        }
    }
}
