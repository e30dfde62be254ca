internal import PluginAPI

extension MedicalOpinion {
    /// `GET /v1/portal/opinions/verify`
    func verifyOpinion(_ asked: CodeAsked, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws
        -> OpinionVerified
    {
        guard let found = try verified(asked.code, tx) else { throw OpinionRefusal.unknownCode }
        return found
    }

    /// What anybody may know of the opinion with a code: nothing medical, and nothing of the patient. Nil where there is none,
    /// for whatever reason.
    func verified(_ typed: String, _ tx: borrowing ReadTransaction) throws -> OpinionVerified? {
        guard let code = OpinionCode(typed: typed) else { return nil }
        return try tx.first(
            """
            SELECT c.number, v.expert_name, v.signed_at, v.number,
                (SELECT max(number) FROM medicalopinion_opinion_version n WHERE n.case_id = v.case_id),
                (SELECT count(*) FROM medicalopinion_opinion_version n JOIN medicalopinion_opinion o
                    ON o.id = n.opinion_id WHERE n.case_id = v.case_id AND o.kind = 'addendum'),
                v.content_sha256, v.document_sha256
            FROM medicalopinion_opinion_version v JOIN medicalopinion_live_case c ON c.id = v.case_id
            WHERE v.code_index = \(code.index)
            """)
    }
}

/// A code that somebody asks about.
struct CodeAsked: Described {
    let code: String
    static let schema = Schema<CodeAsked>.object(
        CodeAsked.init(code:),
        Field("code", \.code, .string(1...200), in: .query, note: "As it is printed; dashes and case do not matter"))
}

/// What is told of a genuine opinion to whoever has its code.
struct OpinionVerified: Described, Record {
    let genuine: Bool
    let caseNumber: String
    let signedBy: String
    let signedAt: Instant
    let version: Int
    let newestVersion: Int
    let addenda: Int
    let contentSha256: String
    let documentSha256: String?

    static let schema = Schema<OpinionVerified>.object(
        OpinionVerified.init(
            genuine:caseNumber:signedBy:signedAt:version:newestVersion:addenda:contentSha256:documentSha256:),
        Field("genuine", \.genuine, .bool), Field("caseNumber", \.caseNumber, CaseNumber.schema),
        Field("signedBy", \.signedBy, .string(0...300)), Field("signedAt", \.signedAt, Instant.schema),
        Field("version", \.version, .int(1...1_000_000)),
        Field("newestVersion", \.newestVersion, .int(1...1_000_000), note: "More than version: another one followed"),
        Field("addenda", \.addenda, .int(0...1_000_000), note: "To opinions of this case, until now"),
        Field("contentSha256", \.contentSha256, .string(64...64)),
        Field("documentSha256", \.documentSha256, .optional(.string(64...64))))

    private init(
        genuine: Bool, caseNumber: String, signedBy: String, signedAt: Instant, version: Int, newestVersion: Int,
        addenda: Int, contentSha256: String, documentSha256: String?
    ) {
        self.genuine = genuine
        self.caseNumber = caseNumber
        self.signedBy = signedBy
        self.signedAt = signedAt
        self.version = version
        self.newestVersion = newestVersion
        self.addenda = addenda
        self.contentSha256 = contentSha256
        self.documentSha256 = documentSha256
    }

    init(row: borrowing Row) throws(StoreError) {
        self.init(
            genuine: true, caseNumber: try row.get(at: 0), signedBy: try row.get(at: 1),
            signedAt: Instant(microseconds: try row.get(at: 2)), version: try row.get(at: 3),
            newestVersion: try row.get(at: 4), addenda: try row.get(at: 5), contentSha256: try row.get(at: 6),
            documentSha256: try row.get(at: 7))
    }
}
