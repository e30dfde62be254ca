internal import PluginAPI

/// A customer rated an opinion. What they say of it stays in the portal.
struct OpinionRated: Event {
    static let name = "medical-opinion.opinion-rated"
    let caseNumber: String
    let customerId: PersonID
    let professionalId: PersonID?
    let rating: Int
    let occurredAt: Instant

    static let schema = Schema<OpinionRated>.object(
        OpinionRated.init(caseNumber:customerId:professionalId:rating:occurredAt:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("customerId", \.customerId, PersonID.schema),
        Field("professionalId", \.professionalId, .optional(PersonID.schema)), Field("rating", \.rating, .int(1...5)),
        Field("occurredAt", \.occurredAt, Instant.schema))
}

/// A customer has another plan.
struct PlanChanged: Event {
    static let name = "medical-opinion.plan-changed"
    let customerId: PersonID
    let previousPlan: Plan
    let plan: Plan
    let occurredAt: Instant

    static let schema = Schema<PlanChanged>.object(
        PlanChanged.init(customerId:previousPlan:plan:occurredAt:),
        Field("customerId", \.customerId, PersonID.schema), Field("previousPlan", \.previousPlan, Plan.schema),
        Field("plan", \.plan, Plan.schema), Field("occurredAt", \.occurredAt, Instant.schema))
}

/// A payment was recorded; a refund is negative.
struct PaymentRecorded: Event {
    static let name = "medical-opinion.payment-recorded"
    let paymentId: String
    let customerId: PersonID
    let amountMinor: Int
    let currency: String
    let caseNumber: String?
    let reference: String
    let occurredAt: Instant

    static let schema = Schema<PaymentRecorded>.object(
        PaymentRecorded.init(paymentId:customerId:amountMinor:currency:caseNumber:reference:occurredAt:),
        Field("paymentId", \.paymentId, .string(1...64)), Field("customerId", \.customerId, PersonID.schema),
        Field("amountMinor", \.amountMinor, .int(-1_000_000_000...1_000_000_000), note: "In minor units"),
        Field("currency", \.currency, .string(3...3)),
        Field("caseNumber", \.caseNumber, .optional(CaseNumber.schema)),
        Field("reference", \.reference, .string(1...100)), Field("occurredAt", \.occurredAt, Instant.schema))
}

extension PaymentRecorded {
    init(_ payment: PaymentShown, of customer: PersonID) {
        self.init(
            paymentId: payment.id, customerId: customer, amountMinor: payment.amountMinor, currency: payment.currency,
            caseNumber: payment.caseNumber, reference: payment.reference, occurredAt: payment.recordedAt)
    }
}

/// A customer's engagement score, for other people's servers.
struct EngagementTold: Described {
    let customerId: PersonID
    let previousScore: Int?
    let currentScore: Int
    let trend: Trend

    static let schema = Schema<EngagementTold>.object(
        EngagementTold.init(customerId:previousScore:currentScore:trend:),
        Field("customerId", \.customerId, PersonID.schema),
        Field("previousScore", \.previousScore, .optional(.int(0...100))),
        Field("currentScore", \.currentScore, .int(0...100)), Field("trend", \.trend, .oneOf))
}
