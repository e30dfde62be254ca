internal import PluginAPI

/// The `customer` of the answer to a sign-in (seed 000 §2.1), of staff too.
struct SignedInCustomer: Described {
    let id: PersonID
    let email: Email?
    let firstName: String
    let lastName: String
    /// Nothing is known of whoever has done nothing yet.
    let persona: String?
    let preferences: SignedInPreferences

    static let schema = Schema<SignedInCustomer>.object(
        SignedInCustomer.init(id:email:firstName:lastName:persona:preferences:),
        Field("id", \.id, PersonID.schema), Field("email", \.email, .optional(Email.schema)),
        Field("firstName", \.firstName, .string(0...100)), Field("lastName", \.lastName, .string(0...100)),
        Field("persona", \.persona, .optional(.string(1...64))),
        Field("preferences", \.preferences, SignedInPreferences.schema))
}

/// The preferences in the answer to a sign-in.
struct SignedInPreferences: Described {
    let language: Language
    let timezone: Zone
    let notifications: [String]

    static let schema = Schema<SignedInPreferences>.object(
        SignedInPreferences.init(language:timezone:notifications:), Field("language", \.language, Language.schema),
        Field("timezone", \.timezone, Zone.schema),
        Field("notifications", \.notifications, .list(.string(1...32), 0...8), note: "The channels that are on"))
}

extension MedicalOpinion {
    /// What the answer to a sign-in tells of whoever signed in.
    func signedIn(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> SignedInCustomer {
        guard let person = try tx.person(signedIn.person) else { throw Problem.notFound }
        let preferences = try tx.preferences(of: person.id) ?? Preferences()
        return SignedInCustomer(
            id: person.id, email: person.email, firstName: person.givenName, lastName: person.familyName,
            persona: try persona(of: person.id, tx),
            preferences: SignedInPreferences(
                language: person.language ?? services.tenant.language,
                timezone: preferences.zone ?? services.tenant.zone,
                notifications: ChannelNames.of(preferences).map(\.rawValue)))
    }

    /// Makes a customer of somebody who registers.
    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws { try enrolCustomer(person, tx) }
}
