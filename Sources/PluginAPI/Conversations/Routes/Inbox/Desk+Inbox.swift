extension Desk {
    private func filter(_ asked: InboxAsked, _ call: Call<Member>) -> ConversationFilter {
        var filter = ConversationFilter()
        let person = call.caller.id
        filter.reach = Self.staffReach(call)
        filter.colleague = call.reach?.isStaff == true ? person : nil
        filter.states = asked.state
        switch asked.assignee {
        case .nobody?: filter.assignment = .nobody
        case .mine?: filter.assignment = .person(person)
        case .person(let other)?: filter.assignment = .person(other)
        case nil: break
        }
        filter.kinds = asked.kind.map { [$0] } ?? []
        filter.plugin = asked.plugin
        filter.customer = asked.customer
        filter.isWaiting = asked.waiting
        filter.order = asked.order
        return filter
    }

    /// What of the inbox the caller may see. Whoever holds the permission for their own things alone is nobody of the
    /// staff: nothing is assigned to the empty id.
    private static func staffReach(_ call: Call<Member>) -> Reach {
        guard let reach = call.reach, reach.isStaff else { return .assigned(PersonID(rawValue: "")) }
        return reach
    }

    func inbox(
        _ asked: InboxAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<InboxConversation> {
        let found = try tx.conversations(filter(asked, call), page: asked.page, limit: asked.limit)
        var names = Names(self, plugin)
        var items: [InboxConversation] = []
        for conversation in found.items {
            items.append(try inboxShown(conversation, for: call.caller.id, &names, tx))
        }
        return Page(items, PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
    }

    func inboxCounts(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> InboxCounts {
        let person = call.caller.id
        var filter = ConversationFilter()
        filter.reach = Self.staffReach(call)
        filter.colleague = call.reach?.isStaff == true ? person : nil
        filter.states = [.open]
        let open = try tx.conversations(filter, page: 1, limit: 1).total
        var waiting = filter
        waiting.isWaiting = true
        var unassigned = filter
        unassigned.assignment = .nobody
        var mine = filter
        mine.assignment = .person(person)
        return InboxCounts(
            waiting: try tx.conversations(waiting, page: 1, limit: 1).total,
            unassigned: try tx.conversations(unassigned, page: 1, limit: 1).total,
            mine: try tx.conversations(mine, page: 1, limit: 1).total, open: open)
    }

    private func inboxShown(
        _ conversation: Conversation, for person: PersonID, _ names: inout Names<P>, _ tx: borrowing ReadTransaction
    ) throws -> InboxConversation {
        func shown(
            _ person: PersonID?, _ names: inout Names<P>, _ tx: borrowing ReadTransaction
        ) throws -> InboxPerson? {
            guard let person else { return nil }
            return InboxPerson(id: person, name: try names.name(of: person, tx))
        }
        let unread =
            try tx.participant(person, of: conversation.id)?.unread ?? conversation.messageCount
        return InboxConversation(
            id: conversation.id, number: conversation.number, plugin: conversation.plugin, kind: conversation.kind,
            subject: conversation.title,
            reference: try talks.subject(names.plugin, conversation, tx)?.reference ?? conversation.about?.id,
            customer: try shown(conversation.customer, &names, tx),
            assignee: try shown(conversation.assignee, &names, tx), branch: conversation.branch,
            state: conversation.state, priority: conversation.priority, waitingSince: conversation.waitingSince,
            unreadCount: unread, messageCount: conversation.messageCount, createdAt: conversation.createdAt,
            updatedAt: conversation.updatedAt)
    }

    func inboxConversation(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> InboxConversation {
        let found = try findAsStaff(id, call, plugin, tx)
        var names = Names(self, plugin)
        return try inboxShown(found.conversation, for: found.person, &names, tx)
    }

    func inboxParticipants(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> [InboxParticipant] {
        _ = try findAsStaff(id, call, plugin, tx)
        var names = Names(self, plugin)
        var shown: [InboxParticipant] = []
        for one in try tx.participants(of: id) {
            shown.append(
                InboxParticipant(
                    id: one.person, name: try names.name(of: one.person, tx), side: one.side, joinedAt: one.joinedAt,
                    leftAt: one.leftAt, lastReadAt: one.lastReadAt, unreadCount: one.unread))
        }
        return shown
    }

    func inboxMessages(
        _ asked: MessagesAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<InboxEntry> {
        let found = try findAsStaff(asked.id, call, plugin, tx)
        let page = try tx.messages(
            of: asked.id, withNotes: true, newestFirst: true, page: asked.page, limit: asked.limit)
        return Page(
            try entries(page.items, found, plugin, tx),
            PageNumbers(page: asked.page, limit: asked.limit, total: page.total))
    }

    private func entries(
        _ messages: [ConversationMessage], _ found: Found, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> [InboxEntry] {
        let mine = try tx.participant(found.person, of: found.conversation.id)
        let receipts = try tx.receipts(of: found.conversation.id)
        var names = Names(self, plugin)
        var entries: [InboxEntry] = []
        for message in messages {
            var sender: InboxPerson?
            if let person = message.sender {
                sender = InboxPerson(id: person, name: try names.name(of: person, tx))
            }
            // A customer's receipt says nothing of notes.
            let seeing = receipts.filter { !message.isNote || $0.side == .staff }
            entries.append(
                InboxEntry(
                    id: message.id, number: message.number, sender: sender, side: message.side,
                    isNote: message.isNote, type: message.type, text: message.text, priority: message.priority,
                    sentAt: message.sentAt,
                    isUnread: message.sender != found.person && message.position > mine?.lastRead ?? 0,
                    attachments: try tx.files(of: message).map { FileShown($0, at: talks.filesAt) },
                    readBy: try readers(of: message, seeing, &names, tx)))
        }
        return entries
    }

    func inboxBegin(
        _ new: InboxBegun, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> InboxConversation {
        let person = call.caller.id
        guard call.reach?.isStaff == true else { throw Problem.notFound }
        guard try tx.person(new.customer) != nil, new.customer != person else {
            throw Problem.invalid("customer", .notAllowed, "must be another person of this portal")
        }
        let request = ConversationRequest(
            side: .staff, caller: person, customer: new.customer, kind: new.kind, reference: new.reference,
            title: new.subject, priority: new.priority)
        let message = NewMessage(
            new.message, from: person, on: .staff, priority: new.priority, files: new.attachments)
        let begun = try begin(request, message, plugin, tx)
        // Whoever may not see what they have begun may not begin it.
        return try tx.reading { try inboxConversation(begun.conversation.id, plugin, $0, call) }
    }

    func inboxSend(
        _ new: InboxMessageSent, isNote: Bool, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> InboxEntry {
        let found = try tx.reading { try findAsStaff(new.id, call, plugin, $0) }
        let message = NewMessage(
            new.text, from: found.person, on: .staff, isNote: isNote, priority: new.priority, files: new.attachments)
        let sent = try tx.post(message, in: new.id)
        let shown = try tx.reading { try entries([sent], found, plugin, $0) }
        guard let first = shown.first else { throw Problem.fault }
        return first
    }

    /// Does something to a conversation, and shows it as it is then.
    func inboxAct(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>,
        _ act: (Found, borrowing Transaction) throws -> Void
    ) throws -> InboxConversation {
        let found = try tx.reading { try findAsStaff(id, call, plugin, $0) }
        try act(found, tx)
        // Who has just given it away may not see it any more, but still what has become of it.
        return try tx.reading { view in
            var names = Names(self, plugin)
            return try inboxShown(
                try view.conversation(id) ?? found.conversation, for: found.person, &names, view)
        }
    }

    func take(_ found: Found, _ tx: borrowing Transaction) throws {
        if let assignee = found.conversation.assignee {
            guard assignee == found.person else { throw ConversationRefusal.taken }
            return
        }
        try tx.assign(found.conversation.id, to: found.person)
    }

    func assign(_ found: Found, to person: PersonID, _ tx: borrowing Transaction) throws {
        guard try person == found.person || tx.isStaff(person, in: found.conversation.id) else {
            throw Problem.invalid("assignee", .notAllowed, "must be somebody of the staff who may answer")
        }
        try tx.assign(found.conversation.id, to: person)
    }

    func join(_ new: InboxJoined, _ found: Found, _ tx: borrowing Transaction) throws {
        let isKnown =
            switch new.side {
            case .staff: try tx.isStaff(new.person, in: new.id)
            case .customer: try tx.person(new.person) != nil
            }
        guard isKnown else {
            throw Problem.invalid(
                "person", .notAllowed,
                new.side == .staff ? "must be somebody of the staff who may answer" : "must be a person of this portal")
        }
        try tx.join(new.person, new.side, in: new.id)
    }
}
