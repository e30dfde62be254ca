/// The conversations of a plugin: what kinds there are, who reads and writes in them, and how they begin.
///
///     static let talks = Conversations<Self>(
///         kinds: [ConversationKind("support", "Questions to our team.", pool: ["STAFF"])],
///         read: .readMessages, write: .writeMessages, filesAt: "/api/customer/files")
///
/// A customer reads what they take part in. Staff, who hold the permission for more than their own things, read what it
/// reaches: the subject that a conversation is about is asked for at each request, so that what changes about it counts at
/// once.
public struct Conversations<P: Plugin>: Sendable {
    /// The first is for what customers ask without saying more.
    public let kinds: [ConversationKind]
    /// What reading takes; nil for anybody signed in, where only customers take part.
    public let read: Permission?
    /// What writing takes.
    public let write: Permission?
    /// The path at which the plugin mounts files.
    let filesAt: String
    let subject: @Sendable (P, Conversation, borrowing ReadTransaction) throws -> ConversationSubject?
    let start: @Sendable (P, ConversationRequest, borrowing Transaction) throws -> NewConversation
    let sender: @Sendable (P, PersonID, borrowing ReadTransaction) throws -> ConversationSender?

    /// - Parameters:
    ///   - filesAt: where the plugin mounts ``Route/files(at:)``; attachments are read there.
    ///   - subject: what a conversation is about, as it is now; nil when it is gone. Without it a conversation is about
    ///     itself: its customer's, of its branch, worked on by its assignee.
    ///   - start: decides how a conversation begins that somebody asks for, or throws. Without it every one is of the
    ///     first kind, and about nothing else.
    ///   - sender: what clients are told of a sender beyond the name.
    public init(
        kinds: [ConversationKind], read: Permission, write: Permission, filesAt: String,
        subject: (
            @Sendable (P) -> @Sendable (Conversation, borrowing ReadTransaction) throws -> ConversationSubject?
        )? = nil,
        start: (@Sendable (P) -> @Sendable (ConversationRequest, borrowing Transaction) throws -> NewConversation)? =
            nil,
        sender: (@Sendable (P) -> @Sendable (PersonID, borrowing ReadTransaction) throws -> ConversationSender?)? = nil
    ) {
        self.init(kinds, read, write, filesAt, subject, start, sender)
    }

    /// Of people's own, whatever plugin they belong to.
    @_spi(Host)
    public static func hosts(read: Permission?, write: Permission?, filesAt: String) -> Conversations {
        Conversations([], read, write, filesAt, nil, nil, nil)
    }

    private init(
        _ kinds: [ConversationKind], _ read: Permission?, _ write: Permission?, _ filesAt: String,
        _ subject: (
            @Sendable (P) -> @Sendable (Conversation, borrowing ReadTransaction) throws -> ConversationSubject?
        )?,
        _ start: (@Sendable (P) -> @Sendable (ConversationRequest, borrowing Transaction) throws -> NewConversation)?,
        _ sender: (@Sendable (P) -> @Sendable (PersonID, borrowing ReadTransaction) throws -> ConversationSender?)?
    ) {
        self.kinds = kinds
        self.read = read
        self.write = write
        self.filesAt = filesAt
        self.subject = { plugin, conversation, tx in
            guard let subject else { return ConversationSubject(conversation.subject) }
            return try subject(plugin)(conversation, tx)
        }
        let first = kinds.first?.name ?? ""
        self.start = { plugin, request, tx in
            if let start { return try start(plugin)(request, tx) }
            if request.reference != nil { throw Problem.invalid("caseNumber", .notAllowed, "is about nothing here") }
            if request.recipient != nil || request.recipientType == "professional" {
                throw Problem.invalid("recipientType", .notAllowed, "must be support")
            }
            if let kind = request.kind, !kinds.contains(where: { $0.name == kind }) {
                throw Problem.invalid(
                    "kind", .notAllowed, "must be one of \(kinds.map(\.name).joined(separator: ", "))")
            }
            return NewConversation(
                request.kind ?? first, title: request.title, customer: request.customer, priority: request.priority)
        }
        self.sender = { plugin, person, tx in try sender?(plugin)(person, tx) }
    }

    /// On which side somebody is in a conversation; nil for those who may not know of it.
    ///
    /// Whoever takes part as a customer is one in it, whatever else they may: so that nobody is shown notes about
    /// themselves. Taking part for the staff counts only as long as the permission is held for more than one's own things.
    func side(
        of person: PersonID, _ reach: Reach?, in conversation: Conversation, _ plugin: P,
        _ tx: borrowing ReadTransaction
    ) throws -> Conversation.Side? {
        let isStaff = reach?.isStaff ?? false
        if let mine = try tx.participant(person, of: conversation.id), mine.isPresent {
            if mine.side == .customer { return .customer }
            if isStaff { return .staff }
        }
        guard isStaff, conversation.customer != person, let reach else { return nil }
        if reach == .tenant { return .staff }
        guard let subject = try subject(plugin, conversation, tx)?.subject else { return nil }
        var assignees = subject.assignees
        if let assignee = conversation.assignee { assignees.insert(assignee) }
        let whole = Subject(
            subject.kind, id: subject.id, owner: subject.owner, branch: subject.branch ?? conversation.branch,
            assignees: assignees)
        return reach.covers(whole) ? .staff : nil
    }

    /// Who reads the files of messages: whoever may see the message.
    var fileAccess: FileAccess<P> {
        FileAccess(kind: Self.fileKind, keptFor: nil, permissions: []) { plugin, use, tx in
            guard !use.isChange, let message = try tx.message(MessageID(rawValue: use.subject)),
                let conversation = try tx.conversation(message.conversation)
            else { return false }
            var reach: Reach?
            if let read {
                guard let held = use.principal.reach(of: read) else { return false }
                reach = held
            }
            // Acting for somebody else, nobody is staff.
            if use.person != use.principal.person { reach = .own(use.person) }
            switch try side(of: use.person, reach, in: conversation, plugin, tx) {
            case .staff: return true
            case .customer: return !message.isNote
            case nil: return false
            }
        }
    }

    /// What files of messages are attached to.
    static var fileKind: String { "message" }
}

extension Reach {
    /// Whether it is more than one's own things.
    var isStaff: Bool { if case .own = self { false } else { true } }
}

/// What a conversation is about, and how clients are led there.
public struct ConversationSubject: Sendable {
    /// Decides who of the staff may see it.
    public let subject: Subject
    /// As clients name it: a case's number.
    public let reference: String?
    /// For people.
    public let title: String?
    /// Where clients see it.
    public let link: Link?

    /// A way to the subject: `view_case`, "View Full Case", `/portal/cases/EU-2025-001234`.
    public struct Link: Sendable {
        public let type: String
        public let label: String
        public let url: String

        public init(type: String, label: String, url: String) {
            self.type = type
            self.label = label
            self.url = url
        }
    }

    public init(_ subject: Subject, reference: String? = nil, title: String? = nil, link: Link? = nil) {
        self.subject = subject
        self.reference = reference
        self.title = title
        self.link = link
    }
}

/// What clients are told of a sender beyond the name.
public struct ConversationSender: Sendable {
    /// `professional`, `support`, `customer`.
    public let type: String
    /// `Cardiologist`
    public let title: String?
    /// The person's id in dialects whose ids are whole numbers.
    public let number: Int?

    public init(type: String, title: String? = nil, number: Int? = nil) {
        self.type = type
        self.title = title
        self.number = number
    }
}
