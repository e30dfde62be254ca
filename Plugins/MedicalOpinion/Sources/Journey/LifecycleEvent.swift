internal import PluginAPI

/// Something that happened in a customer's life with the service.
struct LifecycleEvent: Sendable {
    /// What happened; the words of the activity timeline (seed 000 §4.3) where it has them.
    enum Kind: String, CaseIterable, Sendable, SQLConvertible {
        case profileCreated = "profile_created"
        case profileCompleted = "profile_completed"
        case profileUpdated = "profile_updated"
        case preferencesChanged = "preferences_changed"
        case consentChanged = "consent_changed"
        case deviceRegistered = "device_registered"
        case caseDrafted = "case_drafted"
        case caseSubmitted = "case_submitted"
        /// Details: `from`, `to` (internal words), `status` (the wire word).
        case caseStatusChanged = "case_status_changed"
        case informationRequested = "information_requested"
        case informationProvided = "information_provided"
        /// Details: `professionalName`, `specialization`.
        case professionalAssigned = "professional_assigned"
        case opinionDelivered = "opinion_delivered"
        case opinionRead = "opinion_read"
        case caseCompleted = "case_completed"
        case caseCancelled = "case_cancelled"
        case caseReopened = "case_reopened"
        /// Details: `rating`.
        case caseRated = "case_rated"
        case documentUploaded = "document_uploaded"
        case messageSent = "message_sent"
        case messageReceived = "message_received"
        case messageRead = "message_read"
        /// Details: `amountMinor`, `currency`, `reference`; negative amounts are refunds.
        case paymentCompleted = "payment_completed"
        /// Details: `from`, `to`.
        case planChanged = "plan_changed"
        case referralSent = "referral_sent"
        case referralAccepted = "referral_accepted"
        /// Details: `content`, `tags`.
        case contentRead = "content_read"
        /// Details: `type` of the milestone.
        case milestoneCelebrated = "milestone_celebrated"
        /// Details: `enabled`, and `type` where the customer says which persona they are.
        case personaChanged = "persona_changed"
        /// Details: the answers by the names of their questions.
        case questionnaireAnswered = "questionnaire_answered"
    }

    let kind: Kind
    /// Facts for the timeline and the formulas; nothing medical but a specialty.
    let details: JSON

    init(_ kind: Kind, _ details: JSON = [:]) {
        self.kind = kind
        self.details = details
    }
}

extension LifecycleEvent.Kind {
    /// Whether the customer did it, and did not have it happen to them. What the program itself notes of a customer, and
    /// what they tell it to see other pages, is no act: neither would say how much they use the service.
    var isAct: Bool {
        switch self {
        case .profileCompleted, .profileUpdated, .preferencesChanged, .consentChanged, .deviceRegistered, .caseDrafted,
            .caseSubmitted, .informationProvided, .opinionRead, .caseRated, .documentUploaded, .messageSent,
            .messageRead, .paymentCompleted, .referralSent, .contentRead:
            true
        case .profileCreated, .caseStatusChanged, .informationRequested, .professionalAssigned, .opinionDelivered,
            .caseCompleted, .caseCancelled, .caseReopened, .messageReceived, .planChanged, .referralAccepted,
            .milestoneCelebrated, .personaChanged, .questionnaireAnswered:
            false
        }
    }
}

/// Something that happened, with its place among all that happened.
struct RecordedEvent: Sendable {
    let kind: LifecycleEvent.Kind
    let at: Instant
    let details: JSON
}
