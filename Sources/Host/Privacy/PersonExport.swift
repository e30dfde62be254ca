import Database
import PluginAPI

/// Everything that is kept of a person, as one document (GDPR art. 15 and 20).
struct PersonExport: Sendable {
    let database: Database
    let tables: PersonalTables
    let person: PersonID
    /// Where files are read.
    let filesAt: String

    /// Rows that are read at once.
    private static let slice = 500
    /// Bytes of JSON at most; a document beyond it would not fit into memory beside others.
    private static let limit = 64 << 20

    /// - Parameter report: is told how far it is.
    /// - Throws: ``ExportRefusal``; what reading throws.
    func document(now: Instant, report: (Int, Int) async throws -> Void) async throws -> JSON {
        let host = PersonalTables.host
        let total = host.count + tables.plugins.count + 1
        var size = 0
        var account = JSON.Members()
        var plugins = JSON.Members()
        for (done, entry) in (host + tables.plugins).enumerated() {
            try await report(done, total)
            let rows = try await rows(of: entry)
            size += rows.reduce(0) { $0 + $1.text.utf8.count }
            guard size <= Self.limit else { throw ExportRefusal.tooLarge }
            if entry.owner == .host {
                account[entry.name] = .array(rows)
            } else {
                // A table may hold people in several columns.
                var all = rows
                if case .array(let others)? = plugins[entry.name] { all = others + rows }
                plugins[entry.name] = .array(all)
            }
        }
        try await report(total - 1, total)
        let conversations = try await conversations()
        guard size + conversations.text.utf8.count <= Self.limit else { throw ExportRefusal.tooLarge }
        return [
            "person": .string(person.rawValue), "exportedAt": .string("\(now)"), "portal": .object(account),
            "plugins": .object(plugins), "conversations": conversations, "filesAt": .string(filesAt),
        ]
    }

    private func rows(of entry: PersonalTables.Entry) async throws -> [JSON] {
        try await database.longRead(as: entry.owner, from: [JSON]()) { session, read in
            var rows = read
            try session.forEach(
                entry.rows(of: person, offset: read.count, limit: Self.slice), owner: entry.owner
            ) { (row: borrowing Row) throws(StoreError) in rows.append(try entry.json(row)) }
            return rows.count - read.count < Self.slice ? .done(rows) : .next(rows)
        }
    }

    /// The conversations that the person takes part in as a customer, as they see them, and what they have written for the
    /// staff.
    private func conversations() async throws -> JSON {
        let threads = try await database.longRead(as: .host, from: [ThreadPart]()) { session, read in
            let part = try session.all(
                """
                SELECT t.*, p.side AS my_side FROM portico_thread_participant AS p
                JOIN portico_thread AS t ON t.number = p.thread WHERE p.person = \(person) ORDER BY t.number
                LIMIT \(Self.slice) OFFSET \(read.count)
                """, as: ThreadPart.self, owner: .host)
            return part.count < Self.slice ? .done(read + part) : .next(read + part)
        }
        var all: [JSON] = []
        for thread in threads {
            let conversation = thread.row.conversation
            all.append([
                "id": .string(conversation.id.rawValue), "plugin": .string(conversation.plugin),
                "kind": .string(conversation.kind), "title": .string(conversation.title),
                "state": .string(conversation.state.rawValue), "side": .string(thread.side.rawValue),
                "createdAt": .string("\(conversation.createdAt)"), "messages": .array(try await messages(of: thread)),
            ])
        }
        return .array(all)
    }

    private func messages(of thread: ThreadPart) async throws -> [JSON] {
        // A colleague's words are not one's own data; what a customer was written is their correspondence.
        let seen: SQL = thread.side == .customer ? "m.is_note = 0" : "m.sender = \(person)"
        return try await database.longRead(as: .host, from: [JSON]()) { session, read in
            let tables = HostReader(session)
            let part = try tables.all(
                """
                SELECT m.*, t.id AS thread_id, t.plugin FROM portico_thread_message AS m
                JOIN portico_thread AS t ON t.number = m.thread
                WHERE m.thread = \(thread.row.conversation.number) AND \(seen) ORDER BY m.position
                LIMIT \(Self.slice) OFFSET \(read.count)
                """, as: MessageRow.self
            ).map(\.message)
            var messages = read
            for message in part {
                let name = try message.sender.flatMap { sender throws(StoreError) in
                    try People.person(sender, tables)?.name
                }
                let files = try ConversationFiles.files(of: message.id, plugin: nil, tables)
                messages.append([
                    "id": .string(message.id.rawValue), "from": name.map { .string($0) } ?? .null,
                    "isMine": .bool(message.sender == person), "sentAt": .string("\(message.sentAt)"),
                    "text": .string(message.text),
                    "attachments": .array(files.map { .string("\(filesAt)/\($0.id.rawValue)") }),
                ])
            }
            return part.count < Self.slice ? .done(messages) : .next(messages)
        }
    }
}

/// A conversation with the side on which somebody is.
private struct ThreadPart: Record {
    let row: ThreadRow
    let side: Conversation.Side

    init(row: borrowing Row) throws(StoreError) {
        self.row = try ThreadRow(row: row)
        side = try row.get("my_side")
    }
}

/// What exports refuse.
enum ExportRefusal: Refusal {
    case tooLarge

    var problem: Problem {
        switch self {
        case .tooLarge:
            Problem(
                413, "PAYLOAD_TOO_LARGE",
                "There is more than one document can hold. Please ask the portal's team for it.")
        }
    }
}
