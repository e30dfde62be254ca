internal import PluginAPI

extension MedicalOpinion {
    static let journeyRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/journey", .reading(Self.journey), needs: .own(.readJourney),
            "The caller's stages, milestones, numbers and predictions."),
        .get(
            "/v1/portal/journey/health-score", .reading(Self.healthScore), needs: .own(.readJourney),
            "The caller's engagement score, what it is made of, and what would make it better."),
        .post(
            "/v1/portal/journey/milestones/{id}/celebrate", .transactional(Self.celebrate), needs: .member, status: 200,
            "Notes that a milestone was celebrated; once is enough."),
    ]

    func journey(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> JourneyAnswer {
        let id = call.caller.id
        guard let person = try tx.person(id) else { throw Problem.notFound }
        let now = tx.now
        let state = try lifecycle.state(of: id, in: tx)
        let score = EngagementScore(state, lifecycle.settings, at: now)
        let predictions = Predictions(state, score, lifecycle.settings, at: now)
        let customer = JourneyCustomer(
            id: id, firstName: person.givenName, joinedDate: state.joinedAt ?? person.createdAt,
            currentStage: state.stage, persona: PersonaVerdict(state).type)
        let milestones = state.milestones.map { MilestoneShown($0) }
        return JourneyAnswer(
            customer: customer,
            journey: JourneyShown(
                customer: customer, stages: state.stages.map { StageShown($0, at: now) },
                metrics: JourneyMetrics(state, score, predictions), predictions: JourneyPredictions(predictions),
                milestones: milestones),
            milestones: milestones)
    }

    func celebrate(_ named: MilestoneNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MilestoneShown
    {
        // The path names one of the caller's own milestones, not an object of the tenant: the same id is another's too.
        guard call.caller.principal.reach(of: .writeJourney) != nil else { throw Problem.forbidden }
        let id = call.caller.id
        let state = try lifecycle.state(of: id, in: tx)
        guard var milestone = state.milestones.first(where: { $0.id == named.id }) else { throw Problem.notFound }
        if !milestone.celebrated {
            try lifecycle.record(
                LifecycleEvent(.milestoneCelebrated, ["type": .string(milestone.type.rawValue)]), of: id, at: tx.now,
                in: tx)
            milestone.celebrated = true
        }
        return MilestoneShown(milestone)
    }

    func healthScore(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> HealthScoreAnswer {
        let id = call.caller.id
        let (now, settings) = (tx.now, lifecycle.settings)
        let state = try lifecycle.state(of: id, in: tx)
        let score = EngagementScore(state, settings, at: now)
        let insights = Insights(state, score, percentBelow: try tx.percentBelow(score.total), settings)
        return HealthScoreAnswer(
            state, score, Predictions(state, score, settings, at: now),
            recommendations: Recommendation.all(state, settings, at: now), insights: insights.sentences, settings, now)
    }
}

extension ReadTransaction {
    /// How many of the company's customers have a lower score than this, in percent; nil below twenty customers, among
    /// whom a place would tell too much of the others.
    borrowing func percentBelow(_ score: Int?) throws -> Int? {
        guard let score else { return nil }
        let all: Int = try value("SELECT count(*) FROM medicalopinion_journey WHERE score IS NOT NULL") ?? 0
        guard all >= 20 else { return nil }
        let below: Int = try value("SELECT count(*) FROM medicalopinion_journey WHERE score < \(score)") ?? 0
        return below * 100 / all
    }
}

/// A milestone by its id.
struct MilestoneNamed: Described {
    let id: String
    static let schema = Schema<MilestoneNamed>.object(
        MilestoneNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

extension JourneyMetrics {
    init(_ state: JourneyState, _ score: EngagementScore, _ predictions: Predictions) {
        self.init(
            totalCases: state.cases.submitted, completedCases: state.cases.completed, activeCases: state.cases.active,
            lifetimeValue: state.money.lifetimeValue, lifetimeValueCurrency: state.money.currency,
            healthScore: score.total, riskLevel: predictions.risk, lastActivity: state.lastActAt)
    }
}

extension JourneyPredictions {
    init(_ predictions: Predictions) {
        self.init(
            nextPredictedAction: predictions.nextActions.first?.action,
            nextActionProbability: predictions.nextActions.first.map { Double($0.percent) / 100 },
            churnRisk: predictions.churnPercent.map { Double($0) / 100 },
            lifetimeValuePrediction: predictions.lifetimeValue)
    }
}
