import PluginAPI

/// Names the dialect of a desk.
protocol DeskDialect: Sendable { static var dialect: Dialect { get } }
enum InEnvelope: DeskDialect { static let dialect = Dialect.envelope }
enum InClinic: DeskDialect { static let dialect = Dialect.clinic }
enum InBare: DeskDialect { static let dialect = Dialect.bare }
enum InStatus: DeskDialect { static let dialect = Dialect.status }
enum InProblem: DeskDialect { static let dialect = Dialect.problem }

/// Every desk there is.
let desks: [any Plugin.Type] = [
    Desk<InEnvelope>.self, Desk<InClinic>.self, Desk<InBare>.self, Desk<InStatus>.self, Desk<InProblem>.self,
]

struct Note: Described, Record {
    var id: String
    var text: String

    init(id: String, text: String) {
        self.id = id
        self.text = text
    }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        text = try row.get("text")
    }

    static let schema = Schema.object(
        Self.init(id:text:), Field("id", \.id, .string(1...60)), Field("text", \.text, .string(1...100)))
}

struct NewNote: Described {
    var text: String
    var priority: Int
    static let schema = Schema.object(
        Self.init(text:priority:), Field("text", \.text, .string(1...100)),
        Field("priority", \.priority, .int(1...5), default: 3))
}

struct Named: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...100), in: .path))
}

/// The form of a page, which says where to go on.
struct Sheet: Described {
    var next: String
    static let schema = Schema.object(Self.init(next:), Field("next", \.next, .string(1...100), in: .form))
}

struct Shown: Described {
    var name: String
    static let schema = Schema.object(
        Self.init(name:), Field("name", \.name, .string(1...40), in: .query, default: "nobody"))
}

struct Counted: Described {
    var count: Int
    static let schema = Schema.object(Self.init(count:), Field("count", \.count, .int(0...Int(Int32.max))))
}

enum DeskRefusal: Refusal {
    case full
    var problem: Problem { .conflict("DESK_FULL", "No room on the desk.") }
}

/// Nobody outside may read this.
struct InnerFault: Error { var secret = "password of the database" }

/// A plugin with a route of every kind, in any dialect, under a prefix named after it.
struct Desk<D: DeskDialect>: Plugin {
    static var word: String { D.dialect.rawValue }
    static var see: Permission { Permission("read:notes", "See notes") }
    static var audit: Permission { Permission("audit:notes", "Audit notes") }

    static var manifest: Manifest<Self> {
        let base = "/\(word)"
        return Manifest<Self>(
            id: "desk-\(word)", summary: "A desk.", dialect: D.dialect, prefixes: [base], permissions: [see, audit],
            roles: [
                Role("guest", "", needs: .any, allows: [.init(see, .own)]),
                Role("clerk", "", needs: .passwordOrFederated, allows: [.init(see, .tenant), .init(audit, .tenant)]),
            ],
            migrations: [
                Migration("001", "CREATE TABLE desk\(word)_note (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT")
            ],
            signIns: [
                .phone(
                    PhoneSignInPaths(
                        request: base + "/auth", verify: base + "/auth/verify", refresh: base + "/auth/refresh",
                        logout: base + "/auth/logout"), role: "guest", member: "guest", account: Self.account,
                    enrol: Self.enrol)
            ],
            routes: [
                .get(base + "/notes", .reading(Self.list), needs: .anyone(because: "test")),
                .post(
                    base + "/notes", .transactional(Self.add), needs: .anyone(because: "test"),
                    refuses: [DeskRefusal.self]),
                .get(base + "/notes/{id}", .reading(Self.get), needs: .anyone(because: "test")),
                .delete(base + "/notes/{id}", .transactional(Self.remove), needs: .anyone(because: "test")),
                .get(base + "/me", .reading(Self.me), needs: .member),
                .get(
                    base + "/metered", .reading(Self.me), needs: .member,
                    limits: [.per(.person, .init(3, each: .seconds(60)))], keepsAnswers: true),
                .post(base + "/mine", .transactional(Self.addMine), needs: .member),
                .get(base + "/seen", .reading(Self.me), needs: .own(see)),
                .get(base + "/audits", .reading(Self.me), needs: .permission(audit)),
                .get(base + "/people/{id}", .reading(Self.person), needs: .permission(see, of: Self.subject)),
                .get(base + "/broken", .reading(Self.broken), needs: .anyone(because: "test")),
                .post(
                    base + "/later", .asynchronous(Self.later), needs: .anyone(because: "test"), status: 200),
                .post(
                    base + "/blobs", .receiving(Self.blob), needs: .anyone(because: "test"),
                    notTransactionalBecause: "it only counts"),
                .get(base + "/file", .asynchronous(Self.file), needs: .anyone(because: "test")),
                .get(base + "/card", .reading(Self.card), needs: .anyone(because: "test")),
                .post(base + "/receipts", .transactional(Self.receipt), needs: .anyone(because: "test")),
                .post(base + "/sheets", .transactional(Self.sheet), needs: .member, status: 303),
                .get(
                    base + "/limited", .reading(Self.list), needs: .anyone(because: "test"),
                    limits: [.per(.address, .init(2, each: .seconds(60)))]),
            ],
            pages: [
                PageRoute(base + "/notes", "Notes", Self.notesPage),
                PageRoute(base + "/hello", "Hello", Self.helloPage),
                PageRoute(base + "/board", "Board", Self.boardPage),
                PageRoute(base + "/ledger", "Ledger", needs: audit, Self.boardPage),
                PageRoute(base + "/ruin", "Ruin", Self.ruinPage),
                PageRoute(
                    base + "/lost", "Lost", limits: [RateLimit(per: .address, [.init(3, each: .seconds(60))])],
                    Self.lostPage),
            ])
    }

    init(settings: Nothing, services: Services) {}

    private static func sql(_ text: String) -> SQL { SQL(stringLiteral: text) }
    private var table: SQL { Self.sql("desk\(Self.word)_note") }

    func sheet(_ sheet: Sheet, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        if sheet.next == "full" { throw DeskRefusal.full }
        return SeeOther(sheet.next)
    }

    func lostPage(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) -> PageAnswer {
        PageAnswer("<h1>Perdu</h1>", status: 404, title: "Perdu", language: Language("fr"))
    }

    func account(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> Named { Named(id: person.rawValue) }
    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {}

    func list(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Page<Note> {
        let notes = try tx.all("SELECT * FROM" + table + "ORDER BY id", as: Note.self)
        return Page(notes, PageNumbers(page: 1, limit: 20, total: notes.count))
    }

    func get(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Note {
        guard let note = try tx.first("SELECT * FROM" + table + "WHERE id = \(named.id)", as: Note.self) else {
            throw Problem.notFound
        }
        return note
    }

    func add(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Note {
        if new.text == "full" { throw DeskRefusal.full }
        let note = Note(id: tx.newID("nte"), text: new.text)
        try tx.run("INSERT INTO" + table + "(id, text) VALUES (\(note.id), \(note.text))")
        if new.text == "fault" { throw InnerFault() }
        return note
    }

    func remove(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> NoContent {
        guard try tx.run("DELETE FROM" + table + "WHERE id = \(named.id)") > 0 else { throw Problem.notFound }
        return NoContent()
    }

    func addMine(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Note {
        try tx.audit(AuditEntry("note.added", on: Subject("note", id: "1", owner: call.caller.id)))
        return Note(id: tx.newID("nte"), text: new.text)
    }

    func me(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Named {
        Named(id: call.caller.id.rawValue)
    }

    func person(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Named { named }
    func subject(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        named.id == "nobody" ? nil : Subject("person", id: named.id, owner: PersonID(rawValue: named.id))
    }

    func broken(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Note { throw InnerFault() }

    func later(_ new: NewNote, _ call: Call<Anyone>) async throws -> Note {
        let table = table
        try await call.store.write { tx in
            _ = try tx.run("INSERT INTO" + table + "(id, text) VALUES (\(tx.newID("nte")), \(new.text))")
        }
        let count = try await call.store.read { tx in try tx.value("SELECT COUNT(*) FROM" + table, as: Int.self) }
        return Note(id: "\(count ?? 0)", text: new.text)
    }

    func blob(_ nothing: Nothing, _ body: ByteStream, _ call: Call<Anyone>) async throws -> Counted {
        var count = 0
        for try await piece in body { count += piece.count }
        return Counted(count: count)
    }

    func file(_ call: Call<Anyone>) async throws -> Content {
        let stream = ByteStream {
            let left = Countdown(100)
            return { left.next().map { [UInt8](repeating: UInt8($0), count: 10_000) } }
        }
        return Content(.stream(length: nil, stream), mediaType: "application/octet-stream", fileName: "März.bin")
    }

    func card(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Content {
        Content(.bytes(Array("BEGIN:VCARD".utf8)), mediaType: "text/vcard")
    }

    func receipt(_ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Content {
        Content(.bytes(Array(tx.newID("rcp").utf8)), mediaType: "text/plain", fileName: "receipt.txt")
    }

    func notesPage(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        let notes = try tx.all("SELECT * FROM" + table + "ORDER BY id", as: Note.self)
        return "<h1>Notes</h1><ul>\(notes.map { "<li>\($0.text)</li>" as HTML })</ul>"
    }
    func helloPage(_ shown: Shown, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        "<h1>Hello \(shown.name)</h1>"
    }
    func boardPage(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> HTML {
        "<h1>Board of \(call.caller.id.rawValue)</h1>"
    }
    func ruinPage(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML { throw InnerFault() }
}
