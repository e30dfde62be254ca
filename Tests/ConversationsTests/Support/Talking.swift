import PluginTestKit

extension Answer {
    /// What the dialect wraps, or the whole.
    var data: JSON { body["data"] ?? body }
    /// The id of what was made.
    var id: String { data["id"]?.string ?? "" }
}

extension JSON {
    /// The names of an object's members, in order.
    var names: [String] { members?.list.map(\.name) ?? [] }
}

extension Portal {
    /// A person with a role.
    func somebody(_ role: String, _ name: String = "Ola") async throws -> (id: PersonID, caller: Caller) {
        let id = try await person(
            givenName: name, email: "\(name.lowercased())@example.com", roles: role.isEmpty ? [] : [role])
        return (id, .person(id))
    }

    /// Uploads a small text.
    func uploaded(as caller: Caller, at path: String = Praxis.files) async -> String {
        await send("POST", path, form: [.file("file", "note.txt", Array("Hello".utf8), type: "text/plain")], as: caller)
            .id
    }

    /// Writes to the support team of ``Praxis`` in a new thread.
    func ask(_ text: String = "Hello?", as caller: Caller, _ more: JSON = [:]) async -> Answer {
        let message: JSON = ["recipientType": "support", "subject": "A question", "message": .string(text)]
        return await send("POST", Praxis.messages, message.merged(with: more), as: caller)
    }
}
