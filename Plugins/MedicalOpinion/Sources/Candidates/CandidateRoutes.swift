internal import PluginAPI

/// Who could answer a case.
extension MedicalOpinion {
    static let candidateRoutes: [Route<Self>] = [
        .get(
            "/v1/staff/cases/{caseNumber}/candidates", .reading(Self.candidates), needs: .permission(.triageCases),
            "All experts, the best for the case in front, each with why they fit or do not.")
    ]

    /// `GET /v1/staff/cases/{caseNumber}/candidates`
    func candidates(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> CandidateList {
        guard let row = try tx.secondOpinion(named.caseNumber), row.state != .draft else { throw Problem.notFound }
        let given = try caseToMatch(row, tx)
        let fits = ExpertFit.ranked(try expertsToMatch(with: row, tx), for: given)
        var shown: [CandidateShown] = []
        for (place, fit) in fits.enumerated() {
            shown.append(
                CandidateShown(
                    professional: ProfessionalShown(
                        id: fit.expert.person, name: fit.expert.name, specialization: fit.expert.title),
                    rank: place + 1, score: fit.score, fits: fit.fits,
                    barredBy: fit.bar,
                    criteria: fit.criteria.map {
                        CriterionShown(
                            criterion: $0.name, met: $0.isMet, points: $0.points, of: $0.name.most, reason: $0.reason)
                    },
                    conflicts: fit.conflicts.map {
                        ConflictShown(kind: $0.kind, certain: $0.isCertain, names: $0.names)
                    }))
        }
        return CandidateList(
            caseNumber: row.number, specialty: given.specialty, language: given.language,
            jurisdiction: given.jurisdiction?.text, licenceRequired: given.isLicenceRequired, candidates: shown)
    }
}
