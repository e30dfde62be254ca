import PluginAPI

/// Notes that people keep for themselves.
struct Notes: Plugin {
    static let manifest = Manifest<Self>(
        id: "notes",
        summary: "Notes that people keep for themselves.",
        dialect: .problem,
        prefixes: ["/notes"],
        permissions: [.readNotes, .writeNotes],
        roles: [
            Role(
                "writer", "Keeps notes.", needs: .any,
                allows: [.init(.readNotes, .own), .init(.writeNotes, .own)])
        ],
        migrations: [
            Migration(
                "001-notes",
                """
                CREATE TABLE notes_note (
                    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, text TEXT NOT NULL, created_at INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX notes_note_person ON notes_note (person_id, created_at);
                """)
        ],
        routes: [
            .get("/notes", .reading(Self.list), needs: .own(.readNotes), "The caller's notes."),
            .post(
                "/notes", .transactional(Self.add), needs: .own(.writeNotes), refuses: [NoteRefusal.self],
                "Keeps a note."),
            .get(
                "/notes/{id}", .reading(Self.note), needs: .permission(.readNotes, of: Self.subject), "One note."),
        ],
        events: [.event(NoteAdded.self)],
        limits: [RateLimit(per: .person, [RateLimit.Window(60, each: .seconds(60))])],
        personalData: [
            PersonalData(
                table: "notes_note", person: "person_id", exported: ["text", "created_at"], erasure: .delete)
        ])

    let settings: NoteSettings

    init(settings: NoteSettings, services: Services) { self.settings = settings }

    func list(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Note] {
        try tx.all("SELECT * FROM notes_note WHERE person_id = \(call.caller.id) ORDER BY created_at DESC LIMIT 100")
    }

    func add(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Note {
        let kept: Int? = try tx.value("SELECT count(*) FROM notes_note WHERE person_id = \(call.caller.id)")
        guard kept ?? 0 < settings.maximum else { throw NoteRefusal.tooMany }
        let note = Note(id: tx.newID("not"), text: new.text, createdAt: call.now)
        try tx.run(
            """
            INSERT INTO notes_note (id, person_id, text, created_at)
            VALUES (\(note.id), \(call.caller.id), \(note.text), \(note.createdAt.microseconds))
            """)
        let subject = Subject("note", id: note.id, owner: call.caller.id)
        try tx.publish(NoteAdded(id: note.id), about: subject, to: .holders(of: .readNotes))
        try tx.audit(AuditEntry("note.added", on: subject))
        return note
    }

    func note(_ named: NoteNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Note {
        guard let note: Note = try tx.first("SELECT * FROM notes_note WHERE id = \(named.id)") else {
            throw Problem.notFound
        }
        return note
    }

    /// The note that a route names: whose it is decides who is told that it exists.
    func subject(_ named: NoteNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let owner: PersonID? = try tx.value("SELECT person_id FROM notes_note WHERE id = \(named.id)")
        return owner.map { Subject("note", id: named.id, owner: $0) }
    }
}

extension Permission {
    static let readNotes = Permission("read:notes", "See notes")
    static let writeNotes = Permission("write:notes", "Keep notes")
}

/// What a company may configure.
struct NoteSettings: Described {
    let maximum: Int
    static let schema = Schema.object(
        Self.init(maximum:),
        Field("maximum", \.maximum, .int(1...10_000), default: 1000, note: "Notes that a person may keep"))
}

/// A note, as its owner sees it.
struct Note: Described, Record {
    let id: String
    let text: String
    let createdAt: Instant

    static let schema = Schema.object(
        Self.init(id:text:createdAt:), Field("id", \.id, .string(1...64)), Field("text", \.text, .string(1...10_000)),
        Field("createdAt", \.createdAt, Instant.schema))

    init(id: String, text: String, createdAt: Instant) {
        self.id = id
        self.text = text
        self.createdAt = createdAt
    }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        text = try row.get("text")
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}

/// The body of a new note.
struct NewNote: Described {
    let text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(1...10_000)))
}

/// The input of routes about one note.
struct NoteNamed: Described {
    let id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// Why a note is not kept.
enum NoteRefusal: Refusal {
    case tooMany
    var problem: Problem {
        switch self {
        case .tooMany: .conflict("TOO_MANY_NOTES", "You keep as many notes as can be. Remove one first.")
        }
    }
}

/// Somebody kept a note.
struct NoteAdded: Event {
    static let name = "notes.added"
    let id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64)))
}
