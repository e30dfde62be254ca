internal import PluginAPI

extension Appointments {
    /// `POST /v1/practitioners/{id}/sick-days`: a day of somebody who cannot come. Their visits go to others who are free at
    /// the same time, and every customer is told; those that nobody can take are listed, or cancelled when asked to.
    func sickDay(_ asked: SickDay, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SickDayResult {
        try call.requireClinic()
        let details: PractitionerDetails? = try tx.first(PractitionerDetails.select + "WHERE id = \(asked.id)")
        guard let practitioner = details, let branch = try tx.branch(practitioner.branch) else {
            throw Problem.notFound
        }
        guard asked.date >= branch.zone.day(at: call.now) else {
            throw Problem.invalid("date", .range, "must be today or later")
        }
        let day = branch.zone.range(of: asked.date)
        try tx.releaseHolds(until: call.now)
        let rows: [AppointmentRow] = try tx.all(
            AppointmentRow.select
                + """
                WHERE a.practitioner_id = \(asked.id) AND a.start_day = \(asked.date.description)
                AND a.branch_id = \(branch.id) AND a.end_at > \(call.now.microseconds)
                AND a.state IN \(SQL.list([AppointmentState.requested, .confirmed])) ORDER BY a.start_at LIMIT 500
                """)
        var moved: [SickDayResult.Moved] = []
        var unmoved: [String] = []
        for row in rows {
            if let taken = try handOver(row, tx) {
                try announceMoved(taken, from: row, .appointmentWithAnother, in: call.tenant, tx)
                moved.append(
                    SickDayResult.Moved(appointmentId: row.id, practitionerId: taken.appointment.practitionerId))
            } else if asked.cancelOthers {
                let cancelled = try tx.move(row.id, to: .cancelledByClinic, because: asked.reason)
                try announceCancelled(cancelled, in: call.tenant, tx)
                unmoved.append(row.id)
            } else {
                unmoved.append(row.id)
            }
        }
        // Blocked at the end, since visits that stay keep what they have.
        let off = try tx.block(
            asked.id, at: branch.id, day, kind: .leave, state: .approved, reason: asked.reason,
            by: call.caller.principal.person)
        try tx.audit(
            AuditEntry(
                "practitioner.sick", on: Subject("practitioner", id: asked.id, branch: branch.id),
                details: [
                    "date": .string(asked.date.description), "moved": .integer(Int64(moved.count)),
                    "unmoved": .integer(Int64(unmoved.count)),
                ]))
        return SickDayResult(timeOffId: off.id, moved: moved, unmoved: unmoved)
    }

    /// Gives a visit to somebody else who is free at the same time; nil when nobody is.
    private func handOver(_ row: AppointmentRow, _ tx: borrowing Transaction) throws -> AppointmentRow? {
        let visit = row.appointment
        let everybody = try offer(
            visit.serviceId, visit.branchId, nil, length: visit.endTime - visit.startTime, tx)
        let others = Offer(
            service: everybody.service, branch: everybody.branch,
            practitioners: everybody.practitioners.filter { $0.id != visit.practitionerId }, length: everybody.length)
        guard !others.practitioners.isEmpty else { return nil }
        let moment = InstantRange(start: visit.startTime, end: visit.startTime + .microseconds(1))
        let search = try search(others, around: moment ?? .empty(at: visit.startTime), grid: .seconds(60), tx)
            .asIfFree(visit.roomId, others.reserved(from: visit.startTime))
        guard !search.practitioners(freeAt: visit.startTime).isEmpty else { return nil }
        try tx.vacate(row.id)
        return try tx.relocate(
            row.id, to: try place(Wish(offer: others, start: visit.startTime, isCustomers: false), tx))
    }

    func practitionerSubject(_ asked: SickDay, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.practitionerSubject(asked.id)
    }
}

extension SlotSearch {
    /// The same search as if a room were free at a time: the visit that has it then may keep it.
    fileprivate func asIfFree(_ room: String?, _ time: (start: Instant, end: Instant)) -> SlotSearch {
        guard let own = InstantRange(start: time.start, end: time.end) else { return self }
        return SlotSearch(
            zone: zone, opening: opening, holidays: holidays, grid: grid, length: length, before: before, after: after,
            practitioners: practitioners,
            rooms: rooms?.map { other in
                other.id == room
                    ? Resource(id: other.id, hours: other.hours, taken: other.taken.subtracting([own])) : other
            })
    }
}

/// The input of `POST /v1/practitioners/{id}/sick-days`.
struct SickDay: Described {
    let id: String
    let date: Day
    let reason: String?
    let cancelOthers: Bool

    static let schema = Schema<SickDay>.object(
        SickDay.init(id:date:reason:cancelOthers:), Field("id", \.id, .string(1...64), in: .path),
        Field("date", \.date, Day.schema, note: "Of the branch's calendar"),
        Field("reason", \.reason, .optional(.string(0...500))),
        Field(
            "cancelOthers", \.cancelOthers, .bool, default: false,
            note: "Cancels the visits that nobody else can take, instead of leaving them as they are"))
}

/// What became of a day.
struct SickDayResult: Described {
    let timeOffId: String
    let moved: [Moved]
    let unmoved: [String]

    /// A visit that somebody else takes.
    struct Moved: Described {
        let appointmentId: String
        let practitionerId: String

        static let schema = Schema<Moved>.object(
            Moved.init(appointmentId:practitionerId:), Field("appointmentId", \.appointmentId, .string(1...64)),
            Field("practitionerId", \.practitionerId, .string(1...64), note: "Who takes it"))
    }

    static let schema = Schema<SickDayResult>.object(
        SickDayResult.init(timeOffId:moved:unmoved:), Field("timeOffId", \.timeOffId, .string(1...64)),
        Field("moved", \.moved, .list(Moved.schema, 0...500)),
        Field("unmoved", \.unmoved, .list(.string(1...64), 0...500), note: "Visits that nobody else can take"))
}
