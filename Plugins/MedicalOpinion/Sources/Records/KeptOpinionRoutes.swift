internal import PluginAPI

/// What the law has a service keep of people who are gone: shown to nobody but who must answer for it, and each time with a
/// reason in the audit log.
extension MedicalOpinion {
    static let keptOpinionRoutes: [Route<Self>] = [
        .get(
            "/v1/staff/kept-opinions", .reading(Self.keptOpinions), needs: .permission(.readKeptOpinions),
            "The numbers of cases of erased customers whose opinions are still kept; nothing of what is in them."),
        .post(
            "/v1/staff/kept-opinions/{caseNumber}/disclosures", .transactional(Self.disclose),
            needs: .permission(.readKeptOpinions), "Shows a kept opinion, for a reason that goes into the audit log."),
    ]

    func keptOpinions(_ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Paged<KeptOpinionList>
    {
        let condition: SQL = "remains = 'kept' AND delivered_at >= \(keptSince(tx.now).microseconds)"
        let total: Int = try tx.value("SELECT count(*) FROM medicalopinion_case WHERE \(condition)") ?? 0
        let rows: [ErasedCase] = try tx.all(
            ErasedCase.select + "WHERE \(condition) ORDER BY delivered_at, id LIMIT \(asked.limit)"
                + "OFFSET \((asked.page - 1) * asked.limit)")
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: total)
        let opinions = rows.compactMap { row in
            row.deliveredAt.map {
                KeptOpinion(caseNumber: row.number, deliveredAt: $0, keptUntil: keptUntil(delivered: $0))
            }
        }
        return Paged(
            whole: KeptOpinionList(opinions: opinions, pagination: PageShown(numbers)), numbers: numbers)
    }

    private func keptUntil(delivered: Instant) -> Day {
        Zone.utc.day(at: delivered).adding(years: settings.keepOpinionsYears)
    }

    func disclose(_ asked: DisclosureAsked, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Disclosure {
        let found: ErasedCase? = try tx.first(
            ErasedCase.select + "WHERE number = \(asked.caseNumber) AND remains = 'kept'")
        guard let row = found, let delivered = row.deliveredAt, delivered >= keptSince(tx.now),
            let content: Sealed<CaseContent> = try tx.value(
                "SELECT content FROM medicalopinion_case WHERE id = \(row.id)")
        else { throw Problem.notFound }
        try tx.audit(
            AuditEntry(
                "opinion.disclosed", on: Subject("kept-opinion", id: row.number),
                details: ["reason": .string(asked.reason)]))
        return Disclosure(
            caseNumber: row.number, question: content.value.question, description: content.value.description,
            opinion: try tx.reading { try signedOpinion(of: row.id, $0) }, keptUntil: keptUntil(delivered: delivered))
    }
}

/// A page of something.
struct PageAsked: Described {
    let page: Int
    let limit: Int
    static let schema = Schema<PageAsked>.object(
        PageAsked.init(page:limit:), Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

/// That there is a kept opinion.
struct KeptOpinion: Described {
    let caseNumber: String
    let deliveredAt: Instant
    let keptUntil: Day
    static let schema = Schema<KeptOpinion>.object(
        KeptOpinion.init(caseNumber:deliveredAt:keptUntil:), Field("caseNumber", \.caseNumber, CaseNumber.schema),
        Field("deliveredAt", \.deliveredAt, Instant.schema), Field("keptUntil", \.keptUntil, Day.schema))
}

struct KeptOpinionList: Described {
    let opinions: [KeptOpinion]
    let pagination: PageShown
    static let schema = Schema<KeptOpinionList>.object(
        KeptOpinionList.init(opinions:pagination:), Field("opinions", \.opinions, .list(KeptOpinion.schema)),
        Field("pagination", \.pagination, PageShown.schema))
}

/// Why somebody must see a kept opinion.
struct DisclosureAsked: NamesCase {
    let caseNumber: String
    let reason: String
    static let schema = Schema<DisclosureAsked>.object(
        DisclosureAsked.init(caseNumber:reason:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("reason", \.reason, .string(5...500), note: "A claim, a court's order, an authority's question"))
}

/// What is kept.
struct Disclosure: Described {
    let caseNumber: String
    let question: String
    let description: String
    let opinion: OpinionShown?
    let keptUntil: Day
    static let schema = Schema<Disclosure>.object(
        Disclosure.init(caseNumber:question:description:opinion:keptUntil:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("question", \.question, .string(0...5000)),
        Field("description", \.description, .string(0...50_000)),
        Field("opinion", \.opinion, .optional(OpinionShown.schema)), Field("keptUntil", \.keptUntil, Day.schema))
}
