internal import PluginAPI

extension MedicalOpinion {
    static let reportRoutes: [Route<Self>] = [
        .get(
            "/v1/staff/reports/opinions", .reading(Self.report), needs: .permission(.readReports),
            "How soon opinions were delivered, how they were rated, and what became of cases."),
        .get(
            "/v1/staff/reports/opinions.csv", .reading(Self.reportTable), needs: .permission(.readReports),
            "The same as a table."),
    ]

    func reportTable(_ asked: ReportAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Content {
        let report = try report(asked, tx, call)
        return Content(
            .bytes(report.csv), mediaType: "text/csv; charset=utf-8",
            fileName: "opinions-\(report.from)-\(report.to).csv")
    }

    func report(_ asked: ReportAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> OpinionReport {
        let zone = services.tenant.zone
        let (first, last) = try asked.days(today: zone.day(at: call.now))
        let (start, end) = (zone.startOfDay(first).microseconds, zone.startOfDay(last + 1).microseconds)
        var all = ReportTally()
        var specialties: [String: ReportTally] = [:]
        var experts: [PersonID: ReportTally] = [:]
        try tx.forEach(
            DeliveredOpinion.select
                + "WHERE delivered_at >= \(start) AND delivered_at < \(end) AND submitted_at IS NOT NULL"
        ) { (row: borrowing Row) throws(StoreError) in
            let opinion = try DeliveredOpinion(row: row)
            all.add(opinion)
            specialties[opinion.specialty, default: ReportTally()].add(opinion)
            if let expert = opinion.expert { experts[expert, default: ReportTally()].add(opinion) }
            guard let rating = opinion.rating else { return }
            all.add(rating: rating)
            specialties[opinion.specialty, default: ReportTally()].add(rating: rating)
            if let expert = opinion.ratedExpert { experts[expert, default: ReportTally()].add(rating: rating) }
        }
        var professionals: [ReportLine] = []
        for (expert, tally) in experts {
            professionals.append(tally.line(try tx.person(expert)?.name ?? "", id: expert))
        }
        let states = try states(from: start, to: end, tx)
        return OpinionReport(
            from: first, to: last, submitted: states.values.reduce(0, +),
            byStatus: Dictionary(states.map { ($0.key.status.rawValue, $0.value) }, uniquingKeysWith: +),
            withdrawn: states[.withdrawn] ?? 0, declined: states[.declined] ?? 0,
            cancelled: states[.cancelled] ?? 0, all: all.line("all"),
            specialties: specialties.map { $0.value.line($0.key) }.sorted { $0.name < $1.name },
            professionals: professionals.sorted { ($0.name, $0.id?.rawValue ?? "") < ($1.name, $1.id?.rawValue ?? "") })
    }

    /// Where the cases stand that were sent in a time.
    private func states(from start: Int64, to end: Int64, _ tx: borrowing ReadTransaction) throws -> [CaseState: Int] {
        var states: [CaseState: Int] = [:]
        try tx.forEach(
            """
            SELECT state, count(*) FROM medicalopinion_case
            WHERE submitted_at >= \(start) AND submitted_at < \(end) GROUP BY state
            """
        ) { (row: borrowing Row) throws(StoreError) in states[try row.get(at: 0)] = try row.get(at: 1) }
        return states
    }
}
