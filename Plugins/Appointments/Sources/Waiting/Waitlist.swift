internal import PluginAPI

/// Who would like an earlier or a full day's visit is told when a time becomes free that fits, the first in line first. It is
/// then anybody's who books it.
extension Appointments {
    private static let mostEntries = 10
    /// So many are told of one time that became free.
    private static let told = 3

    /// `GET /api/customer/waitlist`
    func waitlist(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<WaitEntry> {
        let rows: [WaitRow] = try tx.all(
            WaitRow.select + "WHERE person_id = \(call.caller.id) ORDER BY created_at, id LIMIT \(Self.mostEntries)")
        return Page(rows.map(\.entry), PageNumbers(page: 1, limit: Self.mostEntries, total: rows.count))
    }

    /// `POST /api/customer/waitlist`
    func wait(_ new: WaitCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> WaitEntry {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let offer = try offer(new.serviceId, new.branchId, new.practitionerId, tx)
        let today = offer.branch.zone.day(at: call.now)
        guard new.to >= new.from, new.to >= today, new.to - new.from <= 366 else {
            throw Problem.invalid("to", .range, "must be from or later, today or later, by a year at most")
        }
        try tx.run(
            "DELETE FROM appointments_wait WHERE person_id = \(call.caller.id) AND last_day < \((today - 1).description)"
        )
        let count: Int? = try tx.value("SELECT count(*) FROM appointments_wait WHERE person_id = \(call.caller.id)")
        guard count ?? 0 < Self.mostEntries else { throw WaitRefusal.tooMany }
        let id = tx.newID("wai")
        try tx.run(
            """
            INSERT INTO appointments_wait (id, customer_id, person_id, service_id, branch_id, practitioner_id,
                first_day, last_day, created_at)
            VALUES (\(id), \(customer.id), \(customer.person), \(new.serviceId), \(new.branchId),
                \(new.practitionerId), \(new.from.description), \(new.to.description), \(call.now.microseconds))
            """)
        return try tx.one(WaitRow.select + "WHERE id = \(id)", as: WaitRow.self).entry
    }

    /// `DELETE /api/customer/waitlist/{id}`
    func leaveWaitlist(_ named: WaitNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.run("DELETE FROM appointments_wait WHERE id = \(named.id)")
        return NoContent()
    }

    func waitSubject(_ named: WaitNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let row: WaitRow? = try tx.first(WaitRow.select + "WHERE id = \(named.id)")
        return row.map { Subject("waitlist", id: $0.entry.id, owner: $0.person, branch: $0.entry.branchId) }
    }

    /// Tells those in line of a time that a visit gave back, where it is something they can book.
    func offerToWaiting(_ freed: Appointment, in tenant: Tenant, _ tx: borrowing Transaction) throws {
        guard freed.startTime > tx.now else { return }
        let day = freed.timeZone.day(at: freed.startTime)
        let rows: [WaitRow] = try tx.all(
            WaitRow.select
                + """
                WHERE branch_id = \(freed.branchId) AND first_day <= \(day.description)
                AND last_day >= \(day.description) AND told_at IS NULL
                AND (practitioner_id IS NULL OR practitioner_id = \(freed.practitionerId))
                AND service_id IN (SELECT service_id FROM appointments_service_practitioner
                                   WHERE practitioner_id = \(freed.practitionerId))
                AND person_id <> \(try tx.appointment(freed.id)?.person)
                ORDER BY created_at, id LIMIT 50
                """)
        var told = 0
        for row in rows where told < Self.told {
            guard let start = try firstStart(for: row, within: freed, tx) else { continue }
            try tx.run(
                "UPDATE appointments_wait SET told_at = \(tx.now.microseconds) WHERE id = \(row.entry.id)")
            let branch = freed.branchName
            try tx.notify(
                Notice(
                    .slotFree, to: row.person, about: Subject("waitlist", id: row.entry.id, owner: row.person),
                    [
                        "tenant": tenant.name, "branch": branch,
                        "whenEn": LocalText.english(start, in: freed.timeZone),
                        "whenDe": LocalText.german(start, in: freed.timeZone),
                    ], key: row.entry.id))
            told += 1
        }
    }

    /// The first time within what became free that somebody in line can book as they asked.
    private func firstStart(for row: WaitRow, within freed: Appointment, _ tx: borrowing Transaction) throws -> Instant?
    {
        guard let branch = try tx.branch(row.entry.branchId),
            try tx.service(row.entry.serviceId, at: row.entry.branchId) != nil,
            let range = InstantRange(start: freed.startTime, end: freed.endTime),
            let bookable = bookable(at: branch, now: tx.now).intersection(range)
        else { return nil }
        let offer = try offer(row.entry.serviceId, row.entry.branchId, freed.practitionerId, tx)
        var first: Instant?
        try search(offer, around: bookable, tx).forEach(in: bookable) { start, _ in first = first ?? start }
        return first
    }

    /// Who has a visit of what they waited for waits no more.
    func endWaiting(of row: AppointmentRow, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.run(
            """
            DELETE FROM appointments_wait WHERE person_id = \(row.person)
            AND service_id = \(row.appointment.serviceId) AND branch_id = \(row.appointment.branchId)
            """)
    }
}

/// Why somebody is not put in line.
enum WaitRefusal: Refusal {
    case tooMany
    var problem: Problem { .conflict("TOO_MANY_WAITLIST_ENTRIES", "You wait for as many visits as can be.") }
}

/// What somebody waits for.
struct WaitEntry: Described {
    let id: String
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let from: Day
    let to: Day
    let createdAt: Instant
    let toldAt: Instant?

    static let schema = Schema<WaitEntry>.object(
        WaitEntry.init(id:serviceId:branchId:practitionerId:from:to:createdAt:toldAt:),
        Field("id", \.id, .string(1...64)), Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64))), Field("from", \.from, Day.schema),
        Field("to", \.to, Day.schema), Field("createdAt", \.createdAt, Instant.schema),
        Field("toldAt", \.toldAt, .optional(Instant.schema), note: "They were told of a free time; once for each entry")
    )
}

/// An entry as its table holds it.
struct WaitRow: Record {
    let entry: WaitEntry
    let person: PersonID

    static let select: SQL = """
        SELECT id, person_id, service_id, branch_id, practitioner_id, first_day, last_day, created_at, told_at
        FROM appointments_wait
        """

    init(row: borrowing Row) throws(StoreError) {
        person = try row.get(at: 1)
        guard let from = Day(iso8601: try row.get(at: 5, as: String.self)),
            let to = Day(iso8601: try row.get(at: 6, as: String.self))
        else { throw StoreError(.mismatch, "somebody waits for what is no day") }
        entry = WaitEntry(
            id: try row.get(at: 0), serviceId: try row.get(at: 2), branchId: try row.get(at: 3),
            practitionerId: try row.get(at: 4), from: from, to: to,
            createdAt: Instant(microseconds: try row.get(at: 7)), toldAt: try row.moment(at: 8))
    }
}

/// The input of `POST /api/customer/waitlist`.
struct WaitCreate: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let from: Day
    let to: Day

    static let schema = Schema<WaitCreate>.object(
        WaitCreate.init(serviceId:branchId:practitionerId:from:to:), Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field("from", \.from, Day.schema, note: "The first day that suits, of the branch's calendar"),
        Field("to", \.to, Day.schema, note: "The last day that suits"))
}

/// The input of routes about one entry.
struct WaitNamed: Described {
    let id: String

    static let schema = Schema<WaitNamed>.object(WaitNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
