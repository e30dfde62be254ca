internal import PluginAPI

/// When experts take cases; each says it of themselves, admins of all.
extension MedicalOpinion {
    static let availabilityRoutes: [Route<Self>] = {
        let path = "/v1/staff/professionals/{id}/availability"
        return [
            .get(
                path, .reading(Self.availability), needs: .permission(.readExperts, of: Self.expertSubject),
                "When an expert takes cases, with how many they have and how they are rated."),
            .put(
                path, .transactional(Self.setAvailability),
                needs: .permission(.declareExperts, of: Self.expertSubject), "Sets when an expert takes cases."),
        ]
    }()

    /// `GET /v1/staff/professionals/{id}/availability`
    func availability(_ named: ExpertNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> AvailabilityShown
    { AvailabilityShown(try expertRow(named.id, tx), today: today(tx.now)) }

    /// `PUT /v1/staff/professionals/{id}/availability`
    func setAvailability(_ new: NewAvailability, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> AvailabilityShown
    {
        if let until = new.awayUntil {
            guard let from = new.awayFrom else {
                throw Problem.invalid("awayFrom", .missing, "must be given with awayUntil")
            }
            guard from <= until else { throw Problem.invalid("awayUntil", .range, "must not be before awayFrom") }
        }
        let changed = try tx.run(
            """
            UPDATE medicalopinion_expert SET is_accepting = \(new.accepting), away_from = \(new.awayFrom?.description),
                away_until = \(new.awayUntil?.description), capacity = coalesce(\(new.capacity), capacity),
                updated_at = \(tx.now.microseconds) WHERE person_id = \(new.id)
            """)
        guard changed > 0 else { throw Problem.notFound }
        try tx.audit(
            AuditEntry(
                "expert.availability-changed", on: Self.subject(ofExpert: new.id),
                details: [
                    "accepting": .bool(new.accepting),
                    "awayFrom": new.awayFrom.map { .string($0.description) } ?? .null,
                    "awayUntil": new.awayUntil.map { .string($0.description) } ?? .null,
                ]))
        return try tx.reading { AvailabilityShown(try expertRow(new.id, $0), today: today($0.now)) }
    }

    func expertRow(_ id: PersonID, _ tx: borrowing ReadTransaction) throws -> ExpertRow {
        guard let row: ExpertRow = try tx.first(ExpertRow.select + "WHERE e.person_id = \(id)") else {
            throw Problem.notFound
        }
        return row
    }
}
