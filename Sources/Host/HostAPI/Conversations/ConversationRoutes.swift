@_spi(Host) import PluginAPI

/// Conversations of all plugins: the staff's inbox, and people's own.
extension Conversations<PorticoAPI> {
    static let inbox = Conversations.hosts(read: .readInbox, write: .writeInbox, filesAt: PorticoAPI.base + "/files")
    /// Of customers; what staff take part in, the plugins' inboxes and this one show.
    static let own = Conversations.hosts(read: nil, write: nil, filesAt: PorticoAPI.base + "/files")
}

extension Route<PorticoAPI> {
    static let conversations: [Route<PorticoAPI>] =
        Route.supportInbox(at: PorticoAPI.base + "/inbox", .inbox, canBegin: false)
        + Route.conversations(at: PorticoAPI.base + "/me/conversations", .own, canBegin: false)
        + [addReply, changeReply, removeReply]

    private static let addReply = Route.post(
        PorticoAPI.base + "/inbox/replies", .transactional(PorticoAPI.addReply), needs: .permission(.manageInbox),
        refuses: [ReplyRefusal.self], "Adds a canned reply.")
    private static let changeReply = Route.put(
        PorticoAPI.base + "/inbox/replies/{id}", .transactional(PorticoAPI.changeReply),
        needs: .permission(.manageInbox), refuses: [ReplyRefusal.self], "Changes a canned reply.")
    private static let removeReply = Route.delete(
        PorticoAPI.base + "/inbox/replies/{id}", .transactional(PorticoAPI.removeReply),
        needs: .permission(.manageInbox), "Removes a canned reply.")
}

/// What canned replies refuse.
enum ReplyRefusal: Refusal {
    case tooMany

    var problem: Problem {
        switch self {
        case .tooMany: .conflict("TOO_MANY_REPLIES", "There are as many canned replies as there can be.")
        }
    }
}

/// A canned reply that is written.
struct ReplyWritten: Described {
    var title: String
    var text: String
    var plugin: String?

    static let schema = Schema.object(
        Self.init(title:text:plugin:), Field("title", \.title, .string(1...200)),
        Field("text", \.text, .string(1...10_000)),
        Field("plugin", \.plugin, .optional(.string(1...64)), note: "Whose staff it is for; all without it."))
}

/// A canned reply that is written anew.
struct ReplyChanged: Described {
    var id: String
    var title: String
    var text: String
    var plugin: String?

    static let schema = Schema.object(
        Self.init(id:title:text:plugin:), Field("id", \.id, .string(1...64), in: .path),
        Field("title", \.title, .string(1...200)), Field("text", \.text, .string(1...10_000)),
        Field("plugin", \.plugin, .optional(.string(1...64)), note: "Whose staff it is for; all without it."))
}

/// One canned reply.
struct ReplyNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

extension PorticoAPI {
    func addReply(
        _ new: ReplyWritten, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> CannedReply {
        try check(new.plugin)
        return try tx.host { tables, origin in
            let added = try CannedReplyTable.add(
                title: new.title, text: new.text, plugin: new.plugin, origin, tables)
            guard let added else { throw ReplyRefusal.tooMany }
            return added
        }
    }

    func changeReply(
        _ new: ReplyChanged, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> CannedReply {
        try check(new.plugin)
        return try tx.host { tables, origin in
            let changed = try CannedReplyTable.change(
                new.id, title: new.title, text: new.text, plugin: new.plugin, origin, tables)
            guard let changed else { throw Problem.notFound }
            return changed
        }
    }

    func removeReply(
        _ named: ReplyNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        try tx.host { tables, origin in
            guard try CannedReplyTable.remove(named.id, origin, tables) else { throw Problem.notFound }
            return NoContent()
        }
    }

    private func check(_ plugin: String?) throws {
        guard let plugin else { return }
        let known = host.definitions.filter { !$0.conversations.isEmpty }.map(\.id)
        guard known.contains(plugin) else {
            throw Problem.invalid(
                "plugin", .notAllowed,
                known.isEmpty
                    ? "must be left out: no plugin has conversations"
                    : "must be one of \(known.joined(separator: ", "))")
        }
    }
}
