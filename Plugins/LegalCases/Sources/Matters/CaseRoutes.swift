internal import PluginAPI

extension LegalCases {
    static let matterRoutes: [Route<Self>] =
        [
            .get("/api/portal/cases/", .reading(Self.portalCases), needs: .own(.usePortal), "The caller's own cases."),
            .get(
                "/api/portal/cases/{case_id}/", .reading(Self.portalCase),
                needs: .permission(.usePortal, of: Self.caseSubject), "One case, with its documents and tasks."),
            .get(
                "/api/staff/case-types/", .reading(Self.caseTypes), needs: .listing(.readCases),
                "The firm's kinds of cases."),
            .get(
                "/api/staff/cases/", .reading(Self.staffCases), needs: .listing(.readCases),
                "Cases, the newest in front."),
            .post(
                "/api/staff/cases/", .transactional(Self.openCase), needs: .listing(.openCases),
                refuses: [CaseRefusal.self], "Opens a case as an intake; whoever does is on its team."),
            .get(
                "/api/staff/cases/{case_id}/", .reading(Self.staffCase),
                needs: .permission(.readCases, of: Self.caseSubject), "One case."),
            .patch(
                "/api/staff/cases/{case_id}/", .transactional(Self.changeCase),
                needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
                "Changes a case: fields left out stay."),
            .put(
                "/api/staff/cases/{case_id}/stage/", .transactional(Self.setStage),
                needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
                "The case enters a stage of its kind; the tasks of that are set."),
        ] + MatterState.Move.allCases.map { move($0) }

    /// `POST /api/staff/cases/{case_id}/engage/` and the like.
    private static func move(_ move: MatterState.Move) -> Route<Self> {
        .post(
            "/api/staff/cases/{case_id}/\(move.rawValue)/",
            .transactional { (plugin: Self) in
                { (asked: CaseMove, tx: borrowing Transaction, call: Call<Member>) throws -> StaffCase in
                    try plugin.move(move, asked, tx, call)
                }
            }, needs: .permission(.writeCases, of: Self.caseSubject), status: 200, refuses: [CaseRefusal.self],
            "Moves a case on: \(move.rawValue).")
    }
    /// `GET /api/staff/case-types/`
    func caseTypes(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [CaseType] {
        guard call.reach != nil else { throw Problem.forbidden }
        return settings.caseTypes
    }
}

/// Why something is not done with a case.
enum CaseRefusal: Refusal {
    case notNow, notChecked, closed, lastOfTeam, hasClient

    var problem: Problem {
        switch self {
        case .notNow: .conflict("CASE_STATE", "The case does not stand where this could be done.")
        case .notChecked:
            .conflict("CONFLICT_CHECK_NEEDED", "Conflicts of interest must be checked, and cleared, before this.")
        case .closed: .conflict("CASE_CLOSED", "The case is closed and takes nothing new.")
        case .lastOfTeam: .conflict("LAST_OF_TEAM", "Somebody has to work on the case.")
        case .hasClient: .conflict("CASE_HAS_CLIENT", "The case has a client already.")
        }
    }

    /// The refusal with what can be done instead.
    static func notNow(_ state: MatterState) -> Problem {
        var problem = notNow.problem
        problem.details = [
            "status": .string(state.rawValue), "moves": .array(state.moves.map { .string($0.rawValue) }),
        ]
        return problem
    }
}
