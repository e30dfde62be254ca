internal import PluginAPI

/// Something that happened in a customer's life with the service.
struct LifecycleEvent: Sendable {
    /// What happened; the words of the activity timeline (seed 000 §4.3) where it has them.
    enum Kind: String, CaseIterable, Sendable {
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
        case contentRead = "content_read"
    }

    let kind: Kind
    /// Facts for the timeline and the formulas; nothing medical but a specialty.
    let details: JSON

    init(_ kind: Kind, _ details: JSON = [:]) {
        self.kind = kind
        self.details = details
    }
}
