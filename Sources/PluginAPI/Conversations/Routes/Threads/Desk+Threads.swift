extension Desk {
    func threads(
        _ asked: ThreadsAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<ThreadListed> {
        let person = call.caller.id
        var filter = ConversationFilter()
        filter.participant = person
        filter.countsStaff = call.reach?.isStaff ?? false
        let (page, limit) = ThreadFields.page(asked.page, asked.pageSize)
        let found = try tx.conversations(filter, page: page, limit: limit)
        var items: [ThreadListed] = []
        for conversation in found.items { items.append(try listed(conversation, for: person, tx)) }
        return Page(items, PageNumbers(page: page, limit: limit, total: found.total))
    }

    private func listed(
        _ conversation: Conversation, for person: PersonID, _ tx: borrowing ReadTransaction
    ) throws -> ThreadListed {
        ThreadListed(
            id: conversation.number, subject: conversation.title, caseID: conversation.about.flatMap { Int($0.id) },
            createdAt: conversation.createdAt, updatedAt: conversation.updatedAt,
            unreadCount: try tx.participant(person, of: conversation.id)?.unread ?? 0)
    }

    func thread(
        _ asked: ThreadAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> ThreadOpened {
        let found = try find(try tx.conversation(number: asked.id), call, plugin, tx)
        let conversation = found.conversation
        let (page, limit) = ThreadFields.page(asked.page, asked.pageSize)
        let newest = try tx.messages(
            of: conversation.id, withNotes: false, newestFirst: true, page: page, limit: limit)
        var about: ThreadCase?
        if let number = conversation.about.flatMap({ Int($0.id) }) {
            about = ThreadCase(id: number, title: try talks.subject(plugin, conversation, tx)?.title ?? "")
        }
        return ThreadOpened(
            id: conversation.number, subject: conversation.title, about: about, createdAt: conversation.createdAt,
            updatedAt: conversation.updatedAt,
            messages: try threadMessages(newest.items.reversed(), found, plugin, tx))
    }

    private func threadMessages(
        _ messages: [ConversationMessage], _ found: Found, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> [ThreadMessage] {
        var names = Names(self, plugin)
        let shown = try self.shown(messages, in: found.conversation, for: found.person, plugin, tx)
        return try zip(messages, shown).map { message, shown in
            ThreadMessage(
                id: message.number,
                sender: ThreadSender(id: try names.sender(message.sender, tx)?.number, name: shown.from.name),
                content: message.text, createdAt: message.sentAt, isRead: shown.isRead,
                attachments: shown.attachments.isEmpty ? nil : shown.attachments.map { ThreadFile($0) })
        }
    }

    func threadBegun(
        _ new: NewThread, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> ThreadOpened {
        let person = call.caller.id
        guard call.reach?.isStaff != true else { throw ConversationRefusal.customersOnly }
        let request = ConversationRequest(
            side: .customer, caller: person, customer: person, reference: new.caseID.map { "\($0)" },
            title: new.subject)
        let begun = try begin(
            request, NewMessage(new.message, from: person, on: .customer, files: new.attachments), plugin, tx)
        let asked = ThreadAsked(id: begun.conversation.number, page: nil, pageSize: nil)
        return try tx.reading { try thread(asked, plugin, $0, call) }
    }

    func threadAnswered(
        _ new: NewThreadMessage, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> ThreadMessage {
        let found = try tx.reading { try find(try $0.conversation(number: new.id), call, plugin, $0) }
        let sent = try tx.post(
            NewMessage(new.content, from: found.person, on: found.side, files: new.attachments),
            in: found.conversation.id)
        let shown = try tx.reading { try threadMessages([sent], found, plugin, $0) }
        guard let first = shown.first else { throw Problem.fault }
        return first
    }

    func threadRead(
        _ number: Int, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> ThreadListed {
        let found = try tx.reading { try find(try $0.conversation(number: number), call, plugin, $0) }
        try tx.markRead(found.conversation.id, by: found.person)
        return try tx.reading { try listed(found.conversation, for: found.person, $0) }
    }
}
