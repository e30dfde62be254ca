import PluginTestKit

/// A note was made.
struct NoteMade: Event {
    static let name = "notes.made"
    var id: Int
    var text: String
    static let schema = Schema.object(
        Self.init(id:text:), Field("id", \.id, .int(1...1_000_000)), Field("text", \.text, .string(1...100)))
}

/// As other people's servers are told of it.
struct NoteTold: Described {
    var noteID: Int
    var text: String
    static let schema = Schema.object(
        Self.init(noteID:text:), Field("note_id", \.noteID, .int(1...1_000_000)),
        Field("text", \.text, .string(1...100)))
}

struct NewNote: Described {
    var id: Int
    var text: String
    static let schema = Schema.object(
        Self.init(id:text:), Field("id", \.id, .int(1...1_000_000)), Field("text", \.text, .string(1...100)))
}

/// A plugin that tells other people's servers what is noted, and has the webhooks at a path of its own.
struct Notes: Plugin {
    static let manifest = Manifest<Self>(
        id: "notes", summary: "Notes.", dialect: .bare, prefixes: ["/notes"],
        roles: [Role("guest", "", needs: .any, allows: [])],
        routes: [.post("/notes", .transactional(Self.add), needs: .member, "Notes.")],
        events: [.event(NoteMade.self)],
        webhooks: [.event("note.created", "A note was made.", Self.told)], webhooksAt: "/notes/webhooks")

    init(settings: Nothing, services: Services) {}

    func add(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NewNote {
        try tx.publish(NoteMade(id: new.id, text: new.text), about: Subject("note", id: "\(new.id)"), to: .machines)
        return new
    }

    func told(_ event: NoteMade) -> NoteTold? {
        event.text == "unspoken" ? nil : NoteTold(noteID: event.id, text: event.text)
    }
}
