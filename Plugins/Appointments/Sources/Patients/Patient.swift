internal import PluginAPI

/// Somebody whom the clinic treats, as its people see them (seed 002 §1.3).
struct Patient: Described, Equatable {
    let id: String
    let firstName: String
    let lastName: String
    let email: Email?
    let phone: Phone?
    /// The same number under the name it had before.
    let phoneNumber: Phone?
    let dateOfBirth: Day?
    let gender: String?
    let language: Language?
    let address: Address?
    let status: CustomerStatus
    /// The branch they belong to.
    let practiceId: String?
    let createdAt: Instant
    let updatedAt: Instant

    init(_ row: CustomerRow, _ person: Person) {
        self.init(
            id: row.id, firstName: person.givenName, lastName: person.familyName, email: person.email,
            phone: person.phone, phoneNumber: person.phone, dateOfBirth: row.dateOfBirth, gender: row.gender,
            language: person.language, address: row.address, status: row.status, practiceId: row.branch,
            createdAt: row.createdAt, updatedAt: row.updatedAt)
    }

    private init(
        id: String, firstName: String, lastName: String, email: Email?, phone: Phone?, phoneNumber: Phone?,
        dateOfBirth: Day?, gender: String?, language: Language?, address: Address?, status: CustomerStatus,
        practiceId: String?, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
        self.phoneNumber = phoneNumber
        self.dateOfBirth = dateOfBirth
        self.gender = gender
        self.language = language
        self.address = address
        self.status = status
        self.practiceId = practiceId
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    static let schema = Schema<Patient>.object(
        Patient.init(
            id:firstName:lastName:email:phone:phoneNumber:dateOfBirth:gender:language:address:status:practiceId:
            createdAt:updatedAt:),
        Field("id", \.id, .string(1...64)),
        Field("firstName", \.firstName, .string(0...100)),
        Field("lastName", \.lastName, .string(0...100)),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("phoneNumber", \.phoneNumber, .optional(Phone.schema.deprecated), note: "Use phone"),
        Field("dateOfBirth", \.dateOfBirth, .optional(Day.schema)),
        Field("gender", \.gender, .optional(.string(0...50))),
        Field("language", \.language, .optional(Language.schema)),
        Field("address", \.address, .optional(Address.schema)),
        Field("status", \.status, .oneOf),
        Field("practiceId", \.practiceId, .optional(.string(1...64)), note: "The branch they belong to"),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("updatedAt", \.updatedAt, Instant.schema))

    /// When the name `phoneNumber` was announced to go.
    static let phoneNumberDeprecated = Day(daysSinceEpoch: 20_786)
}

/// The input of routes about one patient.
struct PatientNamed: Described {
    let patientId: String

    static let schema = Schema<PatientNamed>.object(
        PatientNamed.init(patientId:), Field("patientId", \.patientId, .string(1...64), in: .path))
}
