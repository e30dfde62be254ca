internal import PluginAPI

/// What the staff record of customers and experts (contract §9).
extension MedicalOpinion {
    static let staffCustomerRoutes: [Route<Self>] = [
        .get(
            "/v1/staff/professionals", .reading(Self.professionals), needs: .listing(.readExperts),
            "Experts with what they work on."),
        .post(
            "/v1/staff/professionals", .transactional(Self.addProfessional), needs: .permission(.writeExperts),
            "Makes somebody an expert, or changes what is known of one."),
        .get(
            "/v1/staff/customers/{id}", .reading(Self.staffProfile), needs: .permission(.readCustomers),
            "A customer's profile."),
        .patch(
            "/v1/staff/customers/{id}", .transactional(Self.changeCustomer), needs: .permission(.writeCustomers),
            "Sets a customer's plan, or who looks after them."),
        .post(
            "/v1/staff/customers/{id}/payments", .transactional(Self.addPayment), needs: .permission(.writeCustomers),
            refuses: [PaymentRefusal.self], "Records a payment; refunds are negative, and nothing is ever changed."),
        .post(
            "/v1/staff/customers/{id}/accounts", .transactional(Self.allowActing), needs: .permission(.writeCustomers),
            status: 200, "Lets a customer act for another's account."),
    ]

    func professionals(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ExpertList {
        guard call.reach?.isForStaff == true else { throw Problem.forbidden }
        let rows: [ExpertRow] = try tx.all(ExpertRow.select + "ORDER BY e.person_id LIMIT 1000")
        var experts: [ExpertShown] = []
        for row in rows { experts.append(ExpertShown(row, name: try tx.person(row.person)?.name ?? "")) }
        return ExpertList(professionals: experts)
    }

    func addProfessional(_ new: NewExpert, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ExpertShown {
        guard try tx.person(new.personId) != nil else {
            throw Problem.invalid("personId", .notAllowed, "must be the id of a person")
        }
        let specialties = try knownSpecialties(new.specialties)
        try tx.grant(Role.expert.name, to: new.personId)
        try tx.keep(new, specialties: specialties)
        try tx.audit(AuditEntry("expert.changed", on: Subject("expert", id: new.personId.rawValue)))
        guard let row: ExpertRow = try tx.first(ExpertRow.select + "WHERE e.person_id = \(new.personId)") else {
            throw Problem.notFound
        }
        return ExpertShown(row, name: try tx.person(new.personId)?.name ?? "")
    }

    /// Specialties as the company writes them.
    func knownSpecialties(_ names: [String]) throws(Problem) -> [String] {
        let unknown = names.enumerated().filter { settings.specialty($0.element) == nil }
        guard unknown.isEmpty else {
            throw .invalid(
                unknown.map {
                    Mistake(
                        [.name("specialties"), .index($0.offset)], .notAllowed, "must be a specialty of the service")
                })
        }
        return names.compactMap(settings.specialty)
    }

    func staffProfile(_ named: CustomerNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> ProfileAnswer
    { try shownProfile(of: named.id, tx) }

    func changeCustomer(_ new: CustomerChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ProfileAnswer
    {
        guard let before = try tx.plan(of: new.id) else { throw Problem.notFound }
        if new.plan == nil, new.caseManagerId == .keep {
            throw Problem.invalid("plan", .missing, "must be given where caseManagerId is not")
        }
        if case .set(let manager) = new.caseManagerId, try manager == new.id || !isOfTheDesk(manager, tx) {
            throw Problem.invalid("caseManagerId", .notAllowed, "must be the id of a case manager")
        }
        if let plan = new.plan, plan != before { try change(planOf: new.id, from: before, to: plan, tx) }
        switch new.caseManagerId {
        case .keep: if new.plan == .premium { try nameCaseManager(of: new.id, tx) }
        case .clear: try set(caseManager: nil, of: new.id, tx)
        case .set(let manager): try set(caseManager: manager, of: new.id, tx)
        }
        return try tx.reading { try shownProfile(of: new.id, $0) }
    }

    private func change(planOf customer: PersonID, from before: Plan, to plan: Plan, _ tx: borrowing Transaction) throws
    {
        try enrolCustomer(customer, tx)
        try tx.set(plan: plan, of: customer)
        try tx.run(
            "UPDATE medicalopinion_case SET rank = \(plan == .premium ? 0 : 1) WHERE person_id = \(customer)")
        if before == .premium { try set(caseManager: nil, of: customer, tx) }
        try tx.audit(
            AuditEntry(
                "customer.plan-changed", on: Subject("customer", id: customer.rawValue, owner: customer),
                before: .string(before.rawValue), after: .string(plan.rawValue)))
        try lifecycle.record(
            LifecycleEvent(.planChanged, ["from": .string(before.rawValue), "to": .string(plan.rawValue)]),
            of: customer, at: tx.now, in: tx)
        try tx.publish(
            PlanChanged(customerId: customer, previousPlan: before, plan: plan, occurredAt: tx.now),
            about: Subject("customer", id: customer.rawValue, owner: customer), to: .machines)
    }

    func addPayment(_ new: NewPayment, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> PaymentShown {
        guard try tx.person(new.id) != nil else { throw Problem.notFound }
        guard new.amountMinor != 0 else { throw Problem.invalid("amountMinor", .range, "must not be 0") }
        if let number = new.caseNumber, try tx.secondOpinion(number)?.person != new.id {
            throw Problem.invalid("caseNumber", .notAllowed, "must be the number of a case of the customer")
        }
        try enrolCustomer(new.id, tx)
        return try record(new, by: call.caller.principal.person, at: tx.now, tx)
    }

    func record(_ new: NewPayment, by person: PersonID, at moment: Instant, _ tx: borrowing Transaction) throws
        -> PaymentShown
    {
        let id = tx.newID("pay")
        do throws(StoreError) {
            try tx.run(
                """
                INSERT INTO medicalopinion_payment (id, person_id, amount_minor, currency, case_number, reference,
                    recorded_by, at)
                VALUES (\(id), \(new.id), \(new.amountMinor), \(new.currency), \(new.caseNumber), \(new.reference),
                    \(person), \(moment.microseconds))
                """)
        } catch {
            guard case .unique = error.kind else { throw error }
            throw PaymentRefusal.recordedAlready
        }
        try tx.audit(AuditEntry("payment.recorded", on: Subject("payment", id: id, owner: new.id)))
        try lifecycle.record(
            LifecycleEvent(
                .paymentCompleted,
                [
                    "amountMinor": .integer(Int64(new.amountMinor)), "currency": .string(new.currency),
                    "reference": .string(new.reference),
                ]), of: new.id, case: new.caseNumber, at: moment, in: tx)
        let payment = PaymentShown(
            id: id, amountMinor: new.amountMinor, currency: new.currency, caseNumber: new.caseNumber,
            reference: new.reference, recordedAt: moment)
        try tx.publish(
            PaymentRecorded(payment, of: new.id), about: Subject("payment", id: id, owner: new.id), to: .machines)
        return payment
    }

    func allowActing(_ new: NewActing, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard try tx.person(new.id) != nil, try tx.person(new.customerId) != nil, new.id != new.customerId else {
            throw Problem.invalid("customerId", .notAllowed, "must be the id of another customer")
        }
        try tx.grant(Role.customerAdmin.name, to: new.id)
        try tx.allowActing(new.id, for: new.customerId, as: new.relation.rawValue)
        return NoContent()
    }
}

enum PaymentRefusal: Refusal {
    case recordedAlready
    var problem: Problem { .duplicate("A payment with this reference was recorded already.") }
}

struct CustomerNamed: Described {
    let id: PersonID
    static let schema = Schema<CustomerNamed>.object(
        CustomerNamed.init(id:), Field("id", \.id, PersonID.schema, in: .path))
}

struct NewPayment: Described {
    let id: PersonID
    let amountMinor: Int
    let currency: String
    let caseNumber: String?
    let reference: String
    static let schema = Schema<NewPayment>.object(
        NewPayment.init(id:amountMinor:currency:caseNumber:reference:), Field("id", \.id, PersonID.schema, in: .path),
        Field("amountMinor", \.amountMinor, .int(-1_000_000_000...1_000_000_000), note: "Negative for a refund"),
        Field("currency", \.currency, .string(3...3)),
        Field("caseNumber", \.caseNumber, .optional(CaseNumber.schema)),
        Field("reference", \.reference, .string(1...100)))
}

struct PaymentShown: Described {
    let id: String
    let amountMinor: Int
    let currency: String
    let caseNumber: String?
    let reference: String
    let recordedAt: Instant
    static let schema = Schema<PaymentShown>.object(
        PaymentShown.init(id:amountMinor:currency:caseNumber:reference:recordedAt:),
        Field("id", \.id, .string(1...64)),
        Field("amountMinor", \.amountMinor, .int(-1_000_000_000...1_000_000_000)),
        Field("currency", \.currency, .string(3...3)),
        Field("caseNumber", \.caseNumber, .optional(CaseNumber.schema)),
        Field("reference", \.reference, .string(1...100)), Field("recordedAt", \.recordedAt, Instant.schema))
}

struct NewActing: Described {
    let id: PersonID
    let customerId: PersonID
    let relation: Relation
    enum Relation: String, CaseIterable, Sendable { case family, company }
    static let schema = Schema<NewActing>.object(
        NewActing.init(id:customerId:relation:), Field("id", \.id, PersonID.schema, in: .path),
        Field("customerId", \.customerId, PersonID.schema),
        Field("relation", \.relation, .oneOf, default: .family))
}
