extension Desk {
    /// A message in seed 000's shape.
    ///
    /// - Parameters:
    ///   - isUnread: for whoever asks.
    ///   - receipts: who read what; nil in lists, which have neither them nor the whole text.
    func portal(
        _ message: ConversationMessage, in conversation: Conversation, isUnread: Bool, receipts: [ReadReceipt]?,
        language: Language, _ names: inout Names<P>, _ tx: borrowing ReadTransaction
    ) throws -> PortalMessage {
        let from = try names.shown(message.sender, message.side, tx)
        var actions: [PortalAction] = []
        if conversation.state != .archived {
            actions.append(
                PortalAction(type: "reply", label: Self.reply(to: from.name, language), url: nil))
        }
        if let link = try talks.subject(names.plugin, conversation, tx)?.link {
            actions.append(PortalAction(type: link.type, label: link.label, url: link.url))
        }
        return PortalMessage(
            id: message.id, threadId: conversation.id, type: message.type, from: from, subject: conversation.title,
            preview: message.preview, timestamp: message.sentAt, status: isUnread ? .unread : .read,
            priority: message.priority,
            attachments: try tx.files(of: message).map { FileShown($0, at: talks.filesAt) }, actions: actions,
            message: receipts == nil ? nil : message.text,
            readBy: try receipts.map { try readers(of: message, $0, &names, tx) })
    }

    private static func reply(to name: String, _ language: Language) -> String {
        switch language.base {
        case "de": name.isEmpty ? "Antworten" : "\(name) antworten"
        case "es": name.isEmpty ? "Responder" : "Responder a \(name)"
        default: name.isEmpty ? "Reply" : "Reply to \(name)"
        }
    }

    /// Who but the sender has read a message, and when first.
    func readers(
        of message: ConversationMessage, _ receipts: [ReadReceipt], _ names: inout Names<P>,
        _ tx: borrowing ReadTransaction
    ) throws -> [ReaderShown] {
        var readers: [ReaderShown] = []
        for receipt in receipts where receipt.position >= message.position && receipt.person != message.sender {
            guard !readers.contains(where: { $0.id == receipt.person }) else { continue }
            readers.append(
                ReaderShown(
                    id: receipt.person, name: try names.name(of: receipt.person, tx), readAt: receipt.at))
        }
        return readers
    }

    /// Whether a message is unread for a participant.
    static func isUnread(_ message: ConversationMessage, for participant: ConversationParticipant?) -> Bool {
        message.sender != participant?.person && message.position > participant?.lastRead ?? 0
    }

    func portalInbox(
        _ asked: PortalInboxAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Paged<PortalInbox> {
        let (person, isStaff) = (call.caller.id, call.reach?.isStaff ?? false)
        let filter = InboxFilter(
            type: asked.type, isRead: asked.status.map { $0 == .read }, countsStaff: isStaff)
        let found = try tx.inbox(of: person, filter, page: asked.page, limit: asked.limit)
        let totals = try tx.conversationTotals(of: person, countsStaff: isStaff)
        var names = Names(self, plugin)
        var messages: [PortalMessage] = []
        for item in found.items {
            messages.append(
                try portal(
                    item.message, in: item.conversation, isUnread: item.isUnread, receipts: nil,
                    language: call.language, &names, tx))
        }
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: found.total)
        return Paged(
            whole: PortalInbox(
                messages: messages,
                summary: PortalSummary(
                    unreadCount: totals.unread, totalMessages: totals.messages, lastActivity: totals.lastActivity),
                pagination: PageShown(numbers)), numbers: numbers)
    }

    func portalMessage(
        _ id: MessageID, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> PortalMessage {
        let (found, message) = try find(id, call, plugin, tx)
        var names = Names(self, plugin)
        let mine = try tx.participant(found.person, of: found.conversation.id)
        return try portal(
            message, in: found.conversation, isUnread: Self.isUnread(message, for: mine),
            receipts: try tx.receipts(of: found.conversation.id), language: call.language, &names, tx)
    }

    func portalThread(
        _ asked: PortalThreadAsked, _ plugin: P, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Paged<PortalThread> {
        let found = try find(asked.threadId, call, plugin, tx)
        let conversation = found.conversation
        let page = try tx.messages(
            of: conversation.id, withNotes: false, newestFirst: false, page: asked.page, limit: asked.limit)
        let receipts = try tx.receipts(of: conversation.id)
        let mine = try tx.participant(found.person, of: conversation.id)
        var names = Names(self, plugin)
        var messages: [PortalMessage] = []
        for message in page.items {
            messages.append(
                try portal(
                    message, in: conversation, isUnread: Self.isUnread(message, for: mine), receipts: receipts,
                    language: call.language, &names, tx))
        }
        var participants: [SenderShown] = []
        for one in try tx.participants(of: conversation.id) where one.isPresent {
            participants.append(try names.shown(one.person, one.side, tx))
        }
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: page.total)
        return Paged(
            whole: PortalThread(
                id: conversation.id, type: conversation.kind, subject: conversation.title,
                caseNumber: try talks.subject(plugin, conversation, tx)?.reference, state: conversation.state,
                priority: conversation.priority, participants: participants, unreadCount: mine?.unread ?? 0,
                createdAt: conversation.createdAt, updatedAt: conversation.updatedAt, messages: messages,
                pagination: PageShown(numbers)), numbers: numbers)
    }

    func portalSend(
        _ new: PortalNewMessage, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PortalMessage {
        let (person, reach) = (call.caller.id, call.reach)
        var message = NewMessage(
            new.message, from: person, on: .customer, priority: new.priority, files: new.attachments)
        let sent: MessageID
        if let threadId = new.threadId {
            let found = try tx.reading { try find(threadId, call, plugin, $0) }
            message.side = found.side
            sent = try tx.post(message, in: threadId).id
        } else {
            // The staff begin theirs in the inbox, where they say with whom.
            guard reach?.isStaff != true else { throw Problem.invalid("threadId", .missing, "is required of staff") }
            guard let subject = new.subject else { throw Problem.invalid("subject", .missing, "is required") }
            let request = ConversationRequest(
                side: .customer, caller: person, customer: person, recipientType: new.recipientType?.rawValue,
                recipient: new.recipientId, reference: new.caseNumber, title: subject, priority: new.priority)
            sent = try begin(request, message, plugin, tx).message.id
        }
        return try tx.reading { try portalMessage(sent, plugin, $0, call) }
    }

    func portalRead(
        _ id: MessageID, _ plugin: P, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PortalRead {
        let (found, message) = try tx.reading { try find(id, call, plugin, $0) }
        try tx.markRead(found.conversation.id, by: found.person, upTo: message.position)
        return try portalRead(message.id, found, tx, call)
    }

    func portalRead(
        _ id: MessageID, _ found: Found, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PortalRead {
        let isStaff = call.reach?.isStaff ?? false
        let totals = try tx.reading { try $0.conversationTotals(of: found.person, countsStaff: isStaff) }
        return PortalRead(
            id: id, threadId: found.conversation.id, status: .read, unreadCount: totals.unread)
    }
}
