import PluginAPI

extension ConversationWriter {
    /// Holders of a pool's roles who are told at once, at most.
    private static let poolLimit = 50

    /// Tells live connections, webhooks and listeners of a message, and the other side by notices.
    func tell(of message: ConversationMessage, in id: ConversationID) throws(StoreError) {
        guard let row = try find(id), let sender = message.sender else { return }
        let conversation = row.conversation
        let present = try ParticipantTable.all(of: conversation.number, host).filter(\.isPresent)
        let staff = try staff(among: present, of: conversation)
        let customers = present.filter { $0.side == .customer }
        let from = try People.person(sender, host)?.name ?? ""
        let posted = MessagePosted(
            messageId: message.id.rawValue, messageNumber: message.number, conversationId: conversation.id.rawValue,
            conversationNumber: conversation.number, plugin: conversation.plugin, kind: conversation.kind,
            aboutKind: conversation.about?.kind ?? "", aboutId: conversation.about?.id ?? "",
            senderId: sender.rawValue, from: from, side: message.side.rawValue,
            preview: conversation.isSealed ? "" : message.preview, isUrgent: message.priority == .urgent)
        let hearing = Set((staff + customers).map(\.person)).subtracting([sender])
        try EventTable.append(
            PublishedEvent(
                name: MessagePosted.name, payload: MessagePosted.schema.encode(posted),
                subject: conversation.subject, audience: .people(hearing)), origin, host)

        switch message.side {
        case .staff:
            for one in customers where one.person != sender {
                try notify(one.person, readUpTo: one.lastRead, of: message, from, conversation)
            }
        case .customer:
            for one in staff { try notify(one.person, readUpTo: one.lastRead, of: message, from, conversation) }
            guard staff.isEmpty else { return }
            for person in try pool(of: row)
            where person != sender && !customers.contains(where: { $0.person == person }) {
                try notify(person, readUpTo: 0, of: message, from, conversation)
            }
        }
    }

    private func notify(
        _ person: PersonID, readUpTo position: Int, of message: ConversationMessage, _ from: String,
        _ conversation: Conversation
    ) throws(StoreError) {
        let type: NoticeType = conversation.isSealed ? .privateMessageReceived : .messageReceived
        let values = conversation.isSealed ? [:] : ["from": from, "subject": conversation.title]
        // What a customer calls urgent disturbs nobody who does not want that.
        let notice = Notice(
            type, to: person, about: conversation.subject, values,
            key: Self.noticeKey(conversation.id, person, readUpTo: position),
            isEmergency: message.priority == .urgent && message.side == .staff)
        try OutboxTable.add(notice, hosts, host)
    }

    /// Tells the staff's inboxes that something has changed.
    func tellStaff(of id: ConversationID, _ change: String) throws(StoreError) {
        guard let row = try find(id) else { return }
        let conversation = row.conversation
        let present = try ParticipantTable.all(of: conversation.number, host).filter(\.isPresent)
        let staff = try staff(among: present, of: conversation).map(\.person)
        let hearing = staff.isEmpty ? try pool(of: row) : staff
        let customers = Set(present.filter { $0.side == .customer }.map(\.person))
        let changed = InboxChanged(
            conversationId: conversation.id.rawValue, plugin: conversation.plugin, change: change,
            assigneeId: conversation.assignee?.rawValue, isWaiting: conversation.waitingSince != nil)
        try EventTable.append(
            PublishedEvent(
                name: InboxChanged.name, payload: InboxChanged.schema.encode(changed), subject: conversation.subject,
                audience: .people(Set(hearing).subtracting(customers))), origin, host)
    }

    /// Those who take part for the staff and still may.
    private func staff(
        among present: [ConversationParticipant], of conversation: Conversation
    ) throws(StoreError) -> [ConversationParticipant] {
        var staff: [ConversationParticipant] = []
        for one in present where one.side == .staff {
            if try holds(.reading, one.person, of: conversation.plugin) { staff.append(one) }
        }
        return staff
    }

    /// The active holders of the pool's roles, everywhere or where the conversation belongs.
    private func pool(of row: ThreadRow) throws(StoreError) -> [PersonID] {
        guard !row.pool.isEmpty else { return [] }
        return try host.values(
            """
            SELECT DISTINCT held.person_id FROM portico_person_role AS held
            JOIN portico_person AS person ON person.id = held.person_id
            WHERE held.plugin = \(row.conversation.plugin) AND held.role IN \(SQL.list(row.pool))
            AND held.branch IN ('', \(row.conversation.branch ?? "")) AND person.state = 'active'
            ORDER BY 1 LIMIT \(Self.poolLimit)
            """, as: PersonID.self)
    }
}

/// What people are told of messages, outside of the conversation.
extension NoticeType {
    static let messageReceived = NoticeType(
        "message-received", "Somebody wrote to you.", category: .messages,
        channels: [.email, .sms, .whatsapp, .push], placeholders: ["from", "subject"],
        texts: [
            "en": Text(subject: "New message from {from}", body: "{from} wrote to you: {subject}. Sign in to read it."),
            "de": Text(
                subject: "Neue Nachricht von {from}",
                body: "{from} hat Ihnen geschrieben: {subject}. Melden Sie sich an, um die Nachricht zu lesen."),
            "es": Text(
                subject: "Nuevo mensaje de {from}",
                body: "{from} le ha escrito: {subject}. Inicie sesión para leerlo."),
        ])

    /// Of conversations that lie sealed: who wrote, and about what, may already say too much.
    static let privateMessageReceived = NoticeType(
        "private-message-received", "Somebody wrote to you in a confidential conversation.", category: .messages,
        channels: [.email, .sms, .whatsapp, .push], placeholders: [],
        texts: [
            "en": Text(subject: "You have a new message", body: "You have a new message. Sign in to read it."),
            "de": Text(
                subject: "Sie haben eine neue Nachricht",
                body: "Sie haben eine neue Nachricht. Melden Sie sich an, um sie zu lesen."),
            "es": Text(
                subject: "Tiene un mensaje nuevo", body: "Tiene un mensaje nuevo. Inicie sesión para leerlo."),
        ])

    static let conversations = [messageReceived, privateMessageReceived]
}
