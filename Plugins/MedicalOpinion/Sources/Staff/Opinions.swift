internal import PluginAPI

/// How an opinion comes to be: saved as often as its expert likes, signed once with a fresh sign-in, added to later.
extension MedicalOpinion {
    func saveOpinion(_ new: OpinionWritten, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> OpinionDraft {
        let row = try caseToWrite(new.caseNumber, tx, call)
        guard CaseAct.deliver.transition.from.contains(row.state) else { throw CaseAct.refusal(in: row.state) }
        let version = try keepDraft(new.content, of: row, by: call.caller.principal.person, tx)
        return OpinionDraft(version: version, savedAt: tx.now)
    }

    func signOpinion(_ new: OpinionWritten, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        let row = try caseToWrite(new.caseNumber, tx, call)
        _ = try CaseAct.deliver.applied(to: row.state)
        try requireFreshSignIn(call)
        let signed = try sign(new, row, by: call.caller.principal.person, tx)
        return try tx.reading { try shown(signed, $0) }
    }

    /// Signs what is given, or what was kept before, and delivers it.
    func sign(
        _ new: OpinionWritten, _ row: CaseRow, by expert: PersonID, _ tx: borrowing Transaction
    ) throws -> CaseRow {
        if !new.isEmpty { _ = try keepDraft(new.content, of: row, by: expert, tx) }
        let signed = try tx.run(
            """
            UPDATE medicalopinion_opinion SET signed_at = \(tx.now.microseconds)
            WHERE case_id = \(row.id) AND kind = 'opinion' AND signed_at IS NULL
            """)
        guard signed > 0 else { throw CaseRefusal.nothingToSign }
        try tx.attach(new.attachments, to: row.subject)
        try issueCodes(for: row, tx)
        return try move(row, .deliver, by: expert, tx)
    }

    func addAddendum(_ new: CaseWords, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        let row = try caseToWrite(new.caseNumber, tx, call)
        guard row.deliveredAt != nil, [.opinionReady, .completed].contains(row.state.status) else {
            throw CaseAct.refusal(in: row.state)
        }
        try requireFreshSignIn(call)
        let content = OpinionContent(text: new.text, summary: "", findings: "", recommendations: "")
        try tx.run(
            """
            INSERT INTO medicalopinion_opinion (id, case_id, kind, expert_id, content, version, saved_at, signed_at)
            VALUES (\(tx.newID("opn")), \(row.id), 'addendum', \(call.caller.principal.person), \(Sealed(content)), 1,
                \(tx.now.microseconds), \(tx.now.microseconds))
            """)
        try issueCodes(for: row, tx)
        try tx.audit(AuditEntry("opinion.addendum", on: row.subject))
        try tell(.opinionAddendum, of: row, tx)
        return try tx.reading { try shown(row, $0) }
    }

    private func caseToWrite(_ number: String, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseRow {
        guard let row = try tx.secondOpinion(number), row.state != .draft else { throw Problem.notFound }
        guard row.expert == call.caller.principal.person else { throw CaseRefusal.notItsExpert }
        return row
    }

    func requireFreshSignIn(_ call: Call<Member>) throws(CaseRefusal) {
        guard let signedIn = call.caller.principal.signedInAt,
            call.now <= signedIn + .seconds(settings.signingMinutes * 60)
        else { throw .signInAgain }
    }

    private func keepDraft(
        _ content: OpinionContent, of row: CaseRow, by expert: PersonID, _ tx: borrowing Transaction
    ) throws -> Int {
        try tx.value(
            """
            INSERT INTO medicalopinion_opinion (id, case_id, kind, expert_id, content, version, saved_at)
            VALUES (\(tx.newID("opn")), \(row.id), 'opinion', \(expert), \(Sealed(content)), 1, \(tx.now.microseconds))
            ON CONFLICT (case_id, kind) WHERE signed_at IS NULL DO UPDATE SET content = excluded.content,
                expert_id = excluded.expert_id, version = version + 1, saved_at = excluded.saved_at RETURNING version
            """) ?? 1
    }
}

/// An opinion as its expert writes it.
struct OpinionWritten: NamesCase {
    let caseNumber: String
    let text: String
    let summary: String
    let findings: String
    let recommendations: String
    let attachments: [FileID]

    var content: OpinionContent {
        OpinionContent(text: text, summary: summary, findings: findings, recommendations: recommendations)
    }
    /// Whether nothing is said: then what was saved before is meant.
    var isEmpty: Bool { text.isEmpty && summary.isEmpty && findings.isEmpty && recommendations.isEmpty }

    static let schema = Schema<OpinionWritten>.object(
        OpinionWritten.init(caseNumber:text:summary:findings:recommendations:attachments:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("text", \.text, .string(0...50_000), default: ""),
        Field("summary", \.summary, .string(0...5000), default: "", note: "In plain language"),
        Field("findings", \.findings, .string(0...20_000), default: ""),
        Field("recommendations", \.recommendations, .string(0...20_000), default: ""),
        Field("attachments", \.attachments, .list(FileID.schema, 0...50), default: []))
}

/// What was saved.
struct OpinionDraft: Described {
    let version: Int
    let savedAt: Instant
    static let schema = Schema<OpinionDraft>.object(
        OpinionDraft.init(version:savedAt:), Field("version", \.version, .int(1...1_000_000_000)),
        Field("savedAt", \.savedAt, Instant.schema))
}
