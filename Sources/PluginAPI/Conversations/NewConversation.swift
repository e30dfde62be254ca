/// A conversation that begins.
public struct NewConversation: Sendable {
    /// The name of a declared ``ConversationKind``.
    public var kind: String
    public var title: String
    /// Whose it is.
    public var customer: PersonID
    /// What it is about; nil for nothing else.
    public var about: Subject?
    /// Where it belongs; the subject's own branch when nil.
    public var branch: String?
    /// Who else takes part on the customer's side.
    public var others: Set<PersonID>
    /// Who takes part for the staff.
    public var staff: Set<PersonID>
    /// Who of the staff has it from the beginning.
    public var assignee: PersonID?
    public var priority: Conversation.Priority

    public init(
        _ kind: String, title: String, customer: PersonID, about: Subject? = nil, branch: String? = nil,
        others: Set<PersonID> = [], staff: Set<PersonID> = [], assignee: PersonID? = nil,
        priority: Conversation.Priority = .normal
    ) {
        self.kind = kind
        self.title = title
        self.customer = customer
        self.about = about
        self.branch = branch
        self.others = others
        self.staff = staff
        self.assignee = assignee
        self.priority = priority
    }
}

/// A message that is sent.
public struct NewMessage: Sendable {
    public var text: String
    /// In whose name it is sent.
    public var sender: PersonID
    public var side: Conversation.Side
    /// Whether it is the staff's own.
    public var isNote: Bool
    /// As ``ConversationMessage/type``; the kind's name when nil.
    public var type: String?
    public var priority: Conversation.Priority
    /// Files that the caller has uploaded and nobody has attached yet.
    public var files: [FileID]

    public init(
        _ text: String, from sender: PersonID, on side: Conversation.Side, isNote: Bool = false, type: String? = nil,
        priority: Conversation.Priority = .normal, files: [FileID] = []
    ) {
        self.text = text
        self.sender = sender
        self.side = side
        self.isNote = isNote
        self.type = type
        self.priority = priority
        self.files = files
    }
}

/// A conversation that somebody asks for, as its plugin decides about it.
public struct ConversationRequest: Sendable {
    /// Who asks: the customer, or somebody of the staff.
    public let side: Conversation.Side
    public let caller: PersonID
    /// Whose conversation it would be.
    public let customer: PersonID
    /// The wanted kind, where the caller may say one.
    public let kind: String?
    /// `professional` or `support`, in the words of seed 000.
    public let recipientType: String?
    /// Whom of the staff it is meant for.
    public let recipient: PersonID?
    /// What it is about, as the caller names it: a case's number.
    public let reference: String?
    public let title: String
    public let priority: Conversation.Priority

    public init(
        side: Conversation.Side, caller: PersonID, customer: PersonID, kind: String? = nil,
        recipientType: String? = nil, recipient: PersonID? = nil, reference: String? = nil, title: String,
        priority: Conversation.Priority = .normal
    ) {
        self.side = side
        self.caller = caller
        self.customer = customer
        self.kind = kind
        self.recipientType = recipientType
        self.recipient = recipient
        self.reference = reference
        self.title = title
        self.priority = priority
    }
}
