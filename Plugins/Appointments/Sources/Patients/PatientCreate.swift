internal import PluginAPI

extension Appointments {
    /// `POST /v1/patients`: an account with the role of a customer, and the clinic's record of it.
    func addPatient(_ new: PatientCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Patient {
        try call.requireClinic()
        let today = Zone.utc.day(at: call.now + .seconds(14 * 3600))
        let mistakes = new.mistakes(today: today)
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        let branch = new.practiceId ?? call.onlyBranch
        if let branch {
            guard try tx.branch(branch) != nil else {
                throw Problem.invalid("practiceId", .notAllowed, "must be the id of a branch")
            }
            try call.requireBranch(branch)
        } else if call.reach != .tenant {
            throw Problem.invalid("practiceId", .missing, "must be one of your branches")
        }
        if !new.allowDuplicate, try tx.isKnown(new) { throw PatientRefusal.mayExist }
        let person: PersonID
        do throws(StoreError) {
            person = try tx.addPerson(new.account)
        } catch {
            guard case .unique = error.kind else { throw error }
            throw PatientRefusal.exists
        }
        try tx.grant("customer", to: person)
        try tx.enrol(person)
        try tx.changeCustomer(
            of: person,
            [
                "status = \(new.status)", "branch_id = \(branch)", "date_of_birth = \(new.dateOfBirth?.description)",
                "gender = \(new.gender)", "line1 = \(new.address?.line1)", "line2 = \(new.address?.line2)",
                "city = \(new.address?.city)", "region = \(new.address?.region)",
                "postal_code = \(new.address?.postalCode)", "country = \(new.address?.country)",
            ])
        guard let customer = try tx.customer(of: person), let patient = try tx.patient(customer.id) else {
            throw Problem.notFound
        }
        try tx.audit(AuditEntry("customer.added", on: customer.subject))
        return patient
    }
}

extension Transaction {
    /// Whether there is a patient of the same name, born on the same day.
    fileprivate borrowing func isKnown(_ new: PatientCreate) throws(StoreError) -> Bool {
        guard let born = new.dateOfBirth else { return false }
        let key = NameKey.folded("\(new.lastName) \(new.firstName)")
        let found: Int? = try value(
            """
            SELECT 1 FROM appointments_customer
            WHERE name_key = \(key) AND date_of_birth = \(born.description) LIMIT 1
            """)
        return found != nil
    }
}

/// The input of `POST /v1/patients` (seed 002 §1.3).
struct PatientCreate: Described {
    let firstName: String
    let lastName: String
    let email: Email?
    let phone: Phone?
    let phoneNumber: Phone?
    let dateOfBirth: Day?
    let gender: String?
    let language: Language?
    let address: Address?
    let status: CustomerStatus
    let practiceId: String?
    let allowDuplicate: Bool

    static let schema = Schema<PatientCreate>.object(
        PatientCreate.init(
            firstName:lastName:email:phone:phoneNumber:dateOfBirth:gender:language:address:status:practiceId:
            allowDuplicate:),
        Field("firstName", \.firstName, .string(1...100)),
        Field("lastName", \.lastName, .string(1...100)),
        Field("email", \.email, .optional(Email.schema)),
        Field("phone", \.phone, .optional(Phone.schema), note: "Signs them in by a texted code"),
        Field("phoneNumber", \.phoneNumber, .optional(Phone.schema.deprecated), note: "Use phone"),
        Field("dateOfBirth", \.dateOfBirth, .optional(Day.schema)),
        Field("gender", \.gender, .optional(.string(1...50))),
        Field("language", \.language, .optional(Language.schema)),
        Field("address", \.address, .optional(Address.schema)),
        Field("status", \.status, .oneOf, default: .active),
        Field(
            "practiceId", \.practiceId, .optional(.string(1...64)),
            note: "The branch they belong to; the caller's own, if left out"),
        Field(
            "allowDuplicate", \.allowDuplicate, .bool, default: false,
            note: "Adds them though there is somebody of the same name and date of birth"))

    /// What is wrong with it beyond its fields' own shapes.
    func mistakes(today: Day) -> [Mistake] {
        var mistakes: [Mistake] = []
        if let phone, let phoneNumber, phone != phoneNumber {
            mistakes.append(Mistake(field: "phoneNumber", .notAllowed, "must be the same as phone, or left out"))
        }
        if let dateOfBirth, let mistake = Mistake.ofBirthday(dateOfBirth, today: today) { mistakes.append(mistake) }
        return mistakes
    }

    /// The part that is the account's.
    var account: PersonChange {
        var change = PersonChange()
        change.givenName = .set(firstName)
        change.familyName = .set(lastName)
        if let email { change.email = .set(email) }
        if let phone = phone ?? phoneNumber { change.phone = .set(phone) }
        if let language { change.language = .set(language) }
        return change
    }
}
