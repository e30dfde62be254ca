internal import PluginAPI

extension LegalCases {
    /// What the team writes down for itself; no client is ever shown it.
    static let noteRoutes: [Route<Self>] = [
        .get(
            "/api/staff/cases/{case_id}/notes/", .reading(Self.notes),
            needs: .permission(.readCases, of: Self.caseSubject), "The team's own notes, the newest in front."),
        .post(
            "/api/staff/cases/{case_id}/notes/", .transactional(Self.addNote),
            needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self], "Writes a note."),
    ]
    /// `GET /api/staff/cases/{case_id}/notes/`
    func notes(_ asked: NotesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<NoteShown> {
        let from: SQL = "FROM legalcases_note WHERE matter_id = \(asked.id)"
        let total: Int = try tx.value("SELECT count(*)" + from) ?? 0
        let rows: [NoteRow] = try tx.all("SELECT *" + from + "ORDER BY id DESC" + asked.paging.rows)
        var items: [NoteShown] = []
        for row in rows { items.append(try tx.shown(row)) }
        return asked.paging.of(items, total: total)
    }

    /// `POST /api/staff/cases/{case_id}/notes/`
    func addNote(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoteShown {
        guard let matter = try tx.matter(new.id) else { throw Problem.notFound }
        guard matter.state != .archived else { throw CaseRefusal.closed }
        let author = call.caller.principal.person
        let row: NoteRow = try tx.one(
            """
            INSERT INTO legalcases_note (matter_id, author, text, created_at)
            VALUES (\(matter.id), \(author), \(new.text), \(tx.now.microseconds)) RETURNING *
            """)
        try tx.audit(AuditEntry("note.added", on: matter.subject("note", row.id)))
        return try tx.shown(row)
    }
}

/// A note.
struct NoteRow: Record {
    let id: Int
    let author: PersonID?
    let text: String
    let createdAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        author = try row.get("author")
        text = try row.get("text")
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}

extension Reading where Self: ~Copyable {
    fileprivate borrowing func shown(_ row: NoteRow) throws(StoreError) -> NoteShown {
        NoteShown(id: row.id, author: try named(row.author), text: row.text, createdAt: row.createdAt)
    }
}

/// A note as answers show it.
struct NoteShown: Described {
    let id: Int
    let author: PersonNamed?
    let text: String
    let createdAt: Instant

    static let schema = Schema<NoteShown>.object(
        NoteShown.init(id:author:text:createdAt:), Field("id", \.id, .number),
        Field("author", \.author, .optional(PersonNamed.schema)), Field("text", \.text, .string(1...20_000)),
        Field("created_at", \.createdAt, Instant.schema))
}

/// A note that is written.
struct NewNote: NamesCase {
    let id: Int
    let text: String

    static let schema = Schema<NewNote>.object(
        NewNote.init(id:text:), Field("case_id", \.id, .number, in: .path), Field("text", \.text, .string(1...20_000)))
}

/// Which notes are asked for.
struct NotesAsked: NamesCase {
    let id: Int
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<NotesAsked>.object(
        NotesAsked.init(id:page:pageSize:), Field("case_id", \.id, .number, in: .path),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var paging: PageAsked { PageAsked(page: page, pageSize: pageSize) }
}
