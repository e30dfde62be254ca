internal import PluginAPI

/// Where experts may practise.
extension MedicalOpinion {
    static let licenceRoutes: [Route<Self>] = {
        let all = "/v1/staff/professionals/{id}/licences"
        return [
            .get(
                all, .reading(Self.licences), needs: .permission(.readExperts, of: Self.expertSubject),
                "An expert's licences."),
            .post(
                all, .transactional(Self.addLicence), needs: .permission(.writeExperts),
                refuses: [ExpertRefusal.self], "Records a licence, or renews one."),
            .delete(
                all + "/{licenceId}", .transactional(Self.removeLicence), needs: .permission(.writeExperts),
                "Removes a licence."),
        ]
    }()

    /// The company's day.
    func today(_ now: Instant) -> Day { services.tenant.zone.day(at: now) }

    /// `GET /v1/staff/professionals/{id}/licences`
    func licences(_ named: ExpertNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> LicenceList {
        LicenceList(licences: try shownLicences(of: named.id, tx))
    }

    func shownLicences(of expert: PersonID, _ tx: borrowing ReadTransaction) throws -> [LicenceShown] {
        let today = today(tx.now)
        let rows: [LicenceRow] = try tx.all(
            LicenceRow.select + "WHERE expert_id = \(expert) ORDER BY country, region, seq LIMIT 200")
        return rows.map { LicenceShown($0, today: today) }
    }

    /// `POST /v1/staff/professionals/{id}/licences`
    func addLicence(_ new: NewLicence, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> LicenceShown {
        guard try tx.isExpert(new.id) else { throw Problem.notFound }
        if let region = new.region, !region.hasPrefix(new.country + "-") {
            throw Problem.invalid("region", .notAllowed, "must be a region of the country, such as \(new.country)-1")
        }
        let count: Int =
            try tx.value("SELECT count(*) FROM medicalopinion_licence WHERE expert_id = \(new.id)") ?? 0
        guard count < 200 else { throw ExpertRefusal.tooMany }
        let kept = try tx.keep(new, by: call.caller.principal.person)
        try tx.audit(
            AuditEntry(
                "expert.licence-recorded", on: Self.subject(ofExpert: new.id),
                details: [
                    "licence": .string(kept.id), "jurisdiction": .string(kept.jurisdiction.text),
                    "validUntil": .string(kept.validUntil.description),
                ]))
        return LicenceShown(kept, today: today(tx.now))
    }

    /// `DELETE /v1/staff/professionals/{id}/licences/{licenceId}`
    func removeLicence(_ named: LicenceNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let removed = try tx.run(
            "DELETE FROM medicalopinion_licence WHERE id = \(named.licenceId) AND expert_id = \(named.id)")
        guard removed > 0 else { throw Problem.notFound }
        try tx.audit(
            AuditEntry(
                "expert.licence-removed", on: Self.subject(ofExpert: named.id),
                details: ["licence": .string(named.licenceId)]))
        return NoContent()
    }

    /// Tells admins, and the expert, of licences that end soon; each once, and again when it was renewed.
    func tellEndingLicences(_ tx: borrowing Transaction, _ context: WorkContext) throws {
        let today = today(tx.now)
        let last = today + settings.licenceNoticeDays
        let ending: [LicenceRow] = try tx.all(
            LicenceRow.select
                + """
                WHERE told_at IS NULL AND valid_until BETWEEN \(today.description) AND \(last.description)
                ORDER BY valid_until, seq LIMIT 50
                """)
        guard !ending.isEmpty else { return }
        let admins = try tx.people(withRole: Role.admin.name, upTo: 100)
        for licence in ending {
            let isActive: Bool? = try tx.value(
                "SELECT is_active FROM medicalopinion_expert WHERE person_id = \(licence.expert)")
            if isActive == true {
                let name = try tx.person(licence.expert)?.name ?? ""
                for person in Set(admins + [licence.expert]) {
                    try tx.notify(
                        Notice(
                            .licenceEnding, to: person, about: Self.subject(ofExpert: licence.expert),
                            [
                                "tenant": services.tenant.name, "professionalName": name,
                                "jurisdiction": licence.jurisdiction.text, "day": licence.validUntil.description,
                            ]))
                }
            }
            try tx.run("UPDATE medicalopinion_licence SET told_at = \(tx.now.microseconds) WHERE id = \(licence.id)")
        }
    }
}

extension Transaction {
    /// Keeps a licence, or renews the one that there is.
    @discardableResult
    borrowing func keep(_ new: NewLicence, by recorder: PersonID) throws(StoreError) -> LicenceRow {
        try one(
            """
            INSERT INTO medicalopinion_licence (id, expert_id, country, region, number, valid_until, recorded_by,
                recorded_at)
            VALUES (\(newID("lic")), \(new.id), \(new.country), \(new.region ?? ""), \(new.number),
                \(new.validUntil.description), \(recorder), \(now.microseconds))
            ON CONFLICT (expert_id, country, region, number) DO UPDATE SET valid_until = excluded.valid_until,
                recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, told_at = NULL
            RETURNING id, expert_id, country, region, number, valid_until
            """)
    }
}
