internal import PluginAPI

extension Appointments {
    /// `PATCH /v1/patients/{patientId}`
    func changePatient(_ change: PatientChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Patient {
        guard let before = try tx.patient(change.patientId), let row = try tx.customer(change.patientId),
            let person = try tx.person(row.person)
        else { throw Problem.notFound }
        let mistakes = change.mistakes(today: Zone.utc.day(at: call.now + .seconds(14 * 3600)))
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        switch change.practiceId {
        case .keep: break
        case .clear: guard call.reach == .tenant else { throw Problem.forbidden }
        case .set(let branch):
            guard try tx.branch(branch) != nil else {
                throw Problem.invalid("practiceId", .notAllowed, "must be the id of a branch")
            }
            if branch != row.branch { try call.requireBranch(branch) }
        }
        do throws(StoreError) {
            try tx.changePerson(row.person, change.account(of: person))
        } catch {
            guard case .unique = error.kind else { throw error }
            throw PatientRefusal.exists
        }
        try tx.changeCustomer(of: row.person, change.columns)
        guard let after = try tx.patient(change.patientId) else { throw Problem.notFound }
        let fields = Patient.changedFields(before, after)
        guard !fields.isEmpty else { return after }
        let subject = Subject("customer", id: after.id, owner: row.person, branch: after.practiceId)
        try tx.publish(
            CustomerChanged(patientId: after.id, fields: fields), about: subject, to: .holders(of: .readPatients))
        try tx.audit(
            AuditEntry("customer.changed", on: subject, details: ["fields": .array(fields.map { .string($0) })]))
        return after
    }
}

extension Patient {
    /// The names of the fields in which two records differ.
    fileprivate static func changedFields(_ old: Patient, _ new: Patient) -> [String] {
        func name<V: Equatable>(_ name: String, _ field: KeyPath<Patient, V>) -> String? {
            old[keyPath: field] == new[keyPath: field] ? nil : name
        }
        return [
            name("firstName", \.firstName), name("lastName", \.lastName), name("email", \.email),
            name("phone", \.phone), name("dateOfBirth", \.dateOfBirth), name("gender", \.gender),
            name("language", \.language), name("address", \.address), name("status", \.status),
            name("practiceId", \.practiceId),
        ].compactMap { $0 }
    }
}

/// The input of `PATCH /v1/patients/{patientId}`: a field that is left out stays, null empties it.
struct PatientChange: Described, PersonalChange {
    let patientId: String
    let firstName: Change<String>
    let lastName: Change<String>
    let email: Change<Email>
    let phone: Change<Phone>
    let phoneNumber: Change<Phone>
    let dateOfBirth: Change<Day>
    let gender: Change<String>
    let language: Change<Language>
    let address: Change<Address>
    let status: CustomerStatus?
    let practiceId: Change<String>

    static let schema = Schema<PatientChange>.object(
        PatientChange.init(
            patientId:firstName:lastName:email:phone:phoneNumber:dateOfBirth:gender:language:address:status:
            practiceId:),
        Field("patientId", \.patientId, .string(1...64), in: .path),
        Field("firstName", \.firstName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("lastName", \.lastName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("email", \.email, .change(Email.schema)),
        Field("phone", \.phone, .change(Phone.schema)),
        Field("phoneNumber", \.phoneNumber, .change(Phone.schema.deprecated), note: "Use phone"),
        Field("dateOfBirth", \.dateOfBirth, .change(Day.schema)),
        Field("gender", \.gender, .change(.string(1...50))),
        Field("language", \.language, .change(Language.schema)),
        Field("address", \.address, .change(Address.schema)),
        Field("status", \.status, .optional(.oneOf)),
        Field("practiceId", \.practiceId, .change(.string(1...64)), note: "The branch they belong to"))

    var accountPhone: Change<Phone> { phone == .keep ? phoneNumber : phone }

    /// What is wrong with it beyond its fields' own shapes.
    func mistakes(today: Day) -> [Mistake] {
        let differ = phone != .keep && phoneNumber != .keep && phone != phoneNumber
        return mistakes(
            phone: differ
                ? Mistake(field: "phoneNumber", .notAllowed, "must be the same as phone, or left out") : nil,
            today: today)
    }

    /// The part that is the clinic's: columns and their new values.
    var columns: [SQL] {
        var columns: [SQL] = []
        if dateOfBirth != .keep { columns.append("date_of_birth = \(dateOfBirth.applied(to: nil)?.description)") }
        if gender != .keep { columns.append("gender = \(gender.applied(to: nil))") }
        if practiceId != .keep { columns.append("branch_id = \(practiceId.applied(to: nil))") }
        if let status { columns.append("status = \(status)") }
        if address != .keep {
            let address = address.applied(to: nil)
            columns += [
                "line1 = \(address?.line1)", "line2 = \(address?.line2)", "city = \(address?.city)",
                "region = \(address?.region)", "postal_code = \(address?.postalCode)", "country = \(address?.country)",
            ]
        }
        return columns
    }
}
