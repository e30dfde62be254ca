internal import PluginAPI

/// That a customer has read an opinion: part of their journey, noted when they are shown it for the first time.
extension MedicalOpinion {
    func ownCase(_ named: CaseNamed, _ call: Call<Member>) async throws -> CaseShown {
        let person = call.caller.id
        let (found, isNew) = try await call.store.read { tx in
            guard let row = try tx.secondOpinion(named.caseNumber), row.state != .draft || row.person == person
            else { throw Problem.notFound }
            return (try shown(row, tx), try isUnread(row, by: person, tx))
        }
        if isNew {
            try await call.store.write { tx in
                guard let row = try tx.secondOpinion(named.caseNumber) else { return }
                try noteOpinionRead(row, by: person, tx)
            }
        }
        return found
    }

    /// Notes that the customer of a case was shown its opinion; once for each delivery, and nobody else's looking counts.
    func noteOpinionRead(_ row: CaseRow, by person: PersonID, _ tx: borrowing Transaction) throws {
        guard try tx.reading({ try isUnread(row, by: person, $0) }) else { return }
        try lifecycle.record(LifecycleEvent(.opinionRead), of: row.person, case: row.number, at: tx.now, in: tx)
    }

    private func isUnread(_ row: CaseRow, by person: PersonID, _ tx: borrowing ReadTransaction) throws -> Bool {
        guard person == row.person, let delivered = row.deliveredAt,
            [.opinionReady, .completed].contains(row.state.status)
        else { return false }
        let kind = LifecycleEvent.Kind.opinionRead.rawValue
        let isRead: Int? = try tx.value(
            """
            SELECT 1 FROM medicalopinion_lifecycle_event WHERE person_id = \(person) AND kind = \(kind)
            AND at >= \(delivered.microseconds) AND case_number = \(row.number) LIMIT 1
            """)
        return isRead == nil
    }
}
