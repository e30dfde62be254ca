internal import PluginAPI

extension Appointments {
    /// `POST /v1/appointments`: the clinic books for a patient, at any minute that is free, or knowingly over what is not.
    func clinicBook(_ new: AppointmentCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        let (customer, branch) = try received(new.patientId, new.branchId, new.practitionerId, tx, call)
        let offer = try offer(
            new.serviceId, branch, new.practitionerId, length: try new.length(from: new.startTime), tx)
        try checkDay(new.startTime, offer, now: call.now)
        let wish = Wish(
            offer: offer, start: new.startTime, isCustomers: false, preferred: new.practitionerId,
            overbooking: Self.overbooking(new.overbookReason, call))
        let visit = NewVisit(placed: try place(wish, tx), customer: customer, state: .confirmed, notes: new.notes)
        return try book(visit, at: branch, tx, call)
    }

    /// `POST /v1/appointments/walk-ins`: somebody stands at the desk and is seen as soon as can be.
    func walkIn(_ new: WalkIn, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        let (customer, branch) = try received(new.patientId, new.branchId, new.practitionerId, tx, call)
        let offer = try offer(new.serviceId, branch, new.practitionerId, tx)
        // The minute that runs: clocks on the wall show no seconds.
        let start = Instant(seconds: call.now.seconds / 60 * 60)
        let wish = Wish(
            offer: offer, start: start, isCustomers: false, preferred: new.practitionerId,
            overbooking: Self.overbooking(new.overbookReason, call))
        let visit = NewVisit(
            placed: try place(wish, tx), customer: customer, state: .checkedIn, notes: new.notes, isWalkIn: true)
        return try book(visit, at: branch, tx, call)
    }

    /// Who is booked for and where, once both are the caller's to book.
    private func received(
        _ patient: String, _ branch: String?, _ practitioner: String?, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> (customer: CustomerRow, branch: String) {
        try call.requireClinic()
        let customer = try self.patient(patient, tx, call)
        let branch = try self.branch(branch, practitioner: practitioner, tx, call)
        try call.requireBranch(branch)
        try tx.releaseHolds(until: call.now)
        return (customer, branch)
    }

    private static func overbooking(_ reason: String?, _ call: Call<Member>) -> Wish.Overbooking? {
        reason.map { Wish.Overbooking(reason: $0, person: call.caller.principal.person) }
    }

    /// Keeps a visit that the clinic makes, and tells of it.
    private func book(
        _ visit: NewVisit, at branch: String, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> Appointment {
        let row = try keep(visit, isCustomers: false, tx)
        try tx.settle(visit.customer, at: branch)
        try announceBooked(row, in: call.tenant, tx)
        return try show(row, tx, call)
    }

    /// A patient whom the caller may book for: one of their branches, or of none yet.
    private func patient(_ id: String, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CustomerRow {
        let unknown = Problem.invalid("patientId", .notAllowed, "must be the id of a patient")
        guard let customer = try tx.customer(id) else { throw unknown }
        let subject = Subject("patient", id: customer.id, owner: customer.person, branch: customer.branch)
        guard customer.branch == nil || call.reach?.covers(subject) == true else { throw unknown }
        return customer
    }

    /// The branch that is meant: the one said, the practitioner's, or the caller's own.
    private func branch(_ said: String?, practitioner: String?, _ tx: borrowing Transaction, _ call: Call<Member>)
        throws
        -> String
    {
        if let said { return said }
        if let practitioner {
            let branch: String? = try tx.value(
                "SELECT branch_id FROM appointments_practitioner WHERE id = \(practitioner) AND is_active = 1")
            guard let branch else {
                throw Problem.invalid("practitionerId", .notAllowed, "must be the id of a practitioner")
            }
            return branch
        }
        if let branch = call.onlyBranch { return branch }
        let branches = try tx.branches()
        guard branches.count == 1, let only = branches.first else {
            throw Problem.invalid("branchId", .missing, "must be sent where there are several branches")
        }
        return only.id
    }
}

extension Transaction {
    /// A patient of no branch becomes one of where they come first.
    fileprivate borrowing func settle(_ customer: CustomerRow, at branch: String) throws(StoreError) {
        guard customer.branch == nil else { return }
        try changeCustomer(of: customer.person, ["branch_id = \(branch)"])
    }
}

/// The input of `POST /v1/appointments` (seed 002 §1.4).
struct AppointmentCreate: Described {
    let patientId: String
    let serviceId: String
    let practitionerId: String?
    let branchId: String?
    let startTime: Instant
    let endTime: Instant?
    let notes: String?
    let overbookReason: String?

    static let schema = Schema<AppointmentCreate>.object(
        AppointmentCreate.init(
            patientId:serviceId:practitionerId:branchId:startTime:endTime:notes:overbookReason:),
        Field("patientId", \.patientId, .string(1...64)),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field(
            "branchId", \.branchId, .optional(.string(1...64)),
            note: "The practitioner's, the caller's or the only one, if left out"),
        Field("startTime", \.startTime, Instant.schema),
        Field("endTime", \.endTime, .optional(Instant.schema), note: "As long as the service takes, if left out"),
        Field("notes", \.notes, .optional(.string(0...1000)), note: "The patient sees them too"),
        Field(
            "overbookReason", \.overbookReason, .optional(.string(3...500)),
            note: "Books even over what is taken or closed, and says why"))

    /// How long the visit is to take, where that is said.
    ///
    /// - Throws: ``Problem`` when it is too short or too long.
    func length(from start: Instant) throws(Problem) -> Duration? {
        try Self.length(from: start, to: endTime)
    }

    static func length(from start: Instant, to end: Instant?) throws(Problem) -> Duration? {
        guard let end else { return nil }
        guard end - start >= .seconds(300), end - start <= .seconds(12 * 3600) else {
            throw .invalid("endTime", .range, "must be 5 minutes to 12 hours after startTime")
        }
        return end - start
    }
}

/// The input of `POST /v1/appointments/walk-ins`.
struct WalkIn: Described {
    let patientId: String
    let serviceId: String
    let practitionerId: String?
    let branchId: String?
    let notes: String?
    let overbookReason: String?

    static let schema = Schema<WalkIn>.object(
        WalkIn.init(patientId:serviceId:practitionerId:branchId:notes:overbookReason:),
        Field("patientId", \.patientId, .string(1...64)),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field(
            "branchId", \.branchId, .optional(.string(1...64)),
            note: "The practitioner's, the caller's or the only one, if left out"),
        Field("notes", \.notes, .optional(.string(0...1000)), note: "The patient sees them too"),
        Field(
            "overbookReason", \.overbookReason, .optional(.string(3...500)),
            note: "Fits them in even where nobody is free, and says why"))
}
