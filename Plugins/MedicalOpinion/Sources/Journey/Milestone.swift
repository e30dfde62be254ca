internal import PluginAPI

/// What is worth noting in a customer's journey; each at most once.
enum MilestoneType: String, CaseIterable, Sendable {
    case profileCreated = "profile_created"
    case profileCompleted = "profile_completed"
    case firstCaseSubmitted = "first_case_submitted"
    case paymentCompleted = "payment_completed"
    case firstOpinion = "first_opinion_received"
    case firstCaseCompleted = "first_case_completed"
    case secondCaseSubmitted = "second_case_submitted"
    case referredFriend = "referred_friend"
    case premiumUpgrade = "premium_upgrade"
    case loyaltyMember = "loyalty_member"
    case welcomeBack = "welcome_back"

    var title: String {
        switch self {
        case .profileCreated: "Welcome"
        case .profileCompleted: "Profile Complete"
        case .firstCaseSubmitted: "First Second Opinion"
        case .paymentCompleted: "First Payment"
        case .firstOpinion: "First Opinion Received"
        case .firstCaseCompleted: "First Case Completed"
        case .secondCaseSubmitted: "Second Case"
        case .referredFriend: "Friend Referred"
        case .premiumUpgrade: "Premium Member"
        case .loyaltyMember: "Loyalty Member"
        case .welcomeBack: "Welcome Back"
        }
    }

    var description: String {
        switch self {
        case .profileCreated: "You joined us"
        case .profileCompleted: "You told us what our experts need to know"
        case .firstCaseSubmitted: "You submitted your first case for expert review"
        case .paymentCompleted: "Your first payment was received"
        case .firstOpinion: "You received your first expert opinion"
        case .firstCaseCompleted: "Your first case was completed"
        case .secondCaseSubmitted: "You submitted your second case"
        case .referredFriend: "Somebody you invited joined us"
        case .premiumUpgrade: "You became a premium member"
        case .loyaltyMember: "You've become a valued member with many cases"
        case .welcomeBack: "You came back to us"
        }
    }

    var icon: String {
        switch self {
        case .profileCreated, .profileCompleted: "user"
        case .firstCaseSubmitted, .secondCaseSubmitted, .firstCaseCompleted: "medical-case"
        case .paymentCompleted: "payment"
        case .firstOpinion: "document"
        case .referredFriend: "share"
        case .premiumUpgrade, .loyaltyMember: "star"
        case .welcomeBack: "wave"
        }
    }
}

/// A milestone that a customer has reached.
struct Milestone: Described, Equatable {
    let type: MilestoneType
    let date: Instant
    var celebrated: Bool

    static let schema = Schema<Milestone>.object(
        Milestone.init(type:date:celebrated:), Field("type", \.type, .oneOf), Field("date", \.date, Instant.schema),
        Field("celebrated", \.celebrated, .bool))

    /// Names it on the wire: each type is reached at most once.
    var id: String { "milestone_\(type.rawValue)" }
}
