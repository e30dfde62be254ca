internal import PluginAPI

/// Reads what matching goes by.
extension MedicalOpinion {
    /// What of a case decides who can answer it.
    func caseToMatch(_ row: CaseRow, _ tx: borrowing some (Reading & ~Copyable)) throws -> CaseToMatch {
        let customer: CustomerRow? = try tx.first(CustomerRow.select + "WHERE person_id = \(row.person)")
        return CaseToMatch(
            specialty: row.specialty, language: try caseLanguage(row, tx),
            jurisdiction: customer?.address.flatMap { Jurisdiction(country: $0.country, state: $0.state) },
            isLicenceRequired: settings.licenceRequired, patient: row.person,
            patientName: try tx.person(row.person)?.name ?? "",
            relatives: [customer?.emergencyContact?.name].compactMap(\.self),
            treatingDoctors: row.content.treatingDoctors, today: today(tx.now))
    }

    /// The language in which a case is answered (BCP 47).
    func caseLanguage(_ row: CaseRow, _ tx: borrowing some (Reading & ~Copyable)) throws -> String {
        try tx.value("SELECT language FROM medicalopinion_case WHERE id = \(row.id)")
            ?? services.tenant.language.tag
    }

    /// Experts as matching sees them; all, or the one who is named.
    func expertsToMatch(
        with row: CaseRow, only one: PersonID? = nil, _ tx: borrowing some (Reading & ~Copyable)
    ) throws -> [ExpertToMatch] {
        let chosen: SQL = one.map { "= \($0)" } ?? "IS NOT NULL"
        let rows: [ExpertRow] = try tx.all(
            ExpertRow.select + "WHERE e.person_id" + chosen + "ORDER BY e.person_id LIMIT 1000")
        let licences: [LicenceRow] = try tx.all(LicenceRow.select + "WHERE expert_id" + chosen + "ORDER BY seq")
        let ties: [AffiliationRow] = try tx.all(AffiliationRow.select + "WHERE expert_id" + chosen + "ORDER BY seq")
        let licencesOf = Dictionary(grouping: licences, by: \.expert)
        let tiesOf = Dictionary(grouping: ties, by: \.expert)
        let ruledOut = try ruledOut(of: row, tx)
        let invited = try lastInvitations(to: row, tx)
        let family = try family(of: row.person, tx)
        var experts: [ExpertToMatch] = []
        for expert in rows {
            let person = expert.person
            experts.append(
                ExpertToMatch(
                    person: person, name: try tx.person(person)?.name ?? "", title: expert.title,
                    specialties: expert.specialties,
                    languages: expert.languages, isActive: expert.isActive, availability: expert.availability,
                    capacity: expert.capacity, load: expert.load, licences: (licencesOf[person] ?? []).map(\.held),
                    ties: (tiesOf[person] ?? []).map(\.tie), rating: expert.rating,
                    isOfTheFamily: family.contains(person),
                    ruledOut: ruledOut[person], lastInvitation: invited[person]))
        }
        return experts
    }

    /// Whose account a customer acts for, and who acts for theirs.
    private func family(of customer: PersonID, _ tx: borrowing some (Reading & ~Copyable)) throws -> Set<PersonID> {
        var family = Set(try tx.accounts(actedForBy: customer))
        // Only who has the role acts for anybody.
        for other in try tx.people(withRole: Role.customerAdmin.name, upTo: 10_000)
        where try tx.isExpert(other) && tx.accounts(actedForBy: other).contains(customer) { family.insert(other) }
        return family
    }

    /// Who must not have a case, and who said so.
    private func ruledOut(of row: CaseRow, _ tx: borrowing some (Reading & ~Copyable)) throws
        -> [PersonID: Conflict.Kind]
    {
        var kinds: [PersonID: Conflict.Kind] = [:]
        try tx.forEach("SELECT expert_id, kind FROM medicalopinion_conflict WHERE case_id = \(row.id)") {
            (line: borrowing Row) throws(StoreError) in kinds[try line.get(at: 0)] = try line.get(at: 1)
        }
        return kinds
    }

    /// What became of the last invitation of each expert to a case.
    private func lastInvitations(to row: CaseRow, _ tx: borrowing some (Reading & ~Copyable)) throws
        -> [PersonID: InvitationState]
    {
        var states: [PersonID: InvitationState] = [:]
        try tx.forEach("SELECT expert_id, state FROM medicalopinion_invitation WHERE case_id = \(row.id) ORDER BY seq")
        { (line: borrowing Row) throws(StoreError) in states[try line.get(at: 0)] = try line.get(at: 1) }
        return states
    }

    /// Refuses what no judgement of the staff overrules: a conflict of interest that is certain, and a licence that the
    /// company asks for and that is not there.
    func requirePossible(_ expert: PersonID, for row: CaseRow, _ tx: borrowing Transaction) throws {
        guard let candidate = try expertsToMatch(with: row, only: expert, tx).first else { throw Problem.notFound }
        switch ExpertFit(of: candidate, for: try caseToMatch(row, tx)).bar {
        case .conflict: throw MatchingRefusal.conflictOfInterest
        case .licence: throw MatchingRefusal.noLicence
        case .inactive: throw MatchingRefusal.notActive
        case nil: break
        }
    }
}
