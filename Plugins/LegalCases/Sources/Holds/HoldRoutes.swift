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
            "/api/staff/cases/{case_id}/hold/", .transactional(Self.holdCase),
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
            let list = JSON.array(matters.map { .integer(Int64($0)) }).text
            conditions.append("matter_id IN (SELECT value FROM json_each(\(list)))")
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

    /// `POST /api/staff/cases/{case_id}/hold/`
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

/// Why a hold stays as it is.
enum HoldRefusal: Refusal {
    case released

    var problem: Problem {
        switch self {
        case .released: .conflict("HOLD_RELEASED", "The hold has been released already.")
        }
    }
}

/// A legal hold on the wire.
struct HoldShown: Described {
    let id: Int
    let matter: Int
    let document: Int?
    let reason: String
    let placedBy: PersonNamed?
    let placedAt: Instant
    let releasedBy: PersonNamed?
    let releasedAt: Instant?

    static let schema = Schema<HoldShown>.object(
        HoldShown.init(id:matter:document:reason:placedBy:placedAt:releasedBy:releasedAt:),
        Field("id", \.id, .number), Field("case", \.matter, .number),
        Field("document", \.document, .optional(.number), note: "null for the whole case"),
        Field("reason", \.reason, .string(0...2000)), Field("placed_by", \.placedBy, .optional(PersonNamed.schema)),
        Field("placed_at", \.placedAt, Instant.schema),
        Field("released_by", \.releasedBy, .optional(PersonNamed.schema)),
        Field("released_at", \.releasedAt, .optional(Instant.schema)))
}

/// A document that is to be held.
struct DocumentToHold: Described {
    let id: Int
    let reason: String

    static let schema = Schema<DocumentToHold>.object(
        DocumentToHold.init(id:reason:), Field("document_id", \.id, .number, in: .path),
        Field("reason", \.reason, .string(1...2000)))
}

/// A case that is to be held.
struct CaseToHold: Described {
    let id: Int
    let reason: String

    static let schema = Schema<CaseToHold>.object(
        CaseToHold.init(id:reason:), Field("case_id", \.id, .number, in: .path),
        Field("reason", \.reason, .string(1...2000)))
}

/// One hold.
struct HoldNamed: Described {
    let id: Int
    static let schema = Schema<HoldNamed>.object(HoldNamed.init(id:), Field("hold_id", \.id, .number, in: .path))
}

/// Which holds are asked for.
struct HoldsAsked: Described {
    let matter: Int?
    let active: Bool?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<HoldsAsked>.object(
        HoldsAsked.init(matter:active:page:pageSize:), Field("case", \.matter, .optional(.number), in: .query),
        Field("active", \.active, .optional(.bool), in: .query),
        Field("page", \.page, .optional(.int(1...1_000_000)), in: .query),
        Field("page_size", \.pageSize, .optional(.int(1...200)), in: .query))

    var range: (page: Int, limit: Int) { page == nil && pageSize == nil ? (1, 200) : (page ?? 1, pageSize ?? 50) }
}
