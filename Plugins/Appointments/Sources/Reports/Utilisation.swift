internal import PluginAPI

extension Appointments {
    /// `GET /v1/reports/utilisation`: how much of their working time practitioners had visits in.
    func utilisation(_ asked: ReportAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> UtilisationReport
    {
        var lines: [UtilisationReport.Line] = []
        let days = try asked.days(today: call.tenant.zone.day(at: call.now))
        for branch in try reportedBranches(asked, tx, call) {
            let people: [PractitionerDetails] = try tx.all(
                PractitionerDetails.select + "WHERE branch_id = \(branch.id) AND is_active = 1 ORDER BY name, id")
            lines += try utilisation(of: people, at: branch, days, tx)
        }
        return UtilisationReport(
            from: days.start, to: days.end - 1, availableMinutes: lines.reduce(0) { $0 + $1.availableMinutes },
            bookedMinutes: lines.reduce(0) { $0 + $1.bookedMinutes }, practitioners: lines)
    }

    private func utilisation(
        of people: [PractitionerDetails], at branch: BranchRow, _ days: DayRange, _ tx: borrowing ReadTransaction
    ) throws -> [UtilisationReport.Line] {
        let ids = people.map(\.id)
        let hours = try tx.hours(of: ids + [branch.id], exceptionsFrom: days.start)
        let closed = Set((try tx.holidays(of: [branch.id], from: days.start)[branch.id] ?? []).map(\.date))
        let time = OpenTime(zone: branch.zone, days: days)
        let open = time.ranges(of: hours[branch.id] ?? WeeklyHours(), closed: closed)
        let (start, end) = (branch.zone.startOfDay(days.start), branch.zone.startOfDay(days.end))
        let blocked: [OccupiedRow] = try tx.all(
            """
            SELECT resource_id, start_at, end_at FROM appointments_block WHERE resource_id IN \(SQL.list(ids))
            AND state = 'approved' AND end_at > \(start.microseconds) AND start_at < \(end.microseconds)
            """)
        let off = Dictionary(grouping: blocked, by: \.resource).mapValues { $0.map(\.range).joined() }
        let booked: [BookedMinutes] = try tx.all(
            """
            SELECT practitioner_id, sum(end_at - start_at) / 60000000, count(*) FROM appointments_appointment
            WHERE branch_id = \(branch.id) AND start_at >= \(start.microseconds) AND start_at < \(end.microseconds)
            AND state IN \(SQL.list(AppointmentState.visits)) GROUP BY practitioner_id
            """)
        let taken = Dictionary(booked.map { ($0.practitioner, $0) }, uniquingKeysWith: { first, _ in first })
        return people.map { person in
            let working = time.ranges(of: hours[person.id] ?? WeeklyHours()).intersection(open)
                .subtracting(off[person.id] ?? [])
            return UtilisationReport.Line(
                practitionerId: person.id, practitionerName: person.name, branchId: branch.id,
                available: Int(working.length.wholeMicroseconds / 60_000_000), booked: taken[person.id]?.minutes ?? 0,
                visits: taken[person.id]?.visits ?? 0)
        }
    }

    /// The branches that a report is about: those the caller's role reaches, or the one asked for.
    func reportedBranches(_ asked: ReportAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> [BranchRow]
    {
        let reach = call.reach?.condition(branch: "id") ?? "1 = 0"
        let filter: SQL = asked.branchId.map { "AND id = \($0)" } ?? ""
        return try tx.all(
            "SELECT * FROM appointments_branch WHERE is_active = 1 AND \(reach) \(filter) ORDER BY name, id")
    }
}

/// What somebody had visits in.
private struct BookedMinutes: Record {
    let practitioner: String
    let minutes: Int
    let visits: Int

    init(row: borrowing Row) throws(StoreError) {
        practitioner = try row.get(at: 0)
        minutes = try row.get(at: 1)
        visits = try row.get(at: 2)
    }
}

/// The input of reports.
struct ReportAsked: Described {
    let from: Day?
    let to: Day?
    let branchId: String?

    static let schema = Schema<ReportAsked>.object(
        ReportAsked.init(from:to:branchId:),
        Field(
            "from", \.from, .optional(Day.schema), in: .query, note: "The first day; 29 before the last, if left out"),
        Field("to", \.to, .optional(Day.schema), in: .query, note: "The last day; today, if left out"),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query))

    /// The longest time of a report.
    static let longest = 366

    /// The days asked for, of each branch's own calendar.
    ///
    /// - Throws: ``Problem`` when they run backwards or are too many.
    func days(today: Day) throws(Problem) -> DayRange {
        let last = to ?? from.map { max($0, today) } ?? today
        let first = from ?? last - 29
        guard first <= last, last - first < Self.longest, let days = DayRange(start: first, end: last + 1) else {
            throw .invalid("to", .range, "must be from or later, by \(Self.longest - 1) days at most")
        }
        return days
    }
}

/// How much of their working time practitioners had visits in.
struct UtilisationReport: Described {
    let from: Day
    let to: Day
    let availableMinutes: Int
    let bookedMinutes: Int
    let practitioners: [Line]
    private let share: Double?

    init(from: Day, to: Day, availableMinutes: Int, bookedMinutes: Int, practitioners: [Line]) {
        self.init(
            from: from, to: to, availableMinutes: availableMinutes, bookedMinutes: bookedMinutes,
            utilisation: Self.share(bookedMinutes, of: availableMinutes), practitioners: practitioners)
    }

    private init(
        from: Day, to: Day, availableMinutes: Int, bookedMinutes: Int, utilisation: Double?, practitioners: [Line]
    ) {
        self.from = from
        self.to = to
        self.availableMinutes = availableMinutes
        self.bookedMinutes = bookedMinutes
        share = utilisation
        self.practitioners = practitioners
    }

    /// A part of a whole; nil where there is nothing to divide by.
    fileprivate static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }

    static let schema = Schema<UtilisationReport>.object(
        UtilisationReport.init(from:to:availableMinutes:bookedMinutes:utilisation:practitioners:),
        Field("from", \.from, Day.schema), Field("to", \.to, Day.schema),
        Field("availableMinutes", \.availableMinutes, .int(0...Int(Int32.max)), note: "Open, working, not off"),
        Field("bookedMinutes", \.bookedMinutes, .int(0...Int(Int32.max)), note: "Of visits that were not cancelled"),
        Field(
            "utilisation", \.share, .optional(.double(0...1e9)),
            note: "Booked of available; null where nobody was available, above 1 where visits overlap"),
        Field("practitioners", \.practitioners, .list(Line.schema)))

    /// One practitioner's part.
    struct Line: Described {
        let practitionerId: String
        let practitionerName: String
        let branchId: String
        let availableMinutes: Int
        let bookedMinutes: Int
        let appointments: Int
        private let share: Double?

        init(
            practitionerId: String, practitionerName: String, branchId: String, available: Int, booked: Int, visits: Int
        ) {
            self.init(
                practitionerId: practitionerId, practitionerName: practitionerName, branchId: branchId,
                availableMinutes: available, bookedMinutes: booked, appointments: visits,
                utilisation: UtilisationReport.share(booked, of: available))
        }

        private init(
            practitionerId: String, practitionerName: String, branchId: String, availableMinutes: Int,
            bookedMinutes: Int, appointments: Int, utilisation: Double?
        ) {
            self.practitionerId = practitionerId
            self.practitionerName = practitionerName
            self.branchId = branchId
            self.availableMinutes = availableMinutes
            self.bookedMinutes = bookedMinutes
            self.appointments = appointments
            share = utilisation
        }

        static let schema = Schema<Line>.object(
            Line.init(
                practitionerId:practitionerName:branchId:availableMinutes:bookedMinutes:appointments:utilisation:),
            Field("practitionerId", \.practitionerId, .string(1...64)),
            Field("practitionerName", \.practitionerName, .string(1...200)),
            Field("branchId", \.branchId, .string(1...64)),
            Field("availableMinutes", \.availableMinutes, .int(0...Int(Int32.max))),
            Field("bookedMinutes", \.bookedMinutes, .int(0...Int(Int32.max))),
            Field("appointments", \.appointments, .int(0...Int(Int32.max))),
            Field("utilisation", \.share, .optional(.double(0...1e9))))
    }
}
