internal import PluginAPI

/// Who of the staff looks after whom. A premium customer has a case manager by name, who hears of their things first
/// (contract §9).
extension MedicalOpinion {
    /// Gives a premium customer who has none a case manager, and tells that one of the case that came in.
    func nameCaseManager(for row: CaseRow, _ tx: borrowing Transaction) throws {
        guard try tx.plan(of: row.person) == .premium else { return }
        try nameCaseManager(of: row.person, tx)
        guard let manager = try caseManager(of: row.person, tx) else { return }
        try tx.notify(
            Notice(
                .caseCameIn, to: manager, about: row.subject,
                ["tenant": services.tenant.name, "caseNumber": row.number]))
    }

    /// Gives a customer a case manager, where they have none who still is one: whoever has least to do.
    func nameCaseManager(of customer: PersonID, _ tx: borrowing Transaction) throws {
        guard try caseManager(of: customer, tx) == nil, let chosen = try leastLoadedCaseManager(for: customer, tx)
        else { return }
        try set(caseManager: chosen, of: customer, tx)
    }

    /// Sets or, with nil, takes away the case manager of a customer.
    func set(caseManager: PersonID?, of customer: PersonID, _ tx: borrowing Transaction) throws {
        let before: PersonID?? = try tx.value(
            "SELECT case_manager_id FROM medicalopinion_customer WHERE person_id = \(customer)")
        guard (before ?? nil) != caseManager else { return }
        try enrolCustomer(customer, tx)
        try tx.run(
            "UPDATE medicalopinion_customer SET case_manager_id = \(caseManager) WHERE person_id = \(customer)")
        try tx.audit(
            AuditEntry(
                "customer.case-manager-changed", on: Subject("customer", id: customer.rawValue, owner: customer),
                before: (before ?? nil).map { .string($0.rawValue) } ?? .null,
                after: caseManager.map { .string($0.rawValue) } ?? .null))
    }

    /// A customer's case manager, as long as they have the role.
    func caseManager(of customer: PersonID, _ tx: borrowing some (Reading & ~Copyable)) throws -> PersonID? {
        let kept: PersonID?? = try tx.value(
            "SELECT case_manager_id FROM medicalopinion_customer WHERE person_id = \(customer)")
        guard let manager = kept ?? nil, try isOfTheDesk(manager, tx) else { return nil }
        return manager
    }

    /// Whether somebody may be a case manager by name.
    func isOfTheDesk(_ person: PersonID, _ tx: borrowing some (Reading & ~Copyable)) throws -> Bool {
        for role in Role.desk where try tx.people(withRole: role, upTo: 1000).contains(person) { return true }
        return false
    }

    /// Who hears of what happens to a case: the customer's own case manager, or else whoever asked for it, or else all of
    /// them.
    func desk(for row: CaseRow, askedBy person: PersonID? = nil, _ tx: borrowing Transaction) throws -> [PersonID] {
        if let manager = try caseManager(of: row.person, tx) { return [manager] }
        if let person, try isOfTheDesk(person, tx) { return [person] }
        return try caseManagers(tx)
    }

    /// All case managers, and where there are none, the admins.
    func caseManagers(_ tx: borrowing some (Reading & ~Copyable)) throws -> [PersonID] {
        let managers = try tx.people(withRole: Role.caseManager.name, upTo: 100)
        return managers.isEmpty ? try tx.people(withRole: Role.admin.name, upTo: 100) : managers
    }

    /// The case manager with the fewest open cases of customers of their own, then with the fewest of those customers, then
    /// by id: asked twice, it is the same one.
    private func leastLoadedCaseManager(for customer: PersonID, _ tx: borrowing Transaction) throws -> PersonID? {
        let managers = try tx.people(withRole: Role.caseManager.name, upTo: 1000).filter { $0 != customer }
        var loads: [PersonID: (cases: Int, customers: Int)] = [:]
        try tx.forEach(
            """
            SELECT u.case_manager_id, count(c.id), count(DISTINCT u.person_id) FROM medicalopinion_customer u
            LEFT JOIN medicalopinion_case c ON c.person_id = u.person_id
                AND c.state NOT IN ('draft', 'closed', 'withdrawn', 'declined', 'cancelled')
            WHERE u.case_manager_id IS NOT NULL GROUP BY u.case_manager_id
            """
        ) { (row: borrowing Row) throws(StoreError) in
            loads[try row.get(at: 0)] = (try row.get(at: 1), try row.get(at: 2))
        }
        return managers.min { left, right in
            let (one, other) = (loads[left] ?? (0, 0), loads[right] ?? (0, 0))
            return (one.cases, one.customers, left.rawValue) < (other.cases, other.customers, right.rawValue)
        }
    }

    func shownCaseManager(of customer: PersonID, _ tx: borrowing ReadTransaction) throws -> CaseManagerShown? {
        let kept: PersonID?? = try tx.value(
            "SELECT case_manager_id FROM medicalopinion_customer WHERE person_id = \(customer)")
        guard let manager = kept ?? nil, let person = try tx.person(manager) else { return nil }
        return CaseManagerShown(id: manager, name: person.name)
    }
}

/// Who of the staff looks after a customer.
struct CaseManagerShown: Described {
    let id: PersonID
    let name: String
    static let schema = Schema<CaseManagerShown>.object(
        CaseManagerShown.init(id:name:), Field("id", \.id, PersonID.schema), Field("name", \.name, .string(0...300)))
}

/// What the staff change of a customer.
struct CustomerChange: Described {
    let id: PersonID
    let plan: Plan?
    let caseManagerId: Change<PersonID>

    static let schema = Schema<CustomerChange>.object(
        CustomerChange.init(id:plan:caseManagerId:), Field("id", \.id, PersonID.schema, in: .path),
        Field("plan", \.plan, .optional(Plan.schema)),
        Field(
            "caseManagerId", \.caseManagerId, .change(PersonID.schema),
            note: "Who looks after them; a premium customer whose is taken away gets another with the next case"))
}
