internal import PluginAPI

/// How the clinic's places, people and services are read.
extension Reading where Self: ~Copyable {
    /// The branches that are in use, by name.
    borrowing func branches() throws(StoreError) -> [BranchRow] {
        try all("SELECT * FROM appointments_branch WHERE is_active = 1 ORDER BY name, id")
    }

    /// A branch that is in use.
    borrowing func branch(_ id: String) throws(StoreError) -> BranchRow? {
        try first("SELECT * FROM appointments_branch WHERE id = \(id) AND is_active = 1")
    }

    /// The hours of branches and practitioners, by their ids, with the days from one on that have hours of their own.
    borrowing func hours(of owners: [String], exceptionsFrom day: Day) throws(StoreError) -> [String: WeeklyHours] {
        let rows: [HoursRow] = try all(
            "SELECT owner_id, weekday, opens, closes FROM appointments_hours WHERE owner_id IN \(SQL.list(owners))")
        let others: [ExceptionRow] = try all(
            """
            SELECT owner_id, day, opens, closes FROM appointments_exception
            WHERE owner_id IN \(SQL.list(owners)) AND day >= \(day.description)
            """)
        let exceptions = Dictionary(grouping: others, by: \.owner)
        var hours = Dictionary(grouping: rows, by: \.owner).mapValues { rows in
            WeeklyHours(rows.map(\.span), exceptions: Self.byDay(exceptions[rows.first?.owner ?? ""]))
        }
        for (owner, rows) in exceptions where hours[owner] == nil {
            hours[owner] = WeeklyHours([], exceptions: Self.byDay(rows))
        }
        return hours
    }

    private static func byDay(_ rows: [ExceptionRow]?) -> [Day: [WeeklyHours.Span]] {
        Dictionary(grouping: rows ?? [], by: \.day).mapValues { rows in
            // A day off has one row, of no length.
            rows.map(\.span).filter { $0.opens < $0.closes }
        }
    }

    /// The holidays of branches from a day on, by branch, in order.
    borrowing func holidays(of branches: [String], from day: Day) throws(StoreError) -> [String: [Holiday]] {
        let rows: [HolidayRow] = try all(
            """
            SELECT branch_id, day, name FROM appointments_holiday
            WHERE branch_id IN \(SQL.list(branches)) AND day >= \(day.description) ORDER BY branch_id, day
            """)
        return Dictionary(grouping: rows, by: \.branch).mapValues { $0.map(\.holiday) }
    }

    /// The services that are in use, by name; with a branch, those offered there.
    borrowing func services(at branch: String?) throws(StoreError) -> [ServiceRow] {
        let condition: SQL =
            branch.map {
                "AND id IN (SELECT service_id FROM appointments_service_branch WHERE branch_id = \($0))"
            } ?? ""
        return try all("SELECT * FROM appointments_service WHERE is_active = 1 \(condition) ORDER BY name, id")
    }

    /// A service that is in use and offered at a branch.
    borrowing func service(_ id: String, at branch: String) throws(StoreError) -> ServiceRow? {
        try first(
            """
            SELECT * FROM appointments_service WHERE id = \(id) AND is_active = 1 AND id IN
            (SELECT service_id FROM appointments_service_branch WHERE service_id = \(id) AND branch_id = \(branch))
            """)
    }

    /// Where services are offered and who performs them.
    borrowing func offers() throws(StoreError) -> Offers {
        Offers(
            branches: try all(
                "SELECT service_id AS service, branch_id AS other FROM appointments_service_branch ORDER BY 1, 2"),
            practitioners: try all(
                """
                SELECT s.service_id AS service, s.practitioner_id AS other
                FROM appointments_service_practitioner s ORDER BY 1, 2
                """),
            people: try all("SELECT id, name, branch_id FROM appointments_practitioner WHERE is_active = 1"))
    }

    /// Who performs a service at a branch, by id.
    borrowing func practitioners(of service: String, at branch: String) throws(StoreError) -> [PractitionerRow] {
        try all(
            """
            SELECT p.id, p.name, p.branch_id FROM appointments_practitioner p
            JOIN appointments_service_practitioner s ON s.practitioner_id = p.id AND s.service_id = \(service)
            WHERE p.branch_id = \(branch) AND p.is_active = 1 ORDER BY p.id
            """)
    }

    /// The rooms of a branch, by id.
    borrowing func rooms(at branch: String) throws(StoreError) -> [String] {
        try values("SELECT id FROM appointments_room WHERE branch_id = \(branch) AND is_active = 1 ORDER BY id")
    }
}
