internal import PluginAPI

extension SalesTasks {
    static let dashboardRoutes: [Route<Self>] = [
        .get(
            "/admin/dashboard/metrics", .reading(Self.dashboard), needs: .permission(.readDashboards),
            "The numbers of a period, and the representatives with the most successful calls."),
        .get(
            "/admin/dashboard/team", .reading(Self.team), needs: .permission(.readDashboards),
            "What each representative's calls of a period came to, by team."),
        .get(
            "/representative/{salesId}/dashboard", .reading(Self.ownDashboard), needs: .listing(.readDashboards),
            "What one representative's calls came to."),
    ]

    /// `GET /admin/dashboard/metrics`
    func dashboard(_ asked: PeriodAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Annotated<Dashboard, DashboardMetadata>
    {
        let period = try asked.range(now: call.now)
        let sums = try tx.sums(in: period)
        let all = sums.values.reduce(CallSums(), +)
        let counts: [Int] = try tx.values(
            """
            SELECT count(*) FROM salestasks_task WHERE is_ready = 1 UNION ALL
            SELECT count(*) FROM salestasks_task WHERE is_ready = 1 AND state = 'active' UNION ALL
            SELECT count(*) FROM salestasks_rep WHERE is_active = 1 UNION ALL
            SELECT customers FROM salestasks_customer_count UNION ALL
            SELECT count(*) FROM salestasks_work WHERE state = 'callback'
            """)
        guard counts.count == 5 else { throw StoreError(.mismatch, "five numbers were asked for") }
        let customers = CustomerMetrics(
            totalCustomers: counts[3], contactedCustomers: try tx.contacted(in: period),
            successfulConversions: all.successes, pendingFollowups: counts[4])
        let dashboard = Dashboard(
            overview: DashboardOverview(
                totalTasks: counts[0], activeTasks: counts[1], totalRepresentatives: counts[2],
                activeRepresentatives: sums.count, lastUpdated: call.now),
            performance: DashboardPerformance(
                callMetrics: CallMetrics(all), customerMetrics: customers, sentimentAnalysis: SentimentShares(all)),
            topPerformers: try performers(Self.best(sums, 10), tx))
        return Annotated(dashboard, metadata: asked.metadata(period))
    }

    /// `GET /admin/dashboard/team`
    func team(_ asked: PeriodAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Annotated<[TeamMember], DashboardMetadata>
    {
        let period = try asked.range(now: call.now)
        let sums = try tx.sums(in: period)
        let rows: [RepresentativeRow] = try tx.all(
            "SELECT * FROM salestasks_rep ORDER BY team IS NULL, team, id LIMIT 1000")
        var members: [TeamMember] = []
        for row in rows {
            members.append(
                TeamMember(
                    salesId: row.id, name: try tx.name(of: row.id), team: row.team,
                    metrics: PerformerMetrics(sums[row.id] ?? CallSums()), holding: try tx.held(by: row.id)))
        }
        return Annotated(members, metadata: asked.metadata(period))
    }

    /// `GET /representative/{salesId}/dashboard`
    func ownDashboard(_ asked: OwnPeriodAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> RepresentativeDashboard
    {
        let rep = try representative(asked.salesId, tx, call)
        let zone = call.tenant.zone
        let today = zone.range(of: zone.day(at: call.now))
        let period = try PeriodAsked(
            startDate: asked.startDate, endDate: asked.endDate, timeZone: asked.timeZone ?? zone
        )
        .range(now: call.now)
        let callbacks: Int =
            try tx.value(
                "SELECT count(*) FROM salestasks_work WHERE state = 'callback' AND owner = \(rep)") ?? 0
        return RepresentativeDashboard(
            salesId: rep, name: try tx.name(of: rep), today: DayMetrics(try tx.sums(in: today, of: rep)),
            metrics: PerformerMetrics(try tx.sums(in: period, of: rep)), callbacks: callbacks,
            holding: try tx.held(by: rep), skillsScore: try tx.skills(of: rep))
    }

    /// The representatives with the most successful calls; of equals, those with the higher rate, then by id.
    static func best(_ sums: [PersonID: CallSums], _ count: Int) -> [(PersonID, CallSums)] {
        func rate(_ sums: CallSums) -> Double { Double(sums.successes) / Double(max(1, sums.calls)) }
        return Array(
            sums.filter { $0.value.calls > 0 }.map { ($0.key, $0.value) }.sorted { left, right in
                if left.1.successes != right.1.successes { return left.1.successes > right.1.successes }
                if rate(left.1) != rate(right.1) { return rate(left.1) > rate(right.1) }
                return left.0.rawValue < right.0.rawValue
            }.prefix(count))
    }

    private func performers(_ best: [(PersonID, CallSums)], _ tx: borrowing ReadTransaction) throws -> [Performer] {
        var performers: [Performer] = []
        for (id, sums) in best {
            performers.append(Performer(salesId: id, name: try tx.name(of: id), metrics: PerformerMetrics(sums)))
        }
        return performers
    }
}

extension PeriodAsked {
    fileprivate func metadata(_ period: InstantRange) -> DashboardMetadata {
        DashboardMetadata(timeZone: timeZone, period: .init(start: period.start, end: period.end))
    }
}
