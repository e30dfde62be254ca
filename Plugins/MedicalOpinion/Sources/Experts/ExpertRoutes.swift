internal import PluginAPI

/// What an expert sees of themselves, and what admins change of one.
extension MedicalOpinion {
    static let expertRoutes: [Route<Self>] =
        [
            .get(
                "/v1/staff/professionals/me", .reading(Self.ownProfessional), needs: .own(.reviewCases),
                "The caller as an expert, with how their opinions were rated."),
            .get(
                "/v1/staff/professionals/{id}", .reading(Self.oneProfessional),
                needs: .permission(.readExperts, of: Self.expertSubject), "An expert with licences and ties."),
            .patch(
                "/v1/staff/professionals/{id}", .transactional(Self.changeProfessional),
                needs: .permission(.writeExperts), "Changes what is known of an expert; what is left out stays."),
        ] + licenceRoutes + availabilityRoutes + affiliationRoutes

    /// `GET /v1/staff/professionals/me`
    func ownProfessional(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ExpertDetail {
        try expertDetail(call.caller.id, tx)
    }

    /// `GET /v1/staff/professionals/{id}`
    func oneProfessional(_ named: ExpertNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> ExpertDetail
    { try expertDetail(named.id, tx) }

    /// `PATCH /v1/staff/professionals/{id}`
    func changeProfessional(_ change: ExpertChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ExpertDetail
    {
        let specialties = try change.specialties.map { try knownSpecialties($0) }
        let changed = try tx.run(
            """
            UPDATE medicalopinion_expert SET title = coalesce(\(change.title), title),
                specialties = coalesce(\(specialties?.joined(separator: "|")), specialties),
                languages = coalesce(\(change.languages?.map(\.tag).joined(separator: "|")), languages),
                capacity = coalesce(\(change.capacity), capacity), is_active = coalesce(\(change.active), is_active),
                updated_at = \(tx.now.microseconds) WHERE person_id = \(change.id)
            """)
        guard changed > 0 else { throw Problem.notFound }
        try tx.audit(AuditEntry("expert.changed", on: Self.subject(ofExpert: change.id)))
        return try tx.reading { try expertDetail(change.id, $0) }
    }

    private func expertDetail(_ id: PersonID, _ tx: borrowing ReadTransaction) throws -> ExpertDetail {
        let row = try expertRow(id, tx)
        return ExpertDetail(
            professional: ExpertShown(row, name: try tx.person(id)?.name ?? ""),
            availability: AvailabilityShown(row, today: today(tx.now)), rating: RatingMean(row.rating),
            licences: try shownLicences(of: id, tx), affiliations: try shownAffiliations(of: id, tx))
    }
}

/// All that is known of an expert.
struct ExpertDetail: Described {
    let professional: ExpertShown
    let availability: AvailabilityShown
    let rating: RatingMean
    let licences: [LicenceShown]
    let affiliations: [AffiliationShown]

    static let schema = Schema<ExpertDetail>.object(
        ExpertDetail.init(professional:availability:rating:licences:affiliations:),
        Field("professional", \.professional, ExpertShown.schema),
        Field("availability", \.availability, AvailabilityShown.schema),
        Field("rating", \.rating, RatingMean.schema), Field("licences", \.licences, .list(LicenceShown.schema)),
        Field("affiliations", \.affiliations, .list(AffiliationShown.schema)))
}

/// A change of an expert.
struct ExpertChange: NamesExpert {
    let id: PersonID
    let title: String?
    let specialties: [String]?
    let languages: [Language]?
    let capacity: Int?
    let active: Bool?

    static let schema = Schema<ExpertChange>.object(
        ExpertChange.init(id:title:specialties:languages:capacity:active:),
        Field("id", \.id, PersonID.schema, in: .path), Field("title", \.title, .optional(.string(1...200))),
        Field(
            "specialties", \.specialties, .optional(.list(.string(1...60), 1...50)), note: "The main one in front"),
        Field("languages", \.languages, .optional(.list(Language.schema, 1...50))),
        Field("capacity", \.capacity, .optional(.int(1...10_000))),
        Field("active", \.active, .optional(.bool)))
}
