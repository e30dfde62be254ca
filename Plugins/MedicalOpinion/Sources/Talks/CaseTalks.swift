internal import PluginAPI

/// Messages between customers and those who work on their cases (seed 000 §6.1), and the inbox of the desk.
extension MedicalOpinion {
    static let talks = Conversations<MedicalOpinion>(
        kinds: [
            ConversationKind("support", "Questions to the service.", pool: Role.desk, isSealed: true),
            ConversationKind("case_update", "What is said about a case.", pool: Role.desk, isSealed: true),
        ],
        read: .readMessages, write: .writeMessages, filesAt: filesAt, subject: Self.talkSubject, start: Self.startTalk,
        sender: Self.sender)

    static let talkRoutes: [Route<Self>] =
        Route.conversations(portal: "/v1/portal/messages", talks)
        + Route.supportInbox(at: "/v1/staff/inbox", talks) + Route.files(at: filesAt)

    func talkSubject(_ talk: Conversation, _ tx: borrowing ReadTransaction) throws -> ConversationSubject? {
        guard let about = talk.about, about.kind == CaseNumber.subjectKind else {
            return ConversationSubject(talk.subject)
        }
        guard let row = try tx.secondOpinion(about.id) else { return nil }
        return ConversationSubject(
            row.subject, reference: row.number,
            link: ConversationSubject.Link(
                type: "view_case", label: "View Full Case", url: "/portal/cases/\(row.number)"))
    }

    /// What customers ask about a case goes to who works on it; the rest to the desk, and there to the customer's own case
    /// manager where they have one.
    func startTalk(_ asked: ConversationRequest, _ tx: borrowing Transaction) throws -> NewConversation {
        guard let number = asked.reference else {
            if asked.recipientType == "professional" || asked.recipient != nil {
                throw Problem.invalid("caseNumber", .missing, "is required for a message to a professional")
            }
            return NewConversation(
                "support", title: asked.title, customer: asked.customer,
                assignee: try caseManager(of: asked.customer, tx), priority: asked.priority)
        }
        guard let row = try tx.secondOpinion(number), row.person == asked.customer else {
            throw Problem.invalid("caseNumber", .notAllowed, "must be the number of a case of the customer")
        }
        if let recipient = asked.recipient, recipient != row.expert {
            throw Problem.invalid("recipientId", .notAllowed, "must be the professional of the case")
        }
        if asked.recipientType == "professional", row.expert == nil {
            throw Problem.invalid("recipientType", .notAllowed, "must be support until the case has a professional")
        }
        let isForExpert = asked.recipientType != "support"
        return NewConversation(
            "case_update", title: asked.title, customer: asked.customer, about: row.subject,
            staff: isForExpert ? Set([row.expert].compactMap { $0 }) : [],
            assignee: isForExpert && row.expert != nil ? nil : try caseManager(of: asked.customer, tx),
            priority: asked.priority)
    }

    func sender(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> ConversationSender? {
        if let title: String = try tx.value("SELECT title FROM medicalopinion_expert WHERE person_id = \(person)") {
            return ConversationSender(type: "professional", title: title)
        }
        let isCustomer: Int? = try tx.value("SELECT 1 FROM medicalopinion_customer WHERE person_id = \(person)")
        return isCustomer == nil ? nil : ConversationSender(type: "customer")
    }

    /// Says something about a case, in the thread there is about it or in a new one.
    func say(
        _ text: String, _ title: String?, _ priority: Conversation.Priority, in row: CaseRow, by person: PersonID,
        on side: Conversation.Side, _ tx: borrowing Transaction
    ) throws {
        let message = NewMessage(text, from: person, on: side, priority: priority)
        if title == nil, let kept = row.conversation {
            let id = ConversationID(rawValue: kept)
            if side == .staff, try !tx.isStaff(person, in: id) { try tx.join(person, .staff, in: id) }
            _ = try tx.post(message, in: id)
            return
        }
        var staff = Set([row.expert].compactMap { $0 })
        if side == .staff { staff.insert(person) }
        let talk = try tx.open(
            NewConversation(
                "case_update", title: title ?? "Case \(row.number)", customer: row.person, about: row.subject,
                staff: staff, priority: priority))
        if row.conversation == nil {
            try tx.run(
                "UPDATE medicalopinion_case SET conversation_id = \(talk.id.rawValue) WHERE id = \(row.id)")
        }
        _ = try tx.post(message, in: talk.id)
    }

    /// The threads about a case follow it: whose case it is no more reads on no longer, and whoever has it now takes their
    /// part. What a customer wrote to the desk stays with the desk.
    func handOver(_ row: CaseRow, from old: PersonID?, _ tx: borrowing Transaction) throws {
        var filter = ConversationFilter()
        filter.about = Conversation.Reference(kind: row.subject.kind, id: row.subject.id)
        for page in 1... {
            let found = try tx.reading { try $0.conversations(filter, page: page, limit: 100) }
            for talk in found.items {
                var isTheirs = talk.id.rawValue == row.conversation
                if let old, try tx.reading({ try $0.participant(old, of: talk.id)?.isPresent }) == true {
                    isTheirs = true
                    try tx.leave(old, talk.id)
                }
                if isTheirs, let expert = row.expert { try tx.join(expert, .staff, in: talk.id) }
            }
            if page * 100 >= found.total { return }
        }
    }

    /// A message was sent: part of its customer's journey.
    func noteMessage(_ event: MessagePosted, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard event.plugin == Self.manifest.id,
            let customer = try tx.reading({
                try $0.conversation(ConversationID(rawValue: event.conversationId))?.customer
            })
        else { return }
        try lifecycle.record(
            LifecycleEvent(event.side == "customer" ? .messageSent : .messageReceived), of: customer,
            case: event.aboutKind == CaseNumber.subjectKind ? event.aboutId : nil, at: tx.now, in: tx)
    }

    /// A customer has read what was written to them: that is part of their journey too, once for each message.
    func noteMessagesRead(_ event: MessagesRead, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard event.plugin == Self.manifest.id,
            let customer = try tx.reading({
                try $0.conversation(ConversationID(rawValue: event.conversationId))?.customer
            }), customer.rawValue == event.readerId
        else { return }
        for _ in 0..<event.count {
            try lifecycle.record(
                LifecycleEvent(.messageRead), of: customer,
                case: event.aboutKind == CaseNumber.subjectKind ? event.aboutId : nil, at: tx.now, in: tx)
        }
    }

    func messageReceived(_ event: MessagePosted) -> MessageReceived? {
        guard event.plugin == Self.manifest.id else { return nil }
        return MessageReceived(
            messageId: event.messageId, from: event.from,
            caseNumber: event.aboutKind == CaseNumber.subjectKind ? event.aboutId : nil, preview: event.preview,
            urgent: event.isUrgent)
    }

    func messageReceivedInBrief(_ event: MessagePosted) -> MessageBrief? {
        MessageBrief(messageId: event.messageId, from: event.from, urgent: event.isUrgent)
    }
}

/// The data of `message_received` (seed 000 §7.1). Threads lie sealed, so the preview says nothing of what was written.
struct MessageReceived: Described {
    let messageId: String
    let from: String
    let caseNumber: String?
    let preview: String
    let urgent: Bool
    static let schema = Schema<MessageReceived>.object(
        MessageReceived.init(messageId:from:caseNumber:preview:urgent:),
        Field("messageId", \.messageId, .string(1...64)), Field("from", \.from, .string(0...500)),
        .leftOutWhenNil("caseNumber", \.caseNumber, .optional(.string(1...64))),
        Field("preview", \.preview, .string(0...500)), Field("urgent", \.urgent, .bool))
}

/// What streams tell of it (seed 000 §7.2).
struct MessageBrief: Described {
    let messageId: String
    let from: String
    let urgent: Bool
    static let schema = Schema<MessageBrief>.object(
        MessageBrief.init(messageId:from:urgent:), Field("messageId", \.messageId, .string(1...64)),
        Field("from", \.from, .string(0...500)), Field("urgent", \.urgent, .bool))
}
