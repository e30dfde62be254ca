extension Desk {
    func shown(
        _ conversation: Conversation, for person: PersonID, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> ConversationShown {
        let mine = try tx.participant(person, of: conversation.id)
        return ConversationShown(
            id: conversation.id, plugin: conversation.plugin, kind: conversation.kind, subject: conversation.title,
            reference: try talks.subject(plugin, conversation, tx)?.reference ?? conversation.about?.id,
            state: conversation.state, priority: conversation.priority, unreadCount: mine?.unread ?? 0,
            messageCount: conversation.messageCount, isArchived: mine?.shelvedAt != nil,
            createdAt: conversation.createdAt, updatedAt: conversation.updatedAt)
    }

    func shown(
        _ messages: [ConversationMessage], in conversation: Conversation, for person: PersonID, _ plugin: P,
        _ tx: borrowing ReadTransaction
    ) throws -> [MessageShown] {
        let mine = try tx.participant(person, of: conversation.id)
        let receipts = try tx.receipts(of: conversation.id)
        var names = Names(self, plugin)
        var shown: [MessageShown] = []
        for message in messages {
            let readers = try readers(of: message, receipts, &names, tx)
            let isMine = message.sender == person
            shown.append(
                MessageShown(
                    id: message.id, conversationId: conversation.id,
                    from: try names.shown(message.sender, message.side, tx), text: message.text,
                    sentAt: message.sentAt, isMine: isMine,
                    isRead: isMine ? !readers.isEmpty : !Self.isUnread(message, for: mine),
                    priority: message.priority,
                    attachments: try tx.files(of: message).map { FileShown($0, at: talks.filesAt) },
                    readBy: readers))
        }
        return shown
    }

    func list(
        _ asked: ConversationsAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<ConversationShown> {
        let person = call.caller.id
        var filter = ConversationFilter()
        filter.participant = person
        filter.countsStaff = call.reach?.isStaff ?? false
        filter.isShelved = asked.archived
        let found = try tx.conversations(filter, page: asked.page, limit: asked.limit)
        var items: [ConversationShown] = []
        for conversation in found.items { items.append(try shown(conversation, for: person, plugin, tx)) }
        return Page(items, PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
    }

    func get(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> ConversationShown {
        let found = try find(id, call, plugin, tx)
        return try shown(found.conversation, for: found.person, plugin, tx)
    }

    func messages(
        _ asked: MessagesAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<MessageShown> {
        let found = try find(asked.id, call, plugin, tx)
        let page = try tx.messages(
            of: asked.id, withNotes: false, newestFirst: true, page: asked.page, limit: asked.limit)
        return Page(
            try shown(page.items, in: found.conversation, for: found.person, plugin, tx),
            PageNumbers(page: asked.page, limit: asked.limit, total: page.total))
    }

    func begin(
        _ new: ConversationBegun, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> ConversationShown {
        let person = call.caller.id
        guard call.reach?.isStaff != true else { throw ConversationRefusal.customersOnly }
        let request = ConversationRequest(
            side: .customer, caller: person, customer: person, kind: new.kind, reference: new.reference,
            title: new.subject, priority: new.priority)
        let message = NewMessage(
            new.text, from: person, on: .customer, priority: new.priority, files: new.attachments)
        let begun = try begin(request, message, plugin, tx)
        return try tx.reading { try shown(begun.conversation, for: person, plugin, $0) }
    }

    func reply(
        _ new: ConversationReply, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> MessageShown {
        let found = try tx.reading { try find(new.id, call, plugin, $0) }
        let sent = try tx.post(
            NewMessage(new.text, from: found.person, on: found.side, files: new.attachments), in: new.id)
        return try one(sent, found, plugin, tx)
    }

    private func one(
        _ sent: ConversationMessage, _ found: Found, _ plugin: P, _ tx: borrowing Transaction
    ) throws -> MessageShown {
        let shown = try tx.reading {
            try self.shown([sent], in: found.conversation, for: found.person, plugin, $0)
        }
        guard let first = shown.first else { throw Problem.fault }
        return first
    }

    func read(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> UnreadShown {
        let found = try tx.reading { try find(id, call, plugin, $0) }
        try tx.markRead(id, by: found.person)
        return try tx.reading { try unread($0, call) }
    }

    func unread(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> UnreadShown {
        let totals = try tx.conversationTotals(
            of: call.caller.id, countsStaff: call.reach?.isStaff ?? false)
        return UnreadShown(unreadCount: totals.unread, lastActivity: totals.lastActivity)
    }

    func shelve(
        _ id: ConversationID, _ isShelved: Bool, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        let found = try tx.reading { try find(id, call, plugin, $0) }
        try tx.shelve(id, for: found.person, isShelved)
        return NoContent()
    }

    // MARK: The chat: one conversation for each customer

    /// The conversation that the chat goes on in: the customer's newest of the first kind that is not over.
    private func chat(of person: PersonID, _ tx: borrowing ReadTransaction) throws -> Conversation? {
        var filter = ConversationFilter()
        filter.participant = person
        filter.customer = person
        filter.kinds = talks.kinds.first.map { [$0.name] } ?? []
        filter.states = [.open, .closed]
        return try tx.conversations(filter, page: 1, limit: 1).items.first
    }

    func chatMessages(
        _ asked: ChatAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<MessageShown> {
        let person = call.caller.id
        _ = call.reach
        guard let conversation = try chat(of: person, tx) else {
            return Page([], PageNumbers(page: asked.page, limit: asked.limit, total: 0))
        }
        let page = try tx.messages(
            of: conversation.id, withNotes: false, newestFirst: true, page: asked.page, limit: asked.limit)
        return Page(
            try shown(page.items, in: conversation, for: person, plugin, tx),
            PageNumbers(page: asked.page, limit: asked.limit, total: page.total))
    }

    func chatSend(
        _ new: ChatMessage, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> MessageShown {
        let person = call.caller.id
        _ = call.reach
        let message = NewMessage(new.text, from: person, on: .customer, files: new.attachments)
        if let going = try tx.reading({ try chat(of: person, $0) }) {
            let sent = try tx.post(message, in: going.id)
            return try one(sent, Found(conversation: going, side: .customer, person: person), plugin, tx)
        }
        let request = ConversationRequest(
            side: .customer, caller: person, customer: person, title: ConversationMessage.preview(of: new.text))
        let begun = try begin(request, message, plugin, tx)
        return try one(
            begun.message, Found(conversation: begun.conversation, side: .customer, person: person), plugin, tx)
    }

    func chatRead(_ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> UnreadShown {
        let person = call.caller.id
        _ = call.reach
        if let conversation = try tx.reading({ try chat(of: person, $0) }) {
            try tx.markRead(conversation.id, by: person)
        }
        return try tx.reading { try unread($0, call) }
    }
}
