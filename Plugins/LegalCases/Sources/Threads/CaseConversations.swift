internal import PluginAPI

/// Messages between a client and the team of a case (seed 003, contract §11).
extension LegalCases {
    static let talks = Conversations<LegalCases>(
        kinds: [
            ConversationKind("case", "Messages about a case."),
            ConversationKind(
                "general", "Questions to the firm about no case.", pool: ["PARALEGAL", "ATTORNEY", "ADMIN"]),
        ],
        read: .readMessages, write: .writeMessages, filesAt: "/api/portal/files", subject: Self.threadSubject,
        start: Self.startThread, sender: Self.threadSender)

    /// Seed 003's threads, the staff's inbox, and the files that are sent along.
    static let threadRoutes: [Route<Self>] =
        Route.conversations(threads: "/api/portal/messages", talks)
        + Route.supportInbox(at: "/api/staff/threads", talks) + Route.files(at: "/api/portal/files")

    /// What a thread is about decides who sees it: the team as it is at that moment.
    func threadSubject(_ conversation: Conversation, _ tx: borrowing ReadTransaction) throws -> ConversationSubject? {
        guard let about = conversation.about else { return ConversationSubject(conversation.subject) }
        guard let id = Int(about.id), let matter = try tx.matter(id) else { return nil }
        return ConversationSubject(
            matter.subject, reference: matter.number, title: matter.title,
            link: ConversationSubject.Link(type: "view_case", label: "View case", url: "/api/portal/cases/\(id)/"))
    }

    /// A thread with a case is the client's and the team's; one without goes to whoever answers for the firm.
    func startThread(_ request: ConversationRequest, _ tx: borrowing Transaction) throws -> NewConversation {
        try tx.numbered(request.caller)
        guard let reference = request.reference else {
            return NewConversation(
                "general", title: request.title, customer: request.customer, priority: request.priority)
        }
        guard let id = Int(reference), let matter = try tx.matter(id), matter.client == request.customer,
            request.side == .customer || matter.team.contains(request.caller)
        else { throw Problem.invalid("case", .notAllowed, "must be the number of one of the client's cases") }
        guard matter.takesNew else { throw CaseRefusal.closed.problem }
        return NewConversation(
            "case", title: request.title, customer: request.customer, about: matter.subject, staff: matter.team,
            assignee: matter.lead.flatMap { matter.team.contains($0) ? $0 : nil }, priority: request.priority)
    }

    func threadSender(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> ConversationSender? {
        let isClient = try tx.client(of: person) != nil
        return ConversationSender(
            type: isClient ? "customer" : "professional", number: try tx.number(of: person))
    }
}

/// A message was written (seed 003). Made of the host's own event, which does not know the plugin's numbers.
struct MessageCreated: Event {
    static let name = "legal-cases.message-created"
    let messageID: Int
    let threadID: Int
    let senderID: Int
    let caseID: Int?

    static let schema = Schema<MessageCreated>.object(
        MessageCreated.init(messageID:threadID:senderID:caseID:), Field("message_id", \.messageID, .number),
        Field("thread_id", \.threadID, .number), Field("sender_id", \.senderID, .number),
        Field("case_id", \.caseID, .optional(.number)))
}

extension LegalCases {
    static let messageWebhooks: [WebhookEvent<Self>] = [
        .event("message.created", "A message was written, by a client or the firm.", Self.messageFacts)
    ]

    private func messageFacts(_ event: MessageCreated) -> MessageCreated? { event }

    /// Tells of a message in the plugin's own numbers.
    func tellOfMessage(_ posted: MessagePosted, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard posted.plugin == Self.manifest.id else { return }
        let sender = PersonID(rawValue: posted.senderId)
        let number = try tx.numbered(sender)
        try tx.publish(
            MessageCreated(
                messageID: posted.messageNumber, threadID: posted.conversationNumber, senderID: number,
                caseID: Int(posted.aboutId)),
            about: Subject("conversation", id: posted.conversationId), to: .machines)
    }
}
