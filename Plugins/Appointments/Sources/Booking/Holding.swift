internal import PluginAPI

/// Time that is kept free while somebody makes up their mind. Each person has one hold at a time.
extension Appointments {
    /// Releases a hold that nobody booked.
    static let releaseHold = JobName<HoldNamed>("release-hold")

    /// `POST /api/customer/holds`
    func hold(_ new: NewHold, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Hold {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let offer = try offer(new.serviceId, new.branchId, new.practitionerId, tx)
        try checkMoment(new.start, offer, now: call.now)
        try tx.releaseHolds(until: call.now)
        if let other = try tx.hold(of: call.caller.id) {
            try tx.release(other.id)
            try tx.unschedule(Self.releaseHold, key: other.id)
        }
        guard try tx.upcoming(of: call.caller.id) < settings.maximumUpcoming else { throw BookingRefusal.tooMany }
        let placed = try place(Wish(offer: offer, start: new.start, isCustomers: true), tx)
        let end = call.now + .seconds(settings.holdMinutes * 60)
        let row = try keep(
            NewVisit(placed: placed, customer: customer, state: .held, heldUntil: end), isCustomers: true, tx)
        try tx.schedule(Self.releaseHold, at: end, key: row.id, HoldNamed(id: row.id))
        return Hold(row, expiresAt: end)
    }

    /// `DELETE /api/customer/holds/{id}`
    func release(_ named: HoldNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let held = try tx.hold(of: call.caller.id), held.id == named.id else { throw Problem.notFound }
        try tx.release(held.id)
        try tx.unschedule(Self.releaseHold, key: held.id)
        return NoContent()
    }

    /// The job: what was booked in the meantime is no hold any more.
    func release(_ named: HoldNamed, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.releaseHolds(until: tx.now)
    }

    /// The hold that a route names.
    func holdSubject(_ named: HoldNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        guard let row = try tx.appointment(named.id), row.state == .held else { return nil }
        return Subject("hold", id: row.id, owner: row.person, branch: row.appointment.branchId)
    }
}

extension Transaction {
    /// Forgets every hold whose time is over, should its job not have come yet.
    borrowing func releaseHolds(until now: Instant) throws(StoreError) {
        let over: [String] = try values(
            """
            SELECT id FROM appointments_appointment
            WHERE state = 'held' AND held_until <= \(now.microseconds) ORDER BY held_until LIMIT 100
            """)
        for id in over { try release(id) }
    }

    /// Forgets a hold and gives its time back.
    borrowing func release(_ hold: String) throws(StoreError) {
        try vacate(hold)
        try run("DELETE FROM appointments_appointment WHERE id = \(hold) AND state = 'held'")
    }
}

/// The input of `POST /api/customer/holds`.
struct NewHold: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let start: Instant

    static let schema = Schema<NewHold>.object(
        NewHold.init(serviceId:branchId:practitionerId:start:),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field("start", \.start, Instant.schema, note: "The start of a slot of the availability"))
}

/// Names a hold, in a path and for its job.
struct HoldNamed: Described {
    let id: String

    static let schema = Schema<HoldNamed>.object(HoldNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// Time that is kept free for somebody.
struct Hold: Described {
    let id: String
    let serviceId: String
    let branchId: String
    let practitionerId: String
    let start: Instant
    let end: Instant
    let timeZone: Zone
    let expiresAt: Instant

    init(_ row: AppointmentRow, expiresAt: Instant) {
        let held = row.appointment
        self.init(
            id: held.id, serviceId: held.serviceId, branchId: held.branchId, practitionerId: held.practitionerId,
            start: held.startTime, end: held.endTime, timeZone: held.timeZone, expiresAt: expiresAt)
    }

    private init(
        id: String, serviceId: String, branchId: String, practitionerId: String, start: Instant, end: Instant,
        timeZone: Zone, expiresAt: Instant
    ) {
        self.id = id
        self.serviceId = serviceId
        self.branchId = branchId
        self.practitionerId = practitionerId
        self.start = start
        self.end = end
        self.timeZone = timeZone
        self.expiresAt = expiresAt
    }

    static let schema = Schema<Hold>.object(
        Hold.init(id:serviceId:branchId:practitionerId:start:end:timeZone:expiresAt:),
        Field("id", \.id, .string(1...64), note: "The holdId of a booking"),
        Field("serviceId", \.serviceId, .string(1...64)), Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .string(1...64)), Field("start", \.start, Instant.schema),
        Field("end", \.end, Instant.schema), Field("timeZone", \.timeZone, Zone.schema, note: "The branch's"),
        Field("expiresAt", \.expiresAt, Instant.schema, note: "From then on anybody can have the time"))
}
