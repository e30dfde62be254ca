internal import PluginAPI

/// What companies connect their own systems by. Nothing medical leaves the portal: who wants more reads it with a key of the
/// API, where it is asked who may.
extension MedicalOpinion {
    static let libraryEvents: [EventDeclaration] = [
        .event(CaseMoved.self), .event(OpinionRated.self), .event(PlanChanged.self), .event(PaymentRecorded.self),
    ]

    static let libraryWebhooks: [WebhookEvent<Self>] = [
        told("opinion.case_submitted", "A case was sent.", of: [.submit]),
        told("opinion.case_assigned", "A case was given to a professional.", of: [.assign]),
        told("opinion.information_requested", "A customer was asked for what is missing.", of: [.requestInformation]),
        told("opinion.delivered", "An opinion was signed and can be read.", of: [.deliver]),
        told("opinion.case_closed", "A case was closed.", of: [.close]),
        told(
            "opinion.case_cancelled", "A case was withdrawn, cancelled or declined; `detailedStatus` says which.",
            of: [.withdraw, .cancel, .decline]),
        .event("opinion.rated", "A customer rated an opinion.", Self.rated),
        .event("opinion.customer_plan_changed", "A customer has another plan.", Self.planChanged),
        .event("opinion.payment_recorded", "A payment or refund was recorded.", Self.paymentRecorded),
        .event("opinion.engagement_score_changed", "A customer's engagement score changed.", Self.engagementTold),
    ]

    private static func told(_ name: String, _ summary: String, of acts: Set<CaseAct>) -> WebhookEvent<Self> {
        .event(name, summary) { _ in { (event: CaseMoved) in acts.contains(event.act) ? CaseTold(event) : nil } }
    }

    func rated(_ event: OpinionRated) -> OpinionRated? { event }
    func planChanged(_ event: PlanChanged) -> PlanChanged? { event }
    func paymentRecorded(_ event: PaymentRecorded) -> PaymentRecorded? { event }

    func engagementTold(_ event: EngagementScoreChanged) -> EngagementTold? {
        EngagementTold(
            customerId: event.customerId, previousScore: event.previousScore, currentScore: event.currentScore,
            trend: event.trend)
    }
}
