internal import PluginAPI

/// Leave, and time that is blocked.
extension Appointments {
    /// `GET /v1/time-off`
    func timeOffs(_ asked: TimeOffsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<TimeOff>
    {
        let from = asked.from?.start(in: call.tenant.zone) ?? call.now
        var conditions: [SQL] = [
            call.reach?.condition(branch: "branch_id") ?? "1 = 0", "end_at > \(from.microseconds)",
        ]
        if let practitioner = asked.practitionerId { conditions.append("resource_id = \(practitioner)") }
        if let branch = asked.branchId { conditions.append("branch_id = \(branch)") }
        if let state = asked.state { conditions.append("state = \(state)") }
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM appointments_block" + filter) ?? 0
        let rows: [TimeOffRow] = try tx.all(
            TimeOffRow.select + filter
                + "ORDER BY start_at, id LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)")
        var page: [TimeOff] = []
        for row in rows { page.append(try tx.timeOff(row)) }
        return Page(page, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `POST /v1/time-off`
    func addTimeOff(_ new: TimeOffCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> TimeOff {
        try call.requireClinic()
        guard new.mistakes.isEmpty else { throw Problem.invalid(new.mistakes) }
        let branch = try branch(of: new, tx)
        try call.requireBranch(branch)
        guard let range = InstantRange(start: new.start, end: new.end) else {
            throw Problem.invalid("end", .range, "must be later than start")
        }
        let row = try tx.block(
            new.practitionerId ?? new.roomId ?? "", at: branch, range, kind: new.kind,
            state: new.kind == .block || decides(over: branch, call) ? .approved : .requested, reason: new.reason,
            by: call.caller.principal.person)
        try tx.audit(AuditEntry("time-off.added", on: row.subject, details: row.facts))
        return try tx.timeOff(row)
    }

    /// `POST /v1/time-off/{id}/approve`
    func approveTimeOff(_ named: TimeOffNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> TimeOff {
        try decide(named.id, .approved, tx, call)
    }

    /// `POST /v1/time-off/{id}/refuse`
    func refuseTimeOff(_ named: TimeOffNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> TimeOff {
        try decide(named.id, .refused, tx, call)
    }

    private func decide(
        _ id: String, _ state: TimeOffState, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> TimeOff {
        guard let old = try tx.timeOffRow(id) else { throw Problem.notFound }
        guard old.state == .requested else { throw ManagementRefusal.decided }
        try tx.run(
            """
            UPDATE appointments_block SET state = \(state), decided_by = \(call.caller.principal.person),
                decided_at = \(call.now.microseconds) WHERE id = \(id)
            """)
        guard let row = try tx.timeOffRow(id) else { throw Problem.notFound }
        try tx.audit(AuditEntry("time-off.\(state.rawValue)", on: row.subject, details: row.facts))
        return try tx.timeOff(row)
    }

    /// `DELETE /v1/time-off/{id}`: one's own request, or anything of a branch whose services one manages.
    func removeTimeOff(_ named: TimeOffNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try call.requireClinic()
        guard let row = try tx.timeOffRow(named.id) else { throw Problem.notFound }
        guard row.kind == .block || row.person == call.caller.principal.person || decides(over: row.branch, call) else {
            throw Problem.forbidden
        }
        try tx.run("DELETE FROM appointments_block WHERE id = \(named.id)")
        try tx.audit(AuditEntry("time-off.removed", on: row.subject, details: row.facts))
        return NoContent()
    }

    func timeOffSubject(_ named: TimeOffNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.timeOffRow(named.id)?.subject
    }

    /// Whether the caller manages a branch.
    private func decides(over branch: String, _ call: Call<Member>) -> Bool {
        call.caller.principal.reach(of: .writeServices)?.covers(Subject("branch", id: branch, branch: branch)) == true
    }

    private func branch(of new: TimeOffCreate, _ tx: borrowing Transaction) throws -> String {
        if let practitioner = new.practitionerId {
            let branch: String? = try tx.value(
                "SELECT branch_id FROM appointments_practitioner WHERE id = \(practitioner)")
            guard let branch else {
                throw Problem.invalid("practitionerId", .notAllowed, "must be the id of a practitioner")
            }
            return branch
        }
        let branch: String? = try tx.value("SELECT branch_id FROM appointments_room WHERE id = \(new.roomId)")
        guard let branch else { throw Problem.invalid("roomId", .notAllowed, "must be the id of a room") }
        return branch
    }
}

extension TimeOffRow {
    /// For the audit log.
    fileprivate var facts: JSON {
        [
            "resource": .string(resource), "kind": .string(kind.rawValue), "state": .string(state.rawValue),
            "start": .string(start.description), "end": .string(end.description),
        ]
    }
}

extension Transaction {
    /// Keeps time off.
    borrowing func block(
        _ resource: String, at branch: String, _ range: InstantRange, kind: TimeOffKind, state: TimeOffState,
        reason: String?, by person: PersonID
    ) throws(StoreError) -> TimeOffRow {
        let id = newID("off")
        try run(
            """
            INSERT INTO appointments_block (id, resource_id, branch_id, start_at, end_at, kind, state, reason,
                person_id, created_at)
            VALUES (\(id), \(resource), \(branch), \(range.start.microseconds), \(range.end.microseconds), \(kind),
                \(state), \(reason), \(person), \(now.microseconds))
            """)
        return try one(TimeOffRow.select + "WHERE id = \(id)")
    }
}

extension Reading where Self: ~Copyable {
    borrowing func timeOffRow(_ id: String) throws(StoreError) -> TimeOffRow? {
        try first(TimeOffRow.select + "WHERE id = \(id)")
    }

    /// Time off with the visits that lie within.
    borrowing func timeOff(_ row: TimeOffRow) throws(StoreError) -> TimeOff {
        let isRoom = try value("SELECT 1 FROM appointments_room WHERE id = \(row.resource)", as: Int.self) != nil
        return TimeOff(
            id: row.id, kind: row.kind, state: row.state, practitionerId: isRoom ? nil : row.resource,
            roomId: isRoom ? row.resource : nil, branchId: row.branch, start: row.start, end: row.end,
            reason: row.reason, appointmentIds: try visits(within: row))
    }

    private borrowing func visits(within row: TimeOffRow) throws(StoreError) -> [String] {
        try values(
            """
            SELECT id FROM appointments_appointment
            WHERE (practitioner_id = \(row.resource) OR room_id = \(row.resource)) AND branch_id = \(row.branch)
            AND start_at < \(row.end.microseconds) AND end_at > \(row.start.microseconds)
            AND start_at > \(row.start.microseconds - 86_400_000_000)
            AND state IN \(SQL.list(AppointmentState.visits)) ORDER BY start_at LIMIT 1000
            """)
    }
}
