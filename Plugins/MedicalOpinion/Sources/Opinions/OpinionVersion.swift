internal import PluginAPI

/// A signed opinion, or what was added to it, with its code.
struct OpinionVersion: Record {
    let number: Int
    /// The row of what was signed.
    let opinion: String
    let kind: String
    let content: OpinionContent
    /// As the expert was called when they signed.
    let expertName: String
    let expertTitle: String
    let signedAt: Instant
    let code: OpinionCode
    /// Of what was signed (``SignedStatement``).
    let digest: String
    /// Of the file, once there is one.
    let fileDigest: String?

    static func select(of caseID: String) -> SQL {
        """
        SELECT v.number, v.opinion_id, o.kind, o.content, v.expert_name, v.expert_title, v.signed_at, v.code,
            v.content_sha256, v.document_sha256
        FROM medicalopinion_opinion_version v JOIN medicalopinion_opinion o ON o.id = v.opinion_id
        WHERE v.case_id = \(caseID) ORDER BY v.number
        """
    }

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get(at: 0)
        opinion = try row.get(at: 1)
        kind = try row.get(at: 2)
        content = try row.get(at: 3, as: Sealed<OpinionContent>.self).value
        expertName = try row.get(at: 4)
        expertTitle = try row.get(at: 5)
        signedAt = Instant(microseconds: try row.get(at: 6))
        code = try row.get(at: 7, as: Sealed<OpinionCode>.self).value
        digest = try row.get(at: 8)
        fileDigest = try row.get(at: 9)
    }

    var isAddendum: Bool { kind == "addendum" }
}

extension Reading where Self: ~Copyable {
    /// What was signed about a case, in the order in which it was.
    borrowing func opinionVersions(of row: CaseRow) throws(StoreError) -> [OpinionVersion] {
        try all(OpinionVersion.select(of: row.id))
    }
}

extension MedicalOpinion {
    /// Makes a code for whatever was signed about a case and has none yet.
    func issueCodes(for row: CaseRow, _ tx: borrowing Transaction) throws {
        var signed: [(id: String, kind: String, content: OpinionContent, expert: PersonID, at: Instant)] = []
        try tx.forEach(
            """
            SELECT id, kind, content, expert_id, signed_at FROM medicalopinion_opinion
            WHERE case_id = \(row.id) AND signed_at IS NOT NULL AND kind IN ('opinion', 'addendum')
            AND id NOT IN (SELECT opinion_id FROM medicalopinion_opinion_version WHERE case_id = \(row.id)) ORDER BY seq
            """
        ) { (line: borrowing Row) throws(StoreError) in
            signed.append(
                (
                    try line.get(at: 0), try line.get(at: 1),
                    try line.get(at: 2, as: Sealed<OpinionContent>.self).value,
                    try line.get(at: 3), Instant(microseconds: try line.get(at: 4))
                ))
        }
        guard !signed.isEmpty else { return }
        let last = try tx.opinionVersions(of: row).last
        var (number, previous) = (last?.number ?? 0, last?.digest)
        for (id, kind, content, expert, at) in signed {
            number += 1
            let signer = try tx.reading { try professional(expert, $0) }
            let statement = SignedStatement(
                caseNumber: row.number, version: number, kind: kind, professionalId: expert,
                professionalName: signer.name, professionalTitle: signer.specialization, specialty: row.specialty,
                question: row.content.question, text: content.text, summary: content.summary,
                findings: content.findings, recommendations: content.recommendations, signedAt: at, previous: previous)
            let digest = Hexadecimal.text(services.sha256(SignedStatement.schema.encode(statement)))
            let code = OpinionCode.make()
            try tx.run(
                """
                INSERT INTO medicalopinion_opinion_version (case_id, number, opinion_id, person_id, expert_id,
                    expert_name, expert_title, code, code_index, content_sha256, signed_at)
                VALUES (\(row.id), \(number), \(id), \(row.person), \(expert), \(signer.name),
                    \(signer.specialization), \(Sealed(code)), \(code.index), \(digest), \(at.microseconds))
                """)
            previous = digest
        }
    }
}
