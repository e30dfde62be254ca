internal import PluginAPI

extension LegalCases {
    static let holdRoutes: [Route<Self>] = [
        .get(
            "/api/staff/holds/", .reading(Self.holds), needs: .listing(.readDocuments),
            "Legal holds of the cases that the caller sees, the newest first."),
        .post(
            "/api/staff/documents/{document_id}/hold/", .transactional(Self.holdDocument),
            needs: .permission(.holdDocuments, of: Self.documentToHold),
            "Puts a document under legal hold: nothing deletes it, an erasure neither."),
        .post(
            "/api/staff/cases/{case_id}/legal-hold/", .transactional(Self.holdCase),
            needs: .permission(.holdDocuments, of: Self.caseToHold),
            "Puts a case's documents and tasks under legal hold, those to come too."),
        .post(
            "/api/staff/holds/{hold_id}/release/", .transactional(Self.releaseHold),
            needs: .permission(.holdDocuments, of: Self.caseOfHold), status: 200, refuses: [HoldRefusal.self],
            "Ends a legal hold."),
    ]

    static let markHeldFiles = JobName<HeldFiles>("mark-held-files")

    func markHeld(_ files: HeldFiles, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.markFiles(of: files.matter, document: nil, after: files.after)
    }

    func documentToHold(_ asked: DocumentToHold, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: asked.id)
    }

    func caseToHold(_ asked: CaseToHold, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.matter(asked.id).map { $0.subject("case", $0.id) }
    }

    func caseOfHold(_ named: HoldNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.hold(named.id).flatMap { hold in try tx.matter(hold.matter).map { $0.subject("case", $0.id) } }
    }

    /// `GET /api/staff/holds/`
    func holds(_ asked: HoldsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<HoldShown> {
        guard let reach = call.reach else { throw Problem.forbidden }
        var conditions: [SQL] = asked.active.map { ["(released_at IS NULL) = \($0)"] } ?? []
        if let matter = asked.matter { conditions.append("matter_id = \(matter)") }
        if let matters = try tx.matters(within: reach) {
            conditions.append("matter_id IN \(SQL.numbers(matters))")
        }
        let (page, limit) = asked.range
        let rows: [HoldRow] = try tx.all(
            "SELECT * FROM legalcases_hold"
                + (conditions.isEmpty ? "" : "WHERE" + SQL.joined(conditions, by: " AND "))
                + "ORDER BY id DESC LIMIT \(limit + 1) OFFSET \((page - 1) * limit)")
        var shown: [HoldShown] = []
        for row in rows.prefix(limit) { shown.append(try tx.shown(row)) }
        return Page(
            shown, PageNumbers(page: page, limit: limit, shown: shown.count, hasMore: rows.count > limit))
    }

    /// `POST /api/staff/documents/{document_id}/hold/`
    func holdDocument(_ asked: DocumentToHold, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> HoldShown {
        guard let row = try tx.document(asked.id) else { throw Problem.notFound }
        return try hold(row.matter, document: row.id, because: asked.reason, tx, call)
    }

    /// `POST /api/staff/cases/{case_id}/legal-hold/`
    func holdCase(_ asked: CaseToHold, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> HoldShown {
        try hold(asked.id, document: nil, because: asked.reason, tx, call)
    }

    private func hold(
        _ matter: Int, document: Int?, because reason: String, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> HoldShown {
        guard let found = try tx.matter(matter) else { throw Problem.notFound }
        let hold = try tx.place(
            holdOn: matter, document: document, because: reason, by: call.caller.principal.person)
        try tx.audit(
            AuditEntry(
                "hold.placed", on: document.map { found.subject("document", $0) } ?? found.subject("case", matter),
                details: ["hold": .integer(Int64(hold.id)), "reason": .string(reason)]))
        return try tx.shown(hold)
    }

    /// `POST /api/staff/holds/{hold_id}/release/`
    func releaseHold(_ named: HoldNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> HoldShown {
        guard let hold = try tx.hold(named.id), let found = try tx.matter(hold.matter) else { throw Problem.notFound }
        guard hold.releasedAt == nil else { throw HoldRefusal.released }
        let released = try tx.release(hold, by: call.caller.principal.person)
        try tx.audit(
            AuditEntry(
                "hold.released",
                on: hold.document.map { found.subject("document", $0) } ?? found.subject("case", hold.matter),
                details: ["hold": .integer(Int64(hold.id))]))
        return try tx.shown(released)
    }
}

extension Reading where Self: ~Copyable {
    borrowing func shown(_ hold: HoldRow) throws(StoreError) -> HoldShown {
        HoldShown(
            id: hold.id, matter: hold.matter, document: hold.document, reason: hold.reason,
            placedBy: try named(hold.placedBy), placedAt: hold.placedAt, releasedBy: try named(hold.releasedBy),
            releasedAt: hold.releasedAt)
    }
}
