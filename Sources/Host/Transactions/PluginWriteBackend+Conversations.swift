import PluginAPI

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
