internal import PluginAPI

/// Branches as the clinic's people see and change them.
extension Appointments {
    /// `GET /v1/branches`. Where the clinic is, is no secret: everybody who may see branches sees all of them.
    func clinicBranches(_ asked: ManagedAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<BranchRecord>
    {
        _ = call.reach
        let filter: SQL = asked.includeInactive ? "" : "WHERE is_active = 1"
        let all: [BranchRow] = try tx.all("SELECT * FROM appointments_branch \(filter) ORDER BY name, id")
        var page: [BranchRecord] = []
        for row in Paging.cut(all, page: asked.page, limit: asked.limit) { page.append(try tx.record(of: row)) }
        return Page(page, PageNumbers(page: asked.page, limit: asked.limit, total: all.count))
    }

    /// `GET /v1/branches/{branchId}`
    func clinicBranch(_ named: BranchNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> BranchRecord
    {
        _ = call.reach
        guard let record = try tx.branchRecord(named.branchId) else { throw Problem.notFound }
        return record
    }

    /// `POST /v1/branches`
    func addBranch(_ new: BranchCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> BranchRecord {
        let mistakes =
            HoursCheck.mistakes(new.openingHours, "openingHours") + HoursCheck.mistakes(new.exceptions, "exceptions")
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        let id = tx.newID("brn")
        let address = new.address
        try tx.run(
            """
            INSERT INTO appointments_branch (id, name, zone, line1, line2, city, region, postal_code, country, phone, email)
            VALUES (\(id), \(new.name), \(new.timeZone.name), \(address.line1), \(address.line2), \(address.city),
                \(address.region), \(address.postalCode), \(address.country), \(new.phone), \(new.email))
            """)
        try tx.set(hours: new.openingHours, of: id)
        try tx.set(days: new.exceptions, of: id)
        try tx.set(holidays: new.holidays, of: id)
        try tx.set(rooms: new.rooms, of: id)
        guard let record = try tx.branchRecord(id) else { throw Problem.notFound }
        try tx.audit(AuditEntry("branch.added", on: Subject("branch", id: id, branch: id)))
        return record
    }

    /// `PATCH /v1/branches/{id}`
    func changeBranch(_ change: BranchChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> BranchRecord
    {
        guard let before = try tx.branchRecord(change.id) else { throw Problem.notFound }
        let mistakes =
            HoursCheck.mistakes(change.openingHours ?? [], "openingHours")
            + HoursCheck.mistakes(change.exceptions ?? [], "exceptions")
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        if let zone = change.timeZone, zone != before.timeZone, try tx.hasVisitsAhead(branch: change.id) {
            throw ManagementRefusal.visitsAhead
        }
        if change.isActive == false, try tx.hasVisitsAhead(branch: change.id) { throw ManagementRefusal.visitsAhead }
        let columns = change.columns
        if !columns.isEmpty {
            try tx.run("UPDATE appointments_branch SET \(SQL.joined(columns, by: ", ")) WHERE id = \(change.id)")
        }
        if let hours = change.openingHours { try tx.set(hours: hours, of: change.id) }
        if let days = change.exceptions { try tx.set(days: days, of: change.id) }
        if let holidays = change.holidays { try tx.set(holidays: holidays, of: change.id) }
        if let rooms = change.rooms { try tx.set(rooms: rooms, of: change.id) }
        guard let after = try tx.branchRecord(change.id) else { throw Problem.notFound }
        if after != before {
            let subject = Subject("branch", id: change.id, branch: change.id)
            try tx.audit(AuditEntry("branch.changed", on: subject, before: before.tree, after: after.tree))
        }
        return after
    }

    func branchSubject(_ change: BranchChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let known: String? = try tx.value("SELECT id FROM appointments_branch WHERE id = \(change.id)")
        return known.map { Subject("branch", id: $0, branch: $0) }
    }
}

/// Why something of the clinic is not changed.
enum ManagementRefusal: Refusal {
    case visitsAhead, decided

    var problem: Problem {
        switch self {
        case .visitsAhead:
            .conflict("APPOINTMENTS_AHEAD", "Visits are ahead that depend on this. Move or cancel them first.")
        case .decided: .conflict("ALREADY_DECIDED", "This was decided already.")
        }
    }
}

extension Reading where Self: ~Copyable {
    fileprivate borrowing func branchRecord(_ id: String) throws(StoreError) -> BranchRecord? {
        guard let row: BranchRow = try first("SELECT * FROM appointments_branch WHERE id = \(id)") else { return nil }
        return try record(of: row)
    }

    fileprivate borrowing func record(of row: BranchRow) throws(StoreError) -> BranchRecord {
        // A day earlier than any zone's today.
        let yesterday = Zone.utc.day(at: now) - 1
        let hours = try hours(of: [row.id], exceptionsFrom: yesterday)[row.id] ?? WeeklyHours()
        let holidays = try holidays(of: [row.id], from: yesterday)[row.id] ?? []
        let rooms: [RoomRow] = try all(
            "SELECT id, name, is_active FROM appointments_room WHERE branch_id = \(row.id) ORDER BY id")
        return BranchRecord(
            id: row.id, name: row.name, timeZone: row.zone, address: row.address, phone: row.phone, email: row.email,
            openingHours: hours.spans, exceptions: hours.days, holidays: holidays, rooms: rooms.map(\.room),
            isActive: row.isActive)
    }

    fileprivate borrowing func hasVisitsAhead(branch: String) throws(StoreError) -> Bool {
        let found: Int? = try value(
            """
            SELECT 1 FROM appointments_appointment WHERE branch_id = \(branch) AND start_at > \(now.microseconds)
            AND state IN \(SQL.list(AppointmentState.occupying)) LIMIT 1
            """)
        return found != nil
    }
}

/// A room as the table holds it.
private struct RoomRow: Record {
    let room: Room

    init(row: borrowing Row) throws(StoreError) {
        room = Room(id: try row.get("id"), name: try row.get("name"), isActive: try row.get("is_active"))
    }
}

extension Transaction {
    fileprivate borrowing func set(holidays: [Holiday], of branch: String) throws(StoreError) {
        // What is past stays as it was.
        let yesterday = Zone.utc.day(at: now) - 1
        try run("DELETE FROM appointments_holiday WHERE branch_id = \(branch) AND day >= \(yesterday.description)")
        for holiday in holidays {
            try run(
                """
                INSERT INTO appointments_holiday (branch_id, day, name)
                VALUES (\(branch), \(holiday.date.description), \(holiday.name))
                ON CONFLICT (branch_id, day) DO UPDATE SET name = excluded.name
                """)
        }
    }

    fileprivate borrowing func set(rooms: [Room], of branch: String) throws {
        try run("UPDATE appointments_room SET is_active = 0 WHERE branch_id = \(branch)")
        for (index, room) in rooms.enumerated() {
            if let id = room.id {
                let changed = try run(
                    """
                    UPDATE appointments_room SET name = \(room.name), is_active = \(room.isActive)
                    WHERE id = \(id) AND branch_id = \(branch)
                    """)
                guard changed == 1 else {
                    throw Problem.invalid("rooms[\(index)].id", .notAllowed, "must be the id of a room of the branch")
                }
            } else {
                try run(
                    """
                    INSERT INTO appointments_room (id, name, branch_id, is_active)
                    VALUES (\(newID("rom")), \(room.name), \(branch), \(room.isActive))
                    """)
            }
        }
    }
}
