internal import PluginAPI

extension Appointments {
    /// `GET /v1/reports/no-shows`: how many visits that came to their time did not take place because nobody came.
    func noShows(_ asked: ReportAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> NoShowReport {
        let days = try asked.days(today: call.tenant.zone.day(at: call.now))
        var lines: [NoShowReport.Line] = []
        for branch in try reportedBranches(asked, tx, call) {
            let rows: [NoShowRow] = try tx.all(
                """
                SELECT a.practitioner_id, p.name, sum(a.state = 'completed'), sum(a.state = 'no_show'),
                    sum(a.state = 'cancelled_by_customer'), sum(a.state = 'cancelled_by_clinic')
                FROM appointments_appointment a JOIN appointments_practitioner p ON p.id = a.practitioner_id
                WHERE a.branch_id = \(branch.id) AND a.start_day >= \(days.start.description)
                AND a.start_day < \(days.end.description) GROUP BY a.practitioner_id, p.name ORDER BY p.name, 1
                """)
            lines += rows.map { row in
                NoShowReport.Line(
                    practitionerId: row.practitioner, practitionerName: row.name, branchId: branch.id,
                    completed: row.completed, noShows: row.noShows, cancelledByCustomer: row.byCustomer,
                    cancelledByClinic: row.byClinic)
            }
        }
        return NoShowReport(from: days.start, to: days.end - 1, practitioners: lines)
    }
}

/// How one practitioner's visits ended.
private struct NoShowRow: Record {
    let practitioner: String
    let name: String
    let completed: Int
    let noShows: Int
    let byCustomer: Int
    let byClinic: Int

    init(row: borrowing Row) throws(StoreError) {
        practitioner = try row.get(at: 0)
        name = try row.get(at: 1)
        completed = try row.get(at: 2)
        noShows = try row.get(at: 3)
        byCustomer = try row.get(at: 4)
        byClinic = try row.get(at: 5)
    }
}

/// How visits ended that came to their time, and those that did not.
struct NoShowReport: Described {
    let from: Day
    let to: Day
    let completed: Int
    let noShows: Int
    private let rate: Double?
    let practitioners: [Line]

    init(from: Day, to: Day, practitioners: [Line]) {
        let completed = practitioners.reduce(0) { $0 + $1.completed }
        let noShows = practitioners.reduce(0) { $0 + $1.noShows }
        self.init(
            from: from, to: to, completed: completed, noShows: noShows, rate: Self.rate(noShows, completed),
            practitioners: practitioners)
    }

    private init(from: Day, to: Day, completed: Int, noShows: Int, rate: Double?, practitioners: [Line]) {
        self.from = from
        self.to = to
        self.completed = completed
        self.noShows = noShows
        self.rate = rate
        self.practitioners = practitioners
    }

    fileprivate static func rate(_ noShows: Int, _ completed: Int) -> Double? {
        noShows + completed > 0 ? Double(noShows) / Double(noShows + completed) : nil
    }

    static let schema = Schema<NoShowReport>.object(
        NoShowReport.init(from:to:completed:noShows:rate:practitioners:),
        Field("from", \.from, Day.schema), Field("to", \.to, Day.schema),
        Field("completed", \.completed, .int(0...Int(Int32.max))),
        Field("noShows", \.noShows, .int(0...Int(Int32.max))),
        Field(
            "rate", \.rate, .optional(.double(0...1)),
            note: "No-shows of completed and no-shows together; null where there is neither"),
        Field("practitioners", \.practitioners, .list(Line.schema)))

    /// One practitioner's part.
    struct Line: Described {
        let practitionerId: String
        let practitionerName: String
        let branchId: String
        let completed: Int
        let noShows: Int
        let cancelledByCustomer: Int
        let cancelledByClinic: Int
        private let rate: Double?

        init(
            practitionerId: String, practitionerName: String, branchId: String, completed: Int, noShows: Int,
            cancelledByCustomer: Int, cancelledByClinic: Int
        ) {
            self.init(
                practitionerId: practitionerId, practitionerName: practitionerName, branchId: branchId,
                completed: completed, noShows: noShows, cancelledByCustomer: cancelledByCustomer,
                cancelledByClinic: cancelledByClinic, rate: NoShowReport.rate(noShows, completed))
        }

        private init(
            practitionerId: String, practitionerName: String, branchId: String, completed: Int, noShows: Int,
            cancelledByCustomer: Int, cancelledByClinic: Int, rate: Double?
        ) {
            self.practitionerId = practitionerId
            self.practitionerName = practitionerName
            self.branchId = branchId
            self.completed = completed
            self.noShows = noShows
            self.cancelledByCustomer = cancelledByCustomer
            self.cancelledByClinic = cancelledByClinic
            self.rate = rate
        }

        static let schema = Schema<Line>.object(
            Line.init(
                practitionerId:practitionerName:branchId:completed:noShows:cancelledByCustomer:cancelledByClinic:rate:),
            Field("practitionerId", \.practitionerId, .string(1...64)),
            Field("practitionerName", \.practitionerName, .string(1...200)),
            Field("branchId", \.branchId, .string(1...64)),
            Field("completed", \.completed, .int(0...Int(Int32.max))),
            Field("noShows", \.noShows, .int(0...Int(Int32.max))),
            Field("cancelledByCustomer", \.cancelledByCustomer, .int(0...Int(Int32.max))),
            Field("cancelledByClinic", \.cancelledByClinic, .int(0...Int(Int32.max))),
            Field("rate", \.rate, .optional(.double(0...1))))
    }
}
