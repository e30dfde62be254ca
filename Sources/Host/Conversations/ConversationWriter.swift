import Database
import PluginAPI

/// Changes conversations, in one transaction with what follows from it: audit entries, events, notices.
struct ConversationWriter {
    let host: HostWriter
    let origin: Origin
    /// The plugin whose conversations they are; nil for the host, which sees those of all.
    let plugin: PluginDefinition?
    /// The tenant's plugins.
    let plugins: [PluginDefinition]

    private var now: Instant { origin.now }

    func find(_ id: ConversationID) throws(StoreError) -> ThreadRow? {
        try ThreadTable.find(id, plugin: plugin?.id, host)
    }

    private func one(_ id: ConversationID) throws -> ThreadRow {
        guard let row = try find(id) else { throw Problem.notFound }
        return row
    }

    func open(_ new: NewConversation) throws -> Conversation {
        guard let plugin, let kind = plugin.conversations.first(where: { $0.name == new.kind }) else {
            throw StoreError(.misuse, "a conversation of the kind \(new.kind) begins, which no manifest declares")
        }
        let begun =
            try host.value(
                """
                SELECT COUNT(*) FROM portico_thread WHERE customer = \(new.customer) AND plugin = \(plugin.id)
                AND state <> 'archived'
                """, as: Int.self) ?? 0
        guard begun < ThreadTable.perCustomer else { throw ConversationRefusal.tooMany }
        let id = ConversationID(rawValue: Identifier.make("thr", at: now))
        let title = String(new.title.prefix(200))
        try host.run(
            """
            INSERT INTO portico_thread (id, plugin, kind, pool, title, about_kind, about_id, customer, branch, assignee,
                priority, is_sealed, kept_seconds, created_at, updated_at)
            VALUES (\(id), \(plugin.id), \(kind.name), \(kind.pool.joined(separator: "\n")), \(title),
                \(new.about?.kind ?? ""), \(new.about?.id ?? ""), \(new.customer),
                \(new.branch ?? new.about?.branch), \(new.assignee), \(new.priority), \(kind.isSealed),
                \(kind.keptFor?.components.seconds), \(now.microseconds), \(now.microseconds))
            """)
        let row = try one(id)
        for person in [new.customer] + new.others.sorted(by: { $0.rawValue < $1.rawValue }) {
            _ = try ParticipantTable.join(person, .customer, in: row, now: now, host)
        }
        let staff = new.staff.union(new.assignee.map { [$0] } ?? [])
        for person in staff.sorted(by: { $0.rawValue < $1.rawValue })
        where person != new.customer && !new.others.contains(person) {
            _ = try ParticipantTable.join(person, .staff, in: row, now: now, host)
        }
        try audit("conversation.opened", row.conversation, ["kind": .string(kind.name)])
        return row.conversation
    }

    func join(_ person: PersonID, _ side: Conversation.Side, in id: ConversationID) throws {
        let row = try one(id)
        // Whose it is stays on that side, so that nobody is shown notes about themselves.
        guard row.conversation.customer != person || side == .customer else { return }
        if try ParticipantTable.join(person, side, in: row, now: now, host) {
            try audit(
                "conversation.joined", row.conversation,
                ["person": .string(person.rawValue), "side": .string(side.rawValue)])
        }
    }

    func leave(_ person: PersonID, _ id: ConversationID) throws(StoreError) {
        guard let row = try find(id) else { return }
        guard try ParticipantTable.leave(person, row.conversation.number, now: now, host) else { return }
        if row.conversation.assignee == person {
            try host.run("UPDATE portico_thread SET assignee = NULL WHERE number = \(row.conversation.number)")
        }
        try audit("conversation.left", row.conversation, ["person": .string(person.rawValue)])
    }

    func assign(_ id: ConversationID, to person: PersonID?) throws {
        let row = try one(id)
        let before = row.conversation.assignee
        guard before != person else { return }
        if let person {
            guard row.conversation.customer != person else { return }
            _ = try ParticipantTable.join(person, .staff, in: row, now: now, host)
        }
        try host.run("UPDATE portico_thread SET assignee = \(person) WHERE number = \(row.conversation.number)")
        try audit(
            person == nil ? "conversation.released" : "conversation.assigned", row.conversation,
            [
                "before": before.map { .string($0.rawValue) } ?? .null,
                "after": person.map { .string($0.rawValue) } ?? .null,
            ])
        try tellStaff(of: id, person == nil ? "released" : "assigned")
    }

    func set(state: Conversation.State, of id: ConversationID) throws(StoreError) {
        guard let row = try find(id), row.conversation.state != state else { return }
        let end = state == .open ? nil : row.keptSeconds.map { now + .seconds($0) }
        try host.run(
            """
            UPDATE portico_thread SET state = \(state), expires_at = \(end?.microseconds),
                waiting_since = CASE WHEN \(state == .open) THEN waiting_since END
            WHERE number = \(row.conversation.number)
            """)
        if let end { try JobTable.bring(ConversationTrim.job, to: end, host) }
        let words = [Conversation.State.open: "reopened", .closed: "closed", .archived: "archived"]
        let word = words[state] ?? state.rawValue
        try audit("conversation.\(word)", row.conversation, [:])
        try tellStaff(of: id, word)
    }

    func set(priority: Conversation.Priority, of id: ConversationID) throws(StoreError) {
        guard let row = try find(id), row.conversation.priority != priority else { return }
        try host.run("UPDATE portico_thread SET priority = \(priority) WHERE number = \(row.conversation.number)")
        try audit(
            "conversation.priority", row.conversation,
            ["before": .string(row.conversation.priority.rawValue), "after": .string(priority.rawValue)])
        try tellStaff(of: id, "priority")
    }

    func markRead(_ id: ConversationID, by person: PersonID, upTo position: Int?) throws(StoreError) {
        guard let row = try find(id) else { return }
        guard let read = try ParticipantTable.read(row, by: person, upTo: position, now: now, host) else { return }
        try OutboxTable.withdraw(key: Self.noticeKey(id, person, readUpTo: read.before), hosts, host)
        guard read.count > 0 else { return }
        let event = MessagesRead(
            conversationId: id.rawValue, plugin: row.conversation.plugin,
            aboutKind: row.conversation.about?.kind ?? "", aboutId: row.conversation.about?.id ?? "",
            readerId: person.rawValue, side: read.side.rawValue, count: read.count)
        try EventTable.append(
            PublishedEvent(
                name: MessagesRead.name, payload: MessagesRead.schema.encode(event),
                subject: row.conversation.subject, audience: .machines), origin, host)
    }

    func shelve(_ id: ConversationID, for person: PersonID, _ isShelved: Bool) throws(StoreError) {
        guard let row = try find(id) else { return }
        try ParticipantTable.shelve(person, row.conversation.number, isShelved, now: now, host)
    }

    /// Whether somebody may answer for the staff.
    func isStaff(_ person: PersonID, in id: ConversationID) throws(StoreError) -> Bool {
        guard let row = try find(id), row.conversation.customer != person else { return false }
        return try holds(.answering, person, of: row.conversation.plugin)
    }

    /// Whether somebody who may use the portal holds a permission of a plugin, or the host's for all plugins, for more than
    /// their own things.
    func holds(_ use: Use, _ person: PersonID, of owner: String) throws(StoreError) -> Bool {
        guard try People.state(of: person, host) == .active else { return false }
        let held = try Roles.held(by: person, host)
        let definition = plugin ?? plugins.first { $0.id == owner }
        let own = use == .reading ? definition?.readsConversations : definition?.answersConversations
        let ways = [
            (definition, own), (plugins.first(where: \.isHost), use == .reading ? .readInbox : .writeInbox),
        ]
        for case (let definition?, let permission?) in ways {
            let grants = Roles.grants(
                held, of: person, in: definition, among: plugins, methods: [SignInMethod.password], demand: .nobody)
            let principal = Principal(person: person, grants: grants, methods: [], session: nil)
            if let reach = principal.reach(of: permission), reach != .own(person) { return true }
        }
        return false
    }

    /// What is to be done with a conversation.
    enum Use { case reading, answering }

    /// The same origin in the host's name, for notices whose texts are the host's.
    var hosts: Origin {
        var own = origin
        own.plugin = Owner.host.id
        return own
    }

    func audit(_ action: String, _ conversation: Conversation, _ details: JSON) throws(StoreError) {
        var own = origin
        own.plugin = conversation.plugin
        try AuditTable.append(AuditEntry(action, on: conversation.subject, details: details), own, host)
    }

    /// Names the notices of what came since somebody last read.
    static func noticeKey(_ id: ConversationID, _ person: PersonID, readUpTo position: Int) -> String {
        "conversation/\(id.rawValue)/\(person.rawValue)/\(position)"
    }
}
