public import StoreAPI

extension ReadTransaction {
    /// A conversation of the plugin; nil when there is none.
    public borrowing func conversation(_ id: ConversationID) throws(StoreError) -> Conversation? {
        try source.conversation(id)
    }

    /// A conversation of the plugin by its number; nil when there is none.
    public borrowing func conversation(number: Int) throws(StoreError) -> Conversation? {
        try source.conversation(number: number)
    }

    /// The plugin's conversations that a filter lets through, with how many there are in all.
    public borrowing func conversations(
        _ filter: ConversationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Conversation], total: Int) {
        try source.conversations(filter, page: page, limit: limit)
    }

    /// A message of the plugin's conversations; nil when there is none. Whether it is a note is for the caller to ask.
    public borrowing func message(_ id: MessageID) throws(StoreError) -> ConversationMessage? {
        try source.message(id)
    }

    /// The messages of a conversation, with how many there are in all.
    ///
    /// - Parameters:
    ///   - withNotes: whether the staff's own notes are among them.
    ///   - newestFirst: whether the newest come in front.
    public borrowing func messages(
        of id: ConversationID, withNotes: Bool, newestFirst: Bool, page: Int, limit: Int
    ) throws(StoreError) -> (items: [ConversationMessage], total: Int) {
        try source.messages(of: id, withNotes: withNotes, newestFirst: newestFirst, page: page, limit: limit)
    }

    /// The messages of all conversations that a person takes part in, the newest first, with how many there are in all.
    /// Notes are never among them.
    public borrowing func inbox(
        of person: PersonID, _ filter: InboxFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [InboxMessage], total: Int) {
        try source.inbox(of: person, filter, page: page, limit: limit)
    }

    /// What a person's conversations come to; notes are not counted.
    public borrowing func conversationTotals(of person: PersonID, countsStaff: Bool) throws(StoreError)
        -> ConversationTotals
    {
        try source.conversationTotals(of: person, countsStaff: countsStaff)
    }

    /// Who takes part in a conversation, and who has; the first to join in front.
    public borrowing func participants(of id: ConversationID) throws(StoreError) -> [ConversationParticipant] {
        try source.participants(of: id)
    }

    /// Somebody who takes part in a conversation, or has.
    public borrowing func participant(
        _ person: PersonID, of id: ConversationID
    ) throws(StoreError) -> ConversationParticipant? {
        try source.participant(person, of: id)
    }

    /// Who has read a conversation how far, and when; the oldest first.
    public borrowing func receipts(of id: ConversationID) throws(StoreError) -> [ReadReceipt] {
        try source.receipts(of: id)
    }

    /// The files of a message, the first attached in front.
    public borrowing func files(of message: ConversationMessage) throws(StoreError) -> [StoredFile] {
        message.fileCount == 0 ? [] : try source.files(of: message.id)
    }

    /// The canned replies for the plugin's staff, by their titles.
    public borrowing func cannedReplies() throws(StoreError) -> [CannedReply] { try source.cannedReplies() }
}

extension Transaction {
    /// Begins a conversation.
    ///
    /// - Throws: ``ConversationRefusal``; ``StoreError``.
    public borrowing func open(_ new: NewConversation) throws -> Conversation { try backend.open(new) }

    /// Sends a message: whoever takes part finds it unread, the other side is notified, live connections hear of it.
    ///
    /// - Throws: ``ConversationRefusal``; ``Problem`` 400 naming each file that cannot be attached; ``StoreError``.
    public borrowing func post(_ message: NewMessage, in id: ConversationID) throws -> ConversationMessage {
        try backend.post(message, in: id)
    }

    /// Lets somebody take part; who left comes back.
    ///
    /// - Throws: ``ConversationRefusal``; ``StoreError``.
    public borrowing func join(_ person: PersonID, _ side: Conversation.Side, in id: ConversationID) throws {
        try backend.join(person, side, in: id)
    }

    /// Lets somebody take part no more, at once.
    public borrowing func leave(_ person: PersonID, _ id: ConversationID) throws(StoreError) {
        try backend.leave(person, id)
    }

    /// Gives a conversation to somebody of the staff, or to nobody. Whether they may have it, ask
    /// ``isStaff(_:in:)`` before.
    ///
    /// - Throws: ``ConversationRefusal``; ``StoreError``.
    public borrowing func assign(_ id: ConversationID, to person: PersonID?) throws {
        try backend.assign(id, to: person)
    }

    /// Whether a person may answer in a conversation for the staff: they hold what its plugin says that takes, for more
    /// than their own things, and are not its customer.
    public borrowing func isStaff(_ person: PersonID, in id: ConversationID) throws(StoreError) -> Bool {
        try backend.isStaff(person, in: id)
    }

    /// Closes, archives or reopens a conversation.
    public borrowing func set(state: Conversation.State, of id: ConversationID) throws(StoreError) {
        try backend.set(state: state, of: id)
    }

    /// Says how much a conversation matters.
    public borrowing func set(priority: Conversation.Priority, of id: ConversationID) throws(StoreError) {
        try backend.set(priority: priority, of: id)
    }

    /// Notes that somebody has read a conversation up to a message, or all of it. What they were to be told of it and was
    /// not sent yet is not sent any more.
    ///
    /// - Parameter position: a ``ConversationMessage/position``; the last one when nil.
    public borrowing func markRead(
        _ id: ConversationID, by person: PersonID, upTo position: Int? = nil
    ) throws(StoreError) {
        try backend.markRead(id, by: person, upTo: position)
    }

    /// Puts a conversation away for one participant, or brings it back.
    public borrowing func shelve(_ id: ConversationID, for person: PersonID, _ isShelved: Bool) throws(StoreError) {
        try backend.shelve(id, for: person, isShelved)
    }
}

/// What the host reads of conversations.
public protocol ConversationReading {
    func conversation(_ id: ConversationID) throws(StoreError) -> Conversation?
    func conversation(number: Int) throws(StoreError) -> Conversation?
    func conversations(
        _ filter: ConversationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Conversation], total: Int)
    func message(_ id: MessageID) throws(StoreError) -> ConversationMessage?
    func messages(
        of id: ConversationID, withNotes: Bool, newestFirst: Bool, page: Int, limit: Int
    ) throws(StoreError) -> (items: [ConversationMessage], total: Int)
    func inbox(
        of person: PersonID, _ filter: InboxFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [InboxMessage], total: Int)
    func conversationTotals(of person: PersonID, countsStaff: Bool) throws(StoreError) -> ConversationTotals
    func participants(of id: ConversationID) throws(StoreError) -> [ConversationParticipant]
    func participant(_ person: PersonID, of id: ConversationID) throws(StoreError) -> ConversationParticipant?
    func receipts(of id: ConversationID) throws(StoreError) -> [ReadReceipt]
    func files(of message: MessageID) throws(StoreError) -> [StoredFile]
    func cannedReplies() throws(StoreError) -> [CannedReply]
}

/// What the host changes of conversations.
public protocol ConversationWriting {
    func open(_ new: NewConversation) throws -> Conversation
    func post(_ message: NewMessage, in id: ConversationID) throws -> ConversationMessage
    func join(_ person: PersonID, _ side: Conversation.Side, in id: ConversationID) throws
    func leave(_ person: PersonID, _ id: ConversationID) throws(StoreError)
    func assign(_ id: ConversationID, to person: PersonID?) throws
    func isStaff(_ person: PersonID, in id: ConversationID) throws(StoreError) -> Bool
    func set(state: Conversation.State, of id: ConversationID) throws(StoreError)
    func set(priority: Conversation.Priority, of id: ConversationID) throws(StoreError)
    func markRead(_ id: ConversationID, by person: PersonID, upTo position: Int?) throws(StoreError)
    func shelve(_ id: ConversationID, for person: PersonID, _ isShelved: Bool) throws(StoreError)
}
