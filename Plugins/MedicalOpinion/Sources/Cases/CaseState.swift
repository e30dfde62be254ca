internal import PluginAPI

/// Where a case stands, in the program's own words; the wire has fewer (contract §9).
enum CaseState: String, CaseIterable, Sendable, SQLConvertible {
    case draft, submitted
    case inTriage = "in_triage"
    case infoRequested = "info_requested"
    case awaitingExpert = "awaiting_expert"
    case assigned
    case inReview = "in_review"
    case secondRead = "second_read"
    case delivered
    case followUp = "follow_up"
    case closed, withdrawn, declined, cancelled

    /// The word on the wire.
    var status: CaseStatus {
        switch self {
        case .draft: .draft
        case .submitted, .inTriage, .infoRequested, .awaitingExpert: .submitted
        case .assigned: .professionalAssigned
        case .inReview, .secondRead: .inReview
        case .delivered, .followUp: .opinionReady
        case .closed: .completed
        case .withdrawn, .declined, .cancelled: .cancelled
        }
    }
}

/// Where a case stands, in the words of the wire.
enum CaseStatus: String, CaseIterable, Sendable {
    case draft, submitted
    case professionalAssigned = "professional_assigned"
    case inReview = "in_review"
    case opinionReady = "opinion_ready"
    case completed, cancelled

    /// The states that have the word.
    var states: [CaseState] { CaseState.allCases.filter { $0.status == self } }
}

/// How soon a case should be answered.
enum Urgency: String, CaseIterable, Sendable, SQLConvertible {
    case normal, high, urgent

    /// By how much its time is shorter than a normal case's.
    var divisor: Int {
        switch self {
        case .normal: 1
        case .high: 2
        case .urgent: 4
        }
    }
}

/// What is done with a case. The one table of what may be done when.
enum CaseAct: String, CaseIterable, Sendable {
    case submit, triage, requestInformation, provideInformation, invite, requeue, assign, release, review,
        requestSecondRead, endSecondRead, deliver, followUp, close, withdraw, cancel, decline, reopen

    /// From which states, and to which.
    var transition: (from: Set<CaseState>, to: CaseState) {
        let waiting: Set<CaseState> = [.submitted, .inTriage, .infoRequested, .awaitingExpert]
        let working: Set<CaseState> = [.assigned, .inReview, .secondRead]
        return switch self {
        case .submit: ([.draft], .submitted)
        case .triage: ([.submitted], .inTriage)
        case .requestInformation: ([.submitted, .inTriage, .assigned, .inReview], .infoRequested)
        case .provideInformation: ([.infoRequested], .inTriage)
        case .invite: ([.submitted, .inTriage, .awaitingExpert], .awaitingExpert)
        case .requeue: ([.awaitingExpert], .inTriage)
        case .assign: (waiting.union([.assigned]), .assigned)
        case .release: ([.assigned, .inReview], .awaitingExpert)
        case .review: ([.assigned], .inReview)
        case .requestSecondRead: ([.inReview], .secondRead)
        case .endSecondRead: ([.secondRead], .inReview)
        case .deliver: ([.assigned, .inReview], .delivered)
        case .followUp: ([.delivered], .followUp)
        case .close: ([.delivered, .followUp], .closed)
        case .withdraw: (waiting.union(working).union([.draft]), .withdrawn)
        case .cancel: (waiting.union(working), .cancelled)
        case .decline: (waiting, .declined)
        case .reopen: ([.closed, .withdrawn, .declined, .cancelled], .inTriage)
        }
    }

    /// Whether the time until which a case should have an expert goes on: looking for one begins no new time.
    var keepsDue: Bool { self == .invite || self == .requeue }

    /// What may be done in a state.
    static func allowed(in state: CaseState) -> [CaseAct] { allCases.filter { $0.transition.from.contains(state) } }

    /// The state after the act.
    ///
    /// - Throws: ``Problem`` 409 that says what is allowed instead.
    func applied(to state: CaseState) throws(Problem) -> CaseState {
        guard transition.from.contains(state) else { throw Self.refusal(in: state) }
        return transition.to
    }

    /// 409, with what is allowed instead.
    static func refusal(in state: CaseState) -> Problem {
        var problem = Problem.conflict(
            "RESOURCE_CONFLICT", "The case is \(state.status.rawValue): this cannot be done.")
        var words: [String] = []
        for act in allowed(in: state) where !words.contains(act.transition.to.status.rawValue) {
            words.append(act.transition.to.status.rawValue)
        }
        problem.details = [
            "currentStatus": .string(state.status.rawValue), "detailedStatus": .string(state.rawValue),
            "allowed": .array(words.map { .string($0) }),
            "allowedActions": .array(allowed(in: state).map { .string($0.rawValue) }),
        ]
        return problem
    }
}
