import PluginAPI

extension TenantReading {
    func conversation(_ id: ConversationID) throws(StoreError) -> Conversation? {
        try ThreadTable.find(id, plugin: scope, tables)?.conversation
    }

    func conversation(number: Int) throws(StoreError) -> Conversation? {
        try ThreadTable.find(number: number, plugin: scope, tables)?.conversation
    }

    func conversations(
        _ filter: ConversationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Conversation], total: Int) {
        try ThreadTable.page(filter, plugin: scope, page: page, limit: limit, tables)
    }

    func message(_ id: MessageID) throws(StoreError) -> ConversationMessage? {
        try MessageTable.find(id, plugin: scope, tables)
    }

    func messages(
        of id: ConversationID, withNotes: Bool, newestFirst: Bool, page: Int, limit: Int
    ) throws(StoreError) -> (items: [ConversationMessage], total: Int) {
        guard let thread = try ThreadTable.find(id, plugin: scope, tables) else { return ([], 0) }
        return try MessageTable.page(
            of: thread, withNotes: withNotes, newestFirst: newestFirst, page: page, limit: limit, tables)
    }

    func inbox(
        of person: PersonID, _ filter: InboxFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [InboxMessage], total: Int) {
        try MessageTable.inbox(of: person, filter, plugin: scope, page: page, limit: limit, tables)
    }

    func conversationTotals(of person: PersonID, countsStaff: Bool) throws(StoreError) -> ConversationTotals {
        try MessageTable.totals(of: person, countsStaff: countsStaff, plugin: scope, tables)
    }

    func participants(of id: ConversationID) throws(StoreError) -> [ConversationParticipant] {
        guard let thread = try ThreadTable.find(id, plugin: scope, tables) else { return [] }
        return try ParticipantTable.all(of: thread.conversation.number, tables)
    }

    func participant(_ person: PersonID, of id: ConversationID) throws(StoreError) -> ConversationParticipant? {
        guard let thread = try ThreadTable.find(id, plugin: scope, tables) else { return nil }
        return try ParticipantTable.find(person, of: thread.conversation.number, tables)
    }

    func receipts(of id: ConversationID) throws(StoreError) -> [ReadReceipt] {
        guard let thread = try ThreadTable.find(id, plugin: scope, tables) else { return [] }
        return try ParticipantTable.receipts(of: thread.conversation.number, tables)
    }

    func files(of message: MessageID) throws(StoreError) -> [StoredFile] {
        try ConversationFiles.files(of: message, plugin: scope, tables)
    }

    func cannedReplies() throws(StoreError) -> [CannedReply] { try CannedReplyTable.all(for: scope, tables) }
}
