internal import PluginAPI

/// A second expert reads a case beside its own, says whether they agree, and is heard by the first expert and the desk; the
/// customer sees it where it is released, with the delivered opinion.
extension MedicalOpinion {
    static let secondReadRoutes: [Route<Self>] = {
        let one = "/v1/staff/cases/{caseNumber}/second-read"
        return [
            .post(
                one, .transactional(Self.askSecondReader), needs: .permission(.triageCases),
                refuses: [SecondReadRefusal.self, MatchingRefusal.self],
                "Asks a second expert to read a case in review; whoever was asked before is asked no more."),
            .get(
                one, .reading(Self.secondReads), needs: .permission(.readCases, of: Self.readSubject),
                "Who was asked, what they said; for both experts, the draft."),
            .delete(
                one, .transactional(Self.withdrawSecondRead), needs: .permission(.triageCases),
                refuses: [SecondReadRefusal.self], "Asks the second expert no more; the case goes on."),
            .post(
                one + "/opinion", .transactional(Self.signSecondRead),
                needs: .permission(.reviewCases, of: Self.readSubject),
                refuses: [SecondReadRefusal.self, CaseRefusal.self],
                "The second expert's opinion, signed; the case goes back to the first."),
            .post(
                one + "/release", .transactional(Self.releaseSecondRead),
                needs: .permission(.readCases, of: Self.ownSubject), status: 200, refuses: [SecondReadRefusal.self],
                "Lets the customer see what the second expert said, once the opinion is delivered."),
            .get(
                "/v1/staff/second-reads", .reading(Self.ownSecondReads), needs: .own(.reviewCases),
                "What the caller is asked to read beside its own expert, and has read."),
            .get(
                "/v1/portal/cases/{caseNumber}/second-read", .reading(Self.releasedSecondRead),
                needs: .permission(.readCases, of: Self.ownSubject),
                "What a second expert said of the case, where it was released."),
        ]
    }()

    func secondReads(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> SecondReadList
    {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        let me = call.caller.principal.person
        let reads = try tx.secondReads(of: row)
        var draft: Sealed<OpinionContent>?
        if me == row.expert || reads.contains(where: { $0.expert == me && $0.state == .asked }) {
            draft = try tx.value(
                "SELECT content FROM medicalopinion_opinion WHERE case_id = \(row.id) AND kind = 'opinion' AND signed_at IS NULL"
            )
        }
        return SecondReadList(reads: reads.map { SecondReadShown($0) }, draft: draft?.value)
    }

    func ownSecondReads(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> OwnSecondReads {
        let rows: [SecondReadRow] = try tx.all(
            SecondReadRow.select
                + "WHERE expert_id = \(call.caller.id) AND state <> 'withdrawn' ORDER BY state, seq DESC LIMIT 200")
        var reads: [OwnSecondRead] = []
        for row in rows {
            let found: CaseRow? = try tx.first(CaseRow.select + "WHERE id = \(row.caseID)")
            guard let found else { continue }
            reads.append(
                OwnSecondRead(
                    caseNumber: found.number, specialty: found.specialty, state: row.state, askedAt: row.askedAt,
                    signedAt: row.signedAt))
        }
        return OwnSecondReads(reads: reads)
    }

    func releasedSecondRead(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> ReleasedRead
    {
        guard let row = try tx.secondOpinion(named.caseNumber), let read = try releasedRead(of: row, tx) else {
            throw Problem.notFound
        }
        return read
    }

    /// What the customer may see of a second expert's opinion; nil until it was released and the first was delivered.
    func releasedRead(of row: CaseRow, _ tx: borrowing ReadTransaction) throws -> ReleasedRead? {
        guard row.deliveredAt != nil, let read = try tx.secondReads(of: row).first(where: { $0.releasedAt != nil }),
            let agrees = read.agrees, let text = read.text, let signedAt = read.signedAt
        else { return nil }
        let signer = [read.expertName, read.expertTitle].filter { !$0.isEmpty }.joined(separator: ", ")
        return ReleasedRead(agrees: agrees, text: text, signedBy: signer, signedAt: signedAt)
    }

    /// The case that a route names, which is its second reader's to read, too, as long as they are asked.
    func readSubject(_ named: some NamesCase, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try readSubject(of: named.caseNumber, tx)
    }

    func readSubject(of number: String, _ tx: borrowing ReadTransaction) throws -> Subject? {
        guard let row = try tx.secondOpinion(number) else { return nil }
        guard row.state == .secondRead, let open = try tx.openSecondRead(of: row) else { return row.subject }
        return Subject(
            row.subject.kind, id: row.subject.id, owner: row.subject.owner,
            assignees: row.subject.assignees.union([open.expert]))
    }
}
