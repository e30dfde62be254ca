internal import PluginAPI

extension MedicalOpinion {
    static let dashboardRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/personalization/dashboard", .reading(Self.dashboard), needs: .own(.readJourney),
            "What the caller's first page shows, by their persona, what they did, and the company's rules.")
    ]

    func dashboard(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> DashboardAnswer {
        let state = try lifecycle.state(of: call.caller.id, in: tx)
        let score = EngagementScore(state, lifecycle.settings, at: tx.now)
        return DashboardAnswer(
            state, PersonaVerdict(state).type, Predictions(state, score, lifecycle.settings, at: tx.now),
            lifecycle.settings.dashboards)
    }
}
