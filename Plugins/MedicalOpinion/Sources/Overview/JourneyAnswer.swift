internal import PluginAPI

/// A customer's journey (seed 000 §4.1, with §8.2's members inside `journey`; contract §9). What there is none of is null.
struct JourneyAnswer: Described {
    let customer: JourneyCustomer
    let journey: JourneyShown
    let milestones: [MilestoneShown]

    static let schema = Schema<JourneyAnswer>.object(
        JourneyAnswer.init(customer:journey:milestones:), Field("customer", \.customer, JourneyCustomer.schema),
        Field("journey", \.journey, JourneyShown.schema),
        Field("milestones", \.milestones, .list(MilestoneShown.schema)))
}

/// Whose journey it is.
struct JourneyCustomer: Described {
    let id: PersonID
    let firstName: String
    let joinedDate: Instant
    let currentStage: JourneyStage
    let persona: PersonaType?

    static let schema = Schema<JourneyCustomer>.object(
        JourneyCustomer.init(id:firstName:joinedDate:currentStage:persona:), Field("id", \.id, PersonID.schema),
        Field("firstName", \.firstName, .string(0...100)), Field("joinedDate", \.joinedDate, Instant.schema),
        Field("currentStage", \.currentStage, .oneOf),
        Field("persona", \.persona, .optional(PersonaType.schema)))
}

/// The journey itself: §4.1's flat members and §8.2's blocks, from the same numbers.
struct JourneyShown: Described {
    let customer: JourneyCustomer
    let customerId: PersonID
    let currentStage: JourneyStage
    let stages: [StageShown]
    let flat: JourneyMetrics
    let predictions: JourneyPredictions
    let milestones: [MilestoneShown]

    static let schema = Schema<JourneyShown>.object(
        JourneyShown.init(
            customer:customerId:currentStage:stages:totalCases:completedCases:activeCases:lifetimeValue:
            lifetimeValueCurrency:healthScore:riskLevel:lastActivity:nextPredictedAction:nextActionProbability:metrics:
            predictions:milestones:),
        Field("customer", \.customer, JourneyCustomer.schema), Field("customerId", \.customerId, PersonID.schema),
        Field("currentStage", \.currentStage, .oneOf), Field("stages", \.stages, .list(StageShown.schema)),
        Field("totalCases", \.flat.totalCases, .tally), Field("completedCases", \.flat.completedCases, .tally),
        Field("activeCases", \.flat.activeCases, .tally),
        Field("lifetimeValue", \.flat.lifetimeValue, .double()),
        Field("lifetimeValueCurrency", \.flat.lifetimeValueCurrency, .optional(.string(3...3))),
        Field("healthScore", \.flat.healthScore, .optional(.int(0...100)), note: "The engagement score"),
        Field("riskLevel", \.flat.riskLevel, .optional(.oneOf)),
        Field("lastActivity", \.flat.lastActivity, .optional(Instant.schema)),
        Field("nextPredictedAction", \.predictions.nextPredictedAction, .optional(.oneOf)),
        Field("nextActionProbability", \.predictions.nextActionProbability, .optional(.share)),
        Field("metrics", \.flat, JourneyMetrics.schema), Field("predictions", \.predictions, JourneyPredictions.schema),
        Field("milestones", \.milestones, .list(MilestoneShown.schema)))

    init(
        customer: JourneyCustomer, stages: [StageShown], metrics: JourneyMetrics, predictions: JourneyPredictions,
        milestones: [MilestoneShown]
    ) {
        self.customer = customer
        customerId = customer.id
        currentStage = customer.currentStage
        self.stages = stages
        flat = metrics
        self.predictions = predictions
        self.milestones = milestones
    }

    /// As it is read again; the flat members say what the blocks say.
    private init(
        customer: JourneyCustomer, customerId: PersonID, currentStage: JourneyStage, stages: [StageShown],
        totalCases: Int, completedCases: Int, activeCases: Int, lifetimeValue: Double, lifetimeValueCurrency: String?,
        healthScore: Int?, riskLevel: RiskLevel?, lastActivity: Instant?, nextPredictedAction: NextAction?,
        nextActionProbability: Double?, metrics: JourneyMetrics, predictions: JourneyPredictions,
        milestones: [MilestoneShown]
    ) {
        self.init(
            customer: customer, stages: stages, metrics: metrics, predictions: predictions, milestones: milestones)
    }
}

/// The numbers of a journey (seed 000 §8.2).
struct JourneyMetrics: Described {
    let totalCases: Int
    let completedCases: Int
    let activeCases: Int
    let lifetimeValue: Double
    let lifetimeValueCurrency: String?
    let healthScore: Int?
    let riskLevel: RiskLevel?
    let lastActivity: Instant?

    static let schema = Schema<JourneyMetrics>.object(
        JourneyMetrics.init(
            totalCases:completedCases:activeCases:lifetimeValue:lifetimeValueCurrency:healthScore:riskLevel:
            lastActivity:),
        Field("totalCases", \.totalCases, .tally), Field("completedCases", \.completedCases, .tally),
        Field("activeCases", \.activeCases, .tally), Field("lifetimeValue", \.lifetimeValue, .double()),
        Field("lifetimeValueCurrency", \.lifetimeValueCurrency, .optional(.string(3...3))),
        Field("healthScore", \.healthScore, .optional(.int(0...100)), note: "The engagement score"),
        Field("riskLevel", \.riskLevel, .optional(.oneOf)),
        Field("lastActivity", \.lastActivity, .optional(Instant.schema)))
}

/// What a customer will probably do (seed 000 §8.2).
struct JourneyPredictions: Described {
    let nextPredictedAction: NextAction?
    let nextActionProbability: Double?
    let churnRisk: Double?
    let lifetimeValuePrediction: Double

    static let schema = Schema<JourneyPredictions>.object(
        JourneyPredictions.init(nextPredictedAction:nextActionProbability:churnRisk:lifetimeValuePrediction:),
        Field("nextPredictedAction", \.nextPredictedAction, .optional(.oneOf)),
        Field("nextActionProbability", \.nextActionProbability, .optional(.share)),
        Field("churnRisk", \.churnRisk, .optional(.share)),
        Field("lifetimeValuePrediction", \.lifetimeValuePrediction, .double()))
}
