import PluginAPI
import Testing

private struct Note: Described {
    var id: String
    var text: String
    static let schema = Schema.object(
        Self.init(id:text:), Field("id", \.id, .string(1...40), in: .path), Field("text", \.text, .string(1...80)))
}

private struct NoteShown: Described {
    var text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(0...80)))
}

private struct Notes: Plugin {
    static let write = Permission("write:notes", "Write notes")
    static let manifest = Manifest<Self>(
        id: "notes", summary: "Keeps notes.", dialect: .clinic, prefixes: ["/notes"], permissions: [write],
        roles: [Role("writer", "Writes.", needs: .any, allows: [.init(write, .own)])],
        migrations: [Migration("001-notes", "CREATE TABLE notes_note (id TEXT PRIMARY KEY)")],
        routes: [
            .get("/notes", .reading(Self.list), needs: .member),
            .get("/notes/about", .asynchronous(Self.about), needs: .anyone(because: "it says what the plugin is")),
            .put("/notes/{id}", .transactional(Self.put), needs: .permission(write, of: Self.subject)),
        ])

    init(settings: Nothing, services: Services) {}
    func list(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [NoteShown] { [] }
    func about(_ call: Call<Anyone>) async throws -> NoteShown { NoteShown(text: "Keeps notes.") }
    func put(_ note: Note, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoteShown {
        try tx.run("INSERT INTO notes_note (id) VALUES (\(note.id))")
        return NoteShown(text: note.text)
    }
    func subject(_ note: Note, _ tx: borrowing ReadTransaction) throws -> Subject? { nil }
}

private struct Faulty: Plugin {
    static let manifest = Manifest<Self>(
        id: "Faulty one", summary: "", dialect: .clinic, prefixes: ["/faulty"], permissions: [Permission("oops")],
        roles: [Role("r", "", needs: .any, allows: [.init(Permission("read:x"), .own)])],
        migrations: [Migration("002-b", ""), Migration("001-a", "")],
        routes: [
            .get("/faulty/{id}", .reading(Self.get), needs: .permission(Permission("read:x"))),
            .get("/faulty/{name}", .reading(Self.get), needs: .member),
            .get("/faulty/beside", .reading(Self.beside), needs: .member),
            .post("/elsewhere", .asynchronous(Self.make), needs: .anyone(because: "test")),
        ],
        notices: [NoticeType("n", "", channels: [.sms], placeholders: [], texts: ["de": .init(body: "{who}")])],
        personalData: [PersonalData(table: "other_table", person: "p", exported: [], erasure: .delete)])
    init(settings: Nothing, services: Services) {}
    func get(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> NoteShown { NoteShown(text: "") }
    func make(_ call: Call<Member>) async throws -> NoteShown { NoteShown(text: "") }
    func beside(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Annotated<NoteShown, NoteShown> {
        Annotated(NoteShown(text: ""), metadata: NoteShown(text: ""))
    }
}

@Suite struct `A manifest` {
    @Test func `without faults has none`() { #expect(Notes.manifest.faults == []) }

    @Test func `lists every fault`() {
        let faults = Faulty.manifest.faults.joined(separator: "\n")
        for words in [
            "the id \"Faulty one\"", "the permission oops", "allows read:x", "needs read:x",
            "the route GET /faulty/{} is declared twice",
            "the path has [\"id\"]", "/elsewhere lies outside", "is for anyone, but its handler takes a signed-in",
            "a POST that creates is transactional", "not in the order", "no English text", "uses {who} in de",
            "other_table", "/faulty/beside answers with metadata",
        ] { #expect(faults.contains(words), "missing: \(words)") }
    }

    @Test func `knows its routes without an instance`() {
        let put = Notes.manifest.routes[2].declaration
        #expect(put.method == .put && put.kind == .transactional && put.pathParameters == ["id"] && put.hasBody)
        #expect(put.access == .permission(Notes.write) && put.checksSubject)
    }
}

@Suite struct `Permissions and reach` {
    @Test func `a star covers a part`() {
        #expect(Permission("read:*").covers(Permission("read:x")))
        #expect(!Permission("read:*").covers(Permission("write:x")))
        #expect(Permission("*:x").covers(Permission("write:x")))
        #expect(!Permission("read:x").covers(Permission("read:*")))
    }

    @Test func `the widest grant counts and branches add up`() {
        let ann = PersonID(rawValue: "usr_a")
        let read = Permission("read:x")
        func reach(_ grants: [Grant]) -> Reach? {
            Principal(person: ann, grants: grants, methods: [], session: nil).reach(of: read)
        }
        #expect(reach([]) == nil)
        #expect(reach([Grant(read, .own(ann)), Grant(Permission("read:*"), .tenant)]) == .tenant)
        #expect(reach([Grant(read, .branches(["a"])), Grant(read, .branches(["b"]))]) == .branches(["a", "b"]))
        #expect(reach([Grant(Permission("write:x"), .tenant)]) == nil)
    }

    @Test func `a reach covers only its own subjects`() {
        let ann = PersonID(rawValue: "usr_a"), bob = PersonID(rawValue: "usr_b")
        let subject = Subject("x", id: "1", owner: ann, branch: "north", assignees: [bob])
        #expect(Reach.own(ann).covers(subject) && !Reach.own(bob).covers(subject))
        #expect(Reach.assigned(bob).covers(subject) && !Reach.assigned(ann).covers(subject))
        #expect(Reach.branches(["north"]).covers(subject) && !Reach.branches(["south"]).covers(subject))
        #expect(Reach.own(ann).condition(owner: "customer_id").text == "customer_id = ?")
        #expect(Reach.branches(["n"]).condition(owner: "customer_id").text == "1 = 0")
    }
}

@Suite struct `Text for people` {
    @Test func `HTML escapes what is interpolated`() {
        let name = "<b>&\"'"
        let page: HTML = "<p title=\"\(name)\">\(["x", "<"].map { "<i>\($0)</i>" as HTML })</p>"
        #expect(page.text == "<p title=\"&lt;b&gt;&amp;&quot;&#39;\"><i>x</i><i>&lt;</i></p>")
        #expect(("<a href=\"\(link: "javascript:alert(1)")\">" as HTML).text == "<a href=\"#\">")
        #expect(("<a href=\"\(link: "//evil.example")\">" as HTML).text == "<a href=\"#\">")
    }

    @Test func `placeholders are filled once`() {
        let text = Placeholders.fill("Hi {name}, {x}! {not a name}") { $0 == "name" ? "{x}" : "y" }
        #expect(text == "Hi {x}, y! {not a name}")
    }
}
