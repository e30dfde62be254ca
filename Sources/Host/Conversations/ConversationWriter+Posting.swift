import PluginAPI

extension ConversationWriter {
    /// Sends a message.
    func post(_ new: NewMessage, in id: ConversationID) throws -> ConversationMessage {
        guard let row = try find(id) else { throw Problem.notFound }
        let conversation = row.conversation
        guard conversation.state != .archived else { throw ConversationRefusal.archived }
        guard row.last < ThreadTable.messages else { throw ConversationRefusal.full }
        guard !new.isNote || new.side == .staff else {
            throw StoreError(.misuse, "a note is the staff's, and of no customer")
        }
        if try ParticipantTable.find(new.sender, of: conversation.number, host)?.isPresent != true {
            _ = try ParticipantTable.join(new.sender, new.side, in: row, now: origin.now, host)
        }
        let message = try insert(new, row)
        try attach(new.files, to: message, of: conversation)
        try advance(row, new)
        try ParticipantTable.count(conversation.number, from: new.sender, isNote: new.isNote, host)
        // Whoever answers has read what came before.
        try markRead(id, by: new.sender, upTo: nil)
        if !new.isNote {
            if new.side == .customer {
                try History.noteAnswer(of: new.sender, about: conversation.subject, now: origin.now, host)
            }
            try tell(of: message, in: id)
        }
        try tellStaff(of: id, new.isNote ? "note" : "message")
        return message
    }

    private func insert(_ new: NewMessage, _ row: ThreadRow) throws(StoreError) -> ConversationMessage {
        let id = MessageID(rawValue: Identifier.make("msg", at: origin.now))
        let text = row.conversation.isSealed ? nil : new.text
        let sealed = row.conversation.isSealed ? Sealed(MessageBody(new.text)) : nil
        try host.run(
            """
            INSERT INTO portico_thread_message (id, thread, position, sender, author, side, is_note, type, priority, body,
                sealed_body, files, at)
            VALUES (\(id), \(row.conversation.number), \(row.last + 1), \(new.sender), \(origin.person), \(new.side),
                \(new.isNote), \(new.type ?? row.conversation.kind), \(new.priority), \(text), \(sealed),
                \(new.files.count), \(origin.now.microseconds))
            """)
        guard let message = try MessageTable.find(id, plugin: nil, host) else {
            throw StoreError(.mismatch, "a message that was just written is not there")
        }
        return message
    }

    private func attach(_ files: [FileID], to message: ConversationMessage, of conversation: Conversation) throws {
        var own = origin
        own.plugin = conversation.plugin
        var mistakes: [Mistake] = []
        let subject = Subject(ConversationFiles.kind, id: message.id.rawValue, owner: conversation.customer)
        for (index, file) in files.enumerated() {
            let isAttached = try FileTable.attach(file, to: subject, from: .caller, keptFor: nil, own, host)
            if isAttached, !files[..<index].contains(file) { continue }
            mistakes.append(
                Mistake(
                    [.name("attachments"), .index(index)], .notAllowed,
                    "must be the id of a file that was uploaded before and is attached to nothing"))
        }
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
    }

    /// The conversation as it is after the message.
    private func advance(_ row: ThreadRow, _ new: NewMessage) throws(StoreError) {
        let number = row.conversation.number
        guard !new.isNote else {
            try host.run("UPDATE portico_thread SET last = last + 1 WHERE number = \(number)")
            return
        }
        let now = origin.now.microseconds
        let waiting: SQL = new.side == .customer ? "COALESCE(waiting_since, \(now))" : "NULL"
        let order = Conversation.Priority.allCases
        let isHigher =
            (order.firstIndex(of: new.priority) ?? 0) > (order.firstIndex(of: row.conversation.priority) ?? 0)
        try host.run(
            """
            UPDATE portico_thread SET last = last + 1, messages = messages + 1, updated_at = \(now), state = 'open',
                expires_at = NULL, priority = \(isHigher ? new.priority : row.conversation.priority),
                waiting_since = \(waiting)
            WHERE number = \(number)
            """)
    }
}

/// The files of messages.
enum ConversationFiles {
    /// What they are attached to, in each plugin.
    static let kind = "message"

    static func files(of message: MessageID, plugin: String?, _ tables: some Queries) throws(StoreError)
        -> [StoredFile]
    {
        let owner = try tables.value(
            """
            SELECT t.plugin FROM portico_thread_message AS m JOIN portico_thread AS t ON t.number = m.thread
            WHERE m.id = \(message)
            """, as: String.self)
        guard let owner, plugin == nil || plugin == owner else { return [] }
        return try FileTable.files(of: kind, id: message.rawValue, plugin: owner, tables)
    }
}
