internal import PluginAPI

extension MedicalOpinion {
    /// `GET …/cases/{caseNumber}/opinion/versions`
    func opinionVersions(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> OpinionVersionList
    {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        return OpinionVersionList(
            versions: try tx.opinionVersions(of: row).map {
                OpinionVersionShown(
                    version: $0.number, kind: $0.kind, signedBy: $0.expertName, signedAt: $0.signedAt,
                    code: $0.code.text,
                    checkUrl: "\(checkingPage)?code=\($0.code.text)", contentSha256: $0.digest,
                    documentSha256: $0.fileDigest)
            })
    }
}

/// What was signed about a case, with the codes by which it is checked.
struct OpinionVersionList: Described {
    let versions: [OpinionVersionShown]
    static let schema = Schema<OpinionVersionList>.object(
        OpinionVersionList.init(versions:), Field("versions", \.versions, .list(OpinionVersionShown.schema)))
}

/// A signed opinion or addendum, with its code.
struct OpinionVersionShown: Described {
    let version: Int
    let kind: String
    let signedBy: String
    let signedAt: Instant
    let code: String
    let checkUrl: String
    let contentSha256: String
    let documentSha256: String?

    static let schema = Schema<OpinionVersionShown>.object(
        OpinionVersionShown.init(version:kind:signedBy:signedAt:code:checkUrl:contentSha256:documentSha256:),
        Field("version", \.version, .int(1...1_000_000)), Field("kind", \.kind, .string(1...20)),
        Field("signedBy", \.signedBy, .string(0...300)), Field("signedAt", \.signedAt, Instant.schema),
        Field("code", \.code, .string(1...64)), Field("checkUrl", \.checkUrl, .string(1...2000)),
        Field("contentSha256", \.contentSha256, .string(64...64), note: "Of what was signed"),
        Field(
            "documentSha256", \.documentSha256, .optional(.string(64...64)),
            note: "Of the PDF, once somebody has asked for it"))
}
