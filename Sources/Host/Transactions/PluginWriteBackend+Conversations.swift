import PluginAPI

extension PluginWriteBackend {
    /// Conversations that a plugin sees: its own; the host sees all.
    private var scope: String? { plugin.isHost ? nil : plugin.id }

    func conversation(_ id: ConversationID) throws(StoreError) -> Conversation? {
        try ThreadTable.find(id, plugin: scope, host)?.conversation
    }

    func conversation(number: Int) throws(StoreError) -> Conversation? {
        try ThreadTable.find(number: number, plugin: scope, host)?.conversation
    }

    func conversations(
        _ filter: ConversationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Conversation], total: Int) {
        try ThreadTable.page(filter, plugin: scope, page: page, limit: limit, host)
    }

    func message(_ id: MessageID) throws(StoreError) -> ConversationMessage? {
        try MessageTable.find(id, plugin: scope, host)
    }

    func messages(
        of id: ConversationID, withNotes: Bool, newestFirst: Bool, page: Int, limit: Int
    ) throws(StoreError) -> (items: [ConversationMessage], total: Int) {
        guard let thread = try ThreadTable.find(id, plugin: scope, host) else { return ([], 0) }
        return try MessageTable.page(
            of: thread, withNotes: withNotes, newestFirst: newestFirst, page: page, limit: limit, host)
    }

    func inbox(
        of person: PersonID, _ filter: InboxFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [InboxMessage], total: Int) {
        try MessageTable.inbox(of: person, filter, plugin: scope, page: page, limit: limit, host)
    }

    func conversationTotals(of person: PersonID, countsStaff: Bool) throws(StoreError) -> ConversationTotals {
        try MessageTable.totals(of: person, countsStaff: countsStaff, plugin: scope, host)
    }

    func participants(of id: ConversationID) throws(StoreError) -> [ConversationParticipant] {
        guard let thread = try ThreadTable.find(id, plugin: scope, host) else { return [] }
        return try ParticipantTable.all(of: thread.conversation.number, host)
    }

    func participant(_ person: PersonID, of id: ConversationID) throws(StoreError) -> ConversationParticipant? {
        guard let thread = try ThreadTable.find(id, plugin: scope, host) else { return nil }
        return try ParticipantTable.find(person, of: thread.conversation.number, host)
    }

    func receipts(of id: ConversationID) throws(StoreError) -> [ReadReceipt] {
        guard let thread = try ThreadTable.find(id, plugin: scope, host) else { return [] }
        return try ParticipantTable.receipts(of: thread.conversation.number, host)
    }

    func files(of message: MessageID) throws(StoreError) -> [StoredFile] {
        try ConversationFiles.files(of: message, plugin: scope, host)
    }

    func cannedReplies() throws(StoreError) -> [CannedReply] { try CannedReplyTable.all(for: scope, host) }
}

extension PluginWriteBackend {
    private var conversationWriter: ConversationWriter {
        ConversationWriter(host: host, origin: origin, plugin: plugin.isHost ? nil : plugin, plugins: plugins)
    }

    func open(_ new: NewConversation) throws -> Conversation { try conversationWriter.open(new) }
    func post(_ message: NewMessage, in id: ConversationID) throws -> ConversationMessage {
        try conversationWriter.post(message, in: id)
    }
    func join(_ person: PersonID, _ side: Conversation.Side, in id: ConversationID) throws {
        try conversationWriter.join(person, side, in: id)
    }
    func leave(_ person: PersonID, _ id: ConversationID) throws(StoreError) {
        try conversationWriter.leave(person, id)
    }
    func assign(_ id: ConversationID, to person: PersonID?) throws { try conversationWriter.assign(id, to: person) }
    func isStaff(_ person: PersonID, in id: ConversationID) throws(StoreError) -> Bool {
        try conversationWriter.isStaff(person, in: id)
    }
    func set(state: Conversation.State, of id: ConversationID) throws(StoreError) {
        try conversationWriter.set(state: state, of: id)
    }
    func set(priority: Conversation.Priority, of id: ConversationID) throws(StoreError) {
        try conversationWriter.set(priority: priority, of: id)
    }
    func markRead(_ id: ConversationID, by person: PersonID, upTo position: Int?) throws(StoreError) {
        try conversationWriter.markRead(id, by: person, upTo: position)
    }
    func shelve(_ id: ConversationID, for person: PersonID, _ isShelved: Bool) throws(StoreError) {
        try conversationWriter.shelve(id, for: person, isShelved)
    }
}
