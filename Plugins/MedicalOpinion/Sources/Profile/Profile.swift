internal import PluginAPI

/// The answer of `GET /v1/portal/profile` (seed 000 §3.1).
struct ProfileAnswer: Described {
    let customer: Profile
    static let schema = Schema<ProfileAnswer>.object(
        ProfileAnswer.init(customer:), Field("customer", \.customer, Profile.schema))
}

/// A customer, as they see themselves (seed 000 §8.1).
struct Profile: Described {
    let id: PersonID
    let firstName: String
    let middleName: String?
    let lastName: String
    let email: Email?
    let phone: Phone?
    let dateOfBirth: Day?
    let address: PostalAddress?
    let preferences: ProfilePreferences
    let emergencyContact: EmergencyContact?
    let plan: Plan
    let createdAt: Instant
    let updatedAt: Instant
    /// Who of the staff looks after a premium customer.
    let caseManager: CaseManagerShown?

    static let schema = Schema<Profile>.object(
        Profile.init(
            id:firstName:middleName:lastName:email:phone:dateOfBirth:address:preferences:emergencyContact:plan:
            createdAt:updatedAt:caseManager:),
        Field("id", \.id, PersonID.schema), Field("firstName", \.firstName, .string(0...100)),
        .leftOutWhenNil("middleName", \.middleName, .optional(.string(0...100))),
        Field("lastName", \.lastName, .string(0...100)), Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("dateOfBirth", \.dateOfBirth, .optional(Day.schema)),
        Field("address", \.address, .optional(PostalAddress.schema)),
        Field("preferences", \.preferences, ProfilePreferences.schema),
        Field("emergencyContact", \.emergencyContact, .optional(EmergencyContact.schema)),
        Field("plan", \.plan, Plan.schema), Field("createdAt", \.createdAt, Instant.schema),
        Field("updatedAt", \.updatedAt, Instant.schema),
        .leftOutWhenNil("caseManager", \.caseManager, .optional(CaseManagerShown.schema)))
}

extension Profile {
    /// Whether all is said that experts need to know of who somebody is, and whom to call.
    var isComplete: Bool {
        !firstName.isEmpty && !lastName.isEmpty && phone != nil && dateOfBirth != nil && address != nil
            && emergencyContact != nil
    }
}

/// The preferences in a profile: a view of what the host keeps for all plugins.
struct ProfilePreferences: Described {
    let language: Language
    let timezone: Zone
    let currency: String
    let notifications: ChannelSwitches
    let privacy: Privacy

    static let schema = Schema<ProfilePreferences>.object(
        ProfilePreferences.init(language:timezone:currency:notifications:privacy:),
        Field("language", \.language, Language.schema), Field("timezone", \.timezone, Zone.schema),
        Field("currency", \.currency, .string(3...3)),
        Field("notifications", \.notifications, ChannelSwitches.schema), Field("privacy", \.privacy, Privacy.schema))

    /// What others may do with what is known of the customer.
    struct Privacy: Described {
        let shareDataForResearch: Bool
        let allowMarketingEmails: Bool
        static let schema = Schema<Privacy>.object(
            Privacy.init(shareDataForResearch:allowMarketingEmails:),
            Field("shareDataForResearch", \.shareDataForResearch, .bool),
            Field("allowMarketingEmails", \.allowMarketingEmails, .bool))
    }
}
