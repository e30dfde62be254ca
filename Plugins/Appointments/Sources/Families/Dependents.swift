internal import PluginAPI

/// Children for whom a customer books. Each has an account and a record of their own; the customer acts for it by
/// `X-Acting-For`, and is told in its stead, until the child is of age.
extension Appointments {
    /// Ends that somebody acts for another.
    static let comingOfAge = JobName<DependentNamed>("coming-of-age")

    /// Years at which one is of age.
    private static let majority = 18
    private static let mostDependents = 10

    /// `GET /api/customer/dependents`
    func dependents(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<Dependent> {
        guard let customer = try tx.customer(of: call.caller.id) else { throw Problem.notFound }
        let all = try tx.dependents(of: customer.id)
        return Page(all, PageNumbers(page: 1, limit: Self.mostDependents, total: all.count))
    }

    /// `POST /api/customer/dependents`
    func addDependent(_ new: DependentCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Dependent {
        guard call.onBehalfOf == nil else { throw FamilyRefusal.notOneself }
        guard let guardian = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let today = call.tenant.zone.day(at: call.now)
        let adult = new.dateOfBirth.adding(years: Self.majority)
        guard new.dateOfBirth <= Zone.utc.day(at: call.now + .seconds(14 * 3600)), adult > today else {
            throw Problem.invalid("dateOfBirth", .range, "must be a day of the last \(Self.majority) years")
        }
        guard try tx.dependents(of: guardian.id).count < Self.mostDependents else { throw FamilyRefusal.tooMany }
        var account = PersonChange()
        account.givenName = .set(new.firstName)
        account.familyName = .set(new.lastName)
        if let language = try tx.person(call.caller.id)?.language { account.language = .set(language) }
        let person = try tx.addPerson(account)
        try tx.grant("customer", to: person)
        try tx.enrol(person)
        try tx.changeCustomer(
            of: person,
            [
                "guardian_id = \(guardian.id)", "branch_id = \(guardian.branch)",
                "date_of_birth = \(new.dateOfBirth.description)",
            ])
        try tx.allowActing(guardian.person, for: person, as: "family")
        guard let child = try tx.customer(of: person), let dependent = try tx.dependents(of: guardian.id).last else {
            throw Problem.notFound
        }
        try tx.schedule(
            Self.comingOfAge, at: call.tenant.zone.startOfDay(adult), key: child.id, DependentNamed(id: child.id))
        try tx.audit(AuditEntry("customer.dependent-added", on: child.subject))
        return dependent
    }

    /// `DELETE /api/customer/dependents/{id}`: the record stays the clinic's.
    func removeDependent(_ named: DependentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent
    {
        guard let child = try tx.customer(named.id), let guardian = try tx.customer(of: call.caller.id) else {
            throw Problem.notFound
        }
        try tx.part(child, from: guardian.person)
        try tx.unschedule(Self.comingOfAge, key: child.id)
        try tx.audit(AuditEntry("customer.dependent-removed", on: child.subject))
        return NoContent()
    }

    /// The job: who is of age acts for themselves.
    func comeOfAge(_ named: DependentNamed, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let child = try tx.customer(named.id), let guardian = try tx.guardian(of: child.id) else { return }
        try tx.part(child, from: guardian)
        try tx.audit(AuditEntry("customer.came-of-age", on: child.subject))
    }

    /// The child that a route names, as its guardian's.
    func dependentSubject(_ named: DependentNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        guard let guardian = try tx.guardian(of: named.id) else { return nil }
        return Subject("dependent", id: named.id, owner: guardian)
    }
}

extension Reading where Self: ~Copyable {
    /// Who acts for a child.
    fileprivate borrowing func guardian(of child: String) throws(StoreError) -> PersonID? {
        try value(
            """
            SELECT g.person_id FROM appointments_customer c JOIN appointments_customer g ON g.id = c.guardian_id
            WHERE c.id = \(child)
            """)
    }

    fileprivate borrowing func dependents(of guardian: String) throws(StoreError) -> [Dependent] {
        let rows: [CustomerRow] = try all(
            CustomerRow.select + "WHERE guardian_id = \(guardian) ORDER BY created_at, id")
        var dependents: [Dependent] = []
        for row in rows {
            guard let person = try person(row.person) else { continue }
            dependents.append(
                Dependent(
                    id: row.id, userId: row.person, firstName: person.givenName, lastName: person.familyName,
                    dateOfBirth: row.dateOfBirth))
        }
        return dependents
    }
}

extension Transaction {
    /// Ends that somebody acts for a child.
    fileprivate borrowing func part(_ child: CustomerRow, from guardian: PersonID) throws(StoreError) {
        try forbidActing(guardian, for: child.person)
        try changeCustomer(of: child.person, ["guardian_id = NULL"])
    }
}

/// Why a child is not added.
enum FamilyRefusal: Refusal {
    case notOneself, tooMany

    var problem: Problem {
        switch self {
        case .notOneself: Problem(403, "NOT_ONESELF", "Only for one's own account.")
        case .tooMany: .conflict("TOO_MANY_DEPENDENTS", "There are as many as can be.")
        }
    }
}

/// A child for whom somebody books.
struct Dependent: Described {
    let id: String
    let userId: PersonID
    let firstName: String
    let lastName: String
    let dateOfBirth: Day?

    static let schema = Schema<Dependent>.object(
        Dependent.init(id:userId:firstName:lastName:dateOfBirth:),
        Field("id", \.id, .string(1...64), note: "The patientId of appointments"),
        Field("userId", \.userId, PersonID.schema, note: "Sent as X-Acting-For to act for the child"),
        Field("firstName", \.firstName, .string(0...100)), Field("lastName", \.lastName, .string(0...100)),
        Field("dateOfBirth", \.dateOfBirth, .optional(Day.schema)))
}

/// The input of `POST /api/customer/dependents`.
struct DependentCreate: Described {
    let firstName: String
    let lastName: String
    let dateOfBirth: Day

    static let schema = Schema<DependentCreate>.object(
        DependentCreate.init(firstName:lastName:dateOfBirth:), Field("firstName", \.firstName, .string(1...100)),
        Field("lastName", \.lastName, .string(1...100)), Field("dateOfBirth", \.dateOfBirth, Day.schema))
}

/// Names a child by their record, in a path and for a job.
struct DependentNamed: Described {
    let id: String

    static let schema = Schema<DependentNamed>.object(
        DependentNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
