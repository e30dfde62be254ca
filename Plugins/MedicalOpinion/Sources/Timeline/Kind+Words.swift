internal import PluginAPI

extension LifecycleEvent.Kind {
    /// Title and description of an activity; nothing medical but a specialty.
    func words(_ details: JSON, _ number: String?) -> (title: String, description: String) {
        let aboutCase = number.map { "Case #\($0)" } ?? ""
        func named(_ name: String) -> String? { details[name]?.string }
        return switch self {
        case .profileCreated: ("Welcome", "Your account was created")
        case .profileCompleted: ("Profile Completed", "Your profile is complete")
        case .profileUpdated: ("Profile Updated", "You changed your profile")
        case .preferencesChanged: ("Preferences Changed", "You changed how we reach you")
        case .consentChanged: ("Consent Changed", "You changed what you consent to")
        case .deviceRegistered: ("Device Registered", "A device was registered for push notifications")
        case .caseDrafted: ("Case Begun", aboutCase)
        case .caseSubmitted:
            (
                "New Case Submitted",
                [named("specialty"), "second opinion case", number.map { "#\($0)" }].compactMap(\.self)
                    .joined(separator: " ")
            )
        case .caseStatusChanged:
            ("Case Updated", [aboutCase, named("status")].compactMap(\.self).joined(separator: ": "))
        case .informationRequested: ("Information Requested", aboutCase)
        case .informationProvided: ("Information Provided", aboutCase)
        case .professionalAssigned:
            ("Expert Assigned", "\(named("professionalName") ?? "An expert") has been assigned to your case")
        case .opinionDelivered: ("Opinion Ready", aboutCase)
        case .opinionRead: ("Opinion Read", aboutCase)
        case .caseCompleted: ("Case Completed", aboutCase)
        case .caseCancelled: ("Case Cancelled", aboutCase)
        case .caseReopened: ("Case Reopened", aboutCase)
        case .caseRated: ("Case Rated", aboutCase)
        case .documentUploaded: ("Document Uploaded", aboutCase)
        case .messageSent: ("Message Sent", aboutCase)
        case .messageReceived: ("Message Received", aboutCase)
        case .messageRead: ("Message Read", aboutCase)
        case .paymentCompleted: ("Payment Completed", aboutCase)
        case .planChanged: ("Plan Changed", named("to").map { "Your plan is now \($0)" } ?? "")
        case .referralSent: ("Friend Invited", "You invited somebody")
        case .referralAccepted: ("Friend Joined", "Somebody you invited joined us")
        case .contentRead: ("Article Read", named("title") ?? "")
        case .milestoneCelebrated: ("Milestone Celebrated", "")
        case .personaChanged: ("Personalisation Changed", "You changed how pages are fitted to you")
        case .questionnaireAnswered: ("Questions Answered", "You told us how you like to read and decide")
        }
    }

    var icon: String {
        switch self {
        case .profileCreated, .profileCompleted, .profileUpdated, .personaChanged, .questionnaireAnswered: "user"
        case .preferencesChanged, .consentChanged, .deviceRegistered: "settings"
        case .caseDrafted, .caseSubmitted, .caseStatusChanged, .caseCompleted, .caseCancelled, .caseReopened:
            "medical-case"
        case .professionalAssigned: "doctor"
        case .informationRequested, .informationProvided, .documentUploaded, .opinionDelivered, .opinionRead: "document"
        case .messageSent, .messageReceived, .messageRead: "message"
        case .paymentCompleted, .planChanged: "payment"
        case .referralSent, .referralAccepted: "share"
        case .contentRead: "book"
        case .caseRated, .milestoneCelebrated: "star"
        }
    }
}
