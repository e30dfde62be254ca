internal import PluginAPI

extension Appointments {
    /// `GET /api/customer/profile`, `GET /portal/profile`
    func profile(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Profile {
        guard let profile = try tx.profile(of: call.caller.id) else { throw Problem.notFound }
        return profile
    }

    /// `PUT /api/customer/profile`, `PUT /portal/profile`
    func changeProfile(_ change: ProfileChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Profile {
        let id = call.caller.id
        guard let before = try tx.profile(of: id), let person = try tx.person(id) else { throw Problem.notFound }
        // The day that has begun anywhere on earth: a child born today is not born tomorrow.
        let mistakes = change.mistakes(today: Zone.utc.day(at: call.now + .seconds(14 * 3600)))
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        if case .set(let branch) = change.preferredBranchId, try tx.branch(branch) == nil {
            throw Problem.invalid("preferredBranchId", .notAllowed, "must be the id of a branch")
        }
        do throws(StoreError) {
            try tx.changePerson(id, change.account(of: person))
        } catch {
            guard case .unique = error.kind else { throw error }
            throw ProfileRefusal.anotherAccounts
        }
        try tx.changeCustomer(of: id, change.columns)
        guard let after = try tx.profile(of: id) else { throw Problem.notFound }
        try announceChange(from: before, to: after, of: id, tx)
        return after
    }

    private func announceChange(
        from before: Profile, to after: Profile, of person: PersonID, _ tx: borrowing Transaction
    ) throws(StoreError) {
        let fields = Profile.changedFields(before, after)
        guard !fields.isEmpty else { return }
        let subject = Subject("customer", id: after.id, owner: person, branch: after.preferredBranchId)
        try tx.publish(
            CustomerChanged(patientId: after.id, fields: fields), about: subject, to: .holders(of: .readPatients))
        try tx.audit(
            AuditEntry("customer.changed", on: subject, details: ["fields": .array(fields.map { .string($0) })]))
    }

    /// The account that the sign-in's answer carries.
    func account(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> Profile {
        guard let profile = try tx.profile(of: person) else { throw Problem.notFound }
        return profile
    }

    /// Makes a customer of somebody who signs in for the first time.
    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {
        try tx.enrol(person)
    }
}

/// A customer's data changed. It names the fields and keeps their values to itself.
struct CustomerChanged: Event {
    static let name = "appointments.customer-changed"
    let patientId: String
    let fields: [String]

    static let schema = Schema<CustomerChanged>.object(
        CustomerChanged.init(patientId:fields:), Field("patientId", \.patientId, .string(1...64)),
        Field("fields", \.fields, .list(.string(1...64), 0...64)))
}

extension Profile {
    /// The names of the fields in which two profiles differ.
    static func changedFields(_ old: Profile, _ new: Profile) -> [String] {
        func name<V: Equatable>(_ name: String, _ field: KeyPath<Profile, V>) -> String? {
            old[keyPath: field] == new[keyPath: field] ? nil : name
        }
        return [
            name("firstName", \.firstName), name("lastName", \.lastName), name("preferredName", \.preferredName),
            name("pronouns", \.pronouns), name("email", \.email), name("phone", \.phone),
            name("secondaryPhone", \.secondaryPhone), name("dateOfBirth", \.dateOfBirth), name("gender", \.gender),
            name("language", \.language), name("address", \.address), name("emergencyContact", \.emergencyContact),
            name("primaryPhysician", \.primaryPhysician), name("insurance", \.insurance),
            name("preferredBranchId", \.preferredBranchId),
        ].compactMap { $0 }
    }
}
