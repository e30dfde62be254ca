internal import PluginAPI

/// A customer's profile, as the customer sees it (seed 001).
struct Profile: Described, Equatable {
    let id: String
    let status: CustomerStatus
    let firstName: String
    let lastName: String
    let preferredName: String?
    let pronouns: String?
    let email: Email?
    let phone: Phone?
    let secondaryPhone: Phone?
    let dateOfBirth: Day?
    let gender: String?
    let language: Language?
    let address: Address?
    let emergencyContact: EmergencyContact?
    let primaryPhysician: Physician?
    let insurance: Insurance?
    let preferredBranchId: String?
    let createdAt: Instant
    let updatedAt: Instant

    init(_ row: CustomerRow, _ person: Person) {
        self.init(
            id: row.id, status: row.status, firstName: person.givenName, lastName: person.familyName,
            preferredName: row.preferredName, pronouns: row.pronouns, email: person.email, phone: person.phone,
            secondaryPhone: row.secondaryPhone, dateOfBirth: row.dateOfBirth, gender: row.gender,
            language: person.language, address: row.address, emergencyContact: row.emergencyContact,
            primaryPhysician: row.physician, insurance: row.insurance, preferredBranchId: row.branch,
            createdAt: row.createdAt, updatedAt: row.updatedAt)
    }

    private init(
        id: String, status: CustomerStatus, firstName: String, lastName: String, preferredName: String?,
        pronouns: String?, email: Email?, phone: Phone?, secondaryPhone: Phone?, dateOfBirth: Day?, gender: String?,
        language: Language?, address: Address?, emergencyContact: EmergencyContact?, primaryPhysician: Physician?,
        insurance: Insurance?, preferredBranchId: String?, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.status = status
        self.firstName = firstName
        self.lastName = lastName
        self.preferredName = preferredName
        self.pronouns = pronouns
        self.email = email
        self.phone = phone
        self.secondaryPhone = secondaryPhone
        self.dateOfBirth = dateOfBirth
        self.gender = gender
        self.language = language
        self.address = address
        self.emergencyContact = emergencyContact
        self.primaryPhysician = primaryPhysician
        self.insurance = insurance
        self.preferredBranchId = preferredBranchId
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    static let schema = Schema<Profile>.object(
        Profile.init(
            id:status:firstName:lastName:preferredName:pronouns:email:phone:secondaryPhone:dateOfBirth:gender:language:
            address:emergencyContact:primaryPhysician:insurance:preferredBranchId:createdAt:updatedAt:),
        Field("id", \.id, .string(1...64), note: "The patientId of appointments"),
        Field("status", \.status, .oneOf),
        Field("firstName", \.firstName, .string(0...100)),
        Field("lastName", \.lastName, .string(0...100)),
        Field("preferredName", \.preferredName, .optional(.string(0...100))),
        Field("pronouns", \.pronouns, .optional(.string(0...50))),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema), note: "The number that signs in"),
        Field("secondaryPhone", \.secondaryPhone, .optional(Phone.schema)),
        Field("dateOfBirth", \.dateOfBirth, .optional(Day.schema)),
        Field("gender", \.gender, .optional(.string(0...50))),
        Field("language", \.language, .optional(Language.schema)),
        Field("address", \.address, .optional(Address.schema)),
        Field("emergencyContact", \.emergencyContact, .optional(EmergencyContact.schema)),
        Field("primaryPhysician", \.primaryPhysician, .optional(Physician.schema)),
        Field("insurance", \.insurance, .optional(Insurance.schema)),
        Field("preferredBranchId", \.preferredBranchId, .optional(.string(1...64))),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("updatedAt", \.updatedAt, Instant.schema))
}
