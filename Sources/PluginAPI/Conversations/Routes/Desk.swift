/// What the ready-made routes of conversations have in common: finding what somebody may see, and putting it in shape.
struct Desk<P: Plugin>: Sendable {
    let talks: Conversations<P>

    init(_ talks: Conversations<P>) { self.talks = talks }

    /// Who may read, and write, at some reach; how far it is, the routes ask themselves.
    func reads<Input>() -> Need<P, Input> { talks.read.map { .listing($0) } ?? .member }
    func writes<Input>() -> Need<P, Input> { talks.write.map { .listing($0) } ?? .member }

    /// Who may, of the staff, read or write in one conversation; the host looks before the handler does.
    func object<Input>(
        _ permission: Permission?, _ id: @escaping @Sendable (Input) -> ConversationID
    ) -> Need<P, Input> {
        guard let permission else { return .member }
        return .permission(permission) { plugin in { input, tx in try object(id(input), plugin, tx) } }
    }

    /// A conversation as what the staff's permissions are compared with.
    private func object(
        _ id: ConversationID, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> Subject? {
        guard let conversation = try tx.conversation(id),
            let subject = try talks.subject(plugin, conversation, tx)?.subject
        else { return nil }
        var working = subject.assignees
        for one in try tx.participants(of: id) where one.isPresent && one.side == .staff { working.insert(one.person) }
        if let assignee = conversation.assignee { working.insert(assignee) }
        return Subject(
            subject.kind, id: subject.id, owner: subject.owner, branch: subject.branch ?? conversation.branch,
            assignees: working)
    }

    /// Sending, for one person.
    static func sending<Input>() -> RouteLimit<Input> { .per(.person, RateLimit.Window(60, each: .seconds(60))) }
    /// Beginning conversations, for one person.
    static func beginning<Input>() -> RouteLimit<Input> { .per(.person, RateLimit.Window(20, each: .seconds(60))) }

    /// A conversation that the caller may see, and their side in it.
    ///
    /// - Throws: ``Problem/notFound`` when there is none, or none for the caller; both look the same.
    func find(
        _ conversation: Conversation?, _ call: Call<Member>, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> Found {
        let (person, reach) = (call.caller.id, call.reach)
        guard let conversation, let side = try talks.side(of: person, reach, in: conversation, plugin, tx) else {
            throw Problem.notFound
        }
        return Found(conversation: conversation, side: side, person: person)
    }

    func find(
        _ id: ConversationID, _ call: Call<Member>, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> Found {
        try find(try tx.conversation(id), call, plugin, tx)
    }

    /// A conversation that somebody of the staff may see, for the staff's own routes.
    func findAsStaff(
        _ id: ConversationID, _ call: Call<Member>, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> Found {
        let found = try find(id, call, plugin, tx)
        guard found.side == .staff else { throw Problem.notFound }
        return found
    }

    /// A message that both sides see, and that the caller may see.
    func find(
        _ id: MessageID, _ call: Call<Member>, _ plugin: P, _ tx: borrowing ReadTransaction
    ) throws -> (found: Found, message: ConversationMessage) {
        let message = try tx.message(id)
        var conversation: Conversation?
        if let message, !message.isNote { conversation = try tx.conversation(message.conversation) }
        let found = try find(conversation, call, plugin, tx)
        guard let message else { throw Problem.notFound }
        return (found, message)
    }

    /// Begins a conversation with its first message.
    func begin(
        _ request: ConversationRequest, _ message: NewMessage, _ plugin: P, _ tx: borrowing Transaction
    ) throws -> (conversation: Conversation, message: ConversationMessage) {
        let conversation = try tx.open(try talks.start(plugin, request, tx))
        let sent = try tx.post(message, in: conversation.id)
        let opened = try tx.reading { try $0.conversation(conversation.id) }
        return (opened ?? conversation, sent)
    }

    /// What somebody finds.
    struct Found: Sendable {
        let conversation: Conversation
        let side: Conversation.Side
        /// The account whose things the call is about.
        let person: PersonID
    }
}

/// Looks people up once for each answer.
struct Names<P: Plugin> {
    let desk: Desk<P>
    let plugin: P
    private var names: [PersonID: String] = [:]
    private var senders: [PersonID: ConversationSender?] = [:]

    init(_ desk: Desk<P>, _ plugin: P) {
        self.desk = desk
        self.plugin = plugin
    }

    mutating func name(of person: PersonID?, _ tx: borrowing ReadTransaction) throws -> String {
        guard let person else { return "" }
        if let name = names[person] { return name }
        let name = try tx.person(person)?.name ?? ""
        names[person] = name
        return name
    }

    mutating func sender(_ person: PersonID?, _ tx: borrowing ReadTransaction) throws -> ConversationSender? {
        guard let person else { return nil }
        if let sender = senders[person] { return sender }
        let sender = try desk.talks.sender(plugin, person, tx)
        senders[person] = sender
        return sender
    }

    /// A sender or participant as clients see them.
    mutating func shown(
        _ person: PersonID?, _ side: Conversation.Side, _ tx: borrowing ReadTransaction
    ) throws -> SenderShown {
        let sender = try sender(person, tx)
        return SenderShown(
            type: sender?.type ?? (side == .customer ? "customer" : "support"), id: person,
            name: try name(of: person, tx), title: sender?.title)
    }
}

/// A sender as clients see them.
struct SenderShown: Described {
    var type: String
    var id: PersonID?
    var name: String
    var title: String?

    static let schema = Schema.object(
        Self.init(type:id:name:title:),
        Field("type", \.type, .string(1...40), note: "customer, professional, support."),
        Field("id", \.id, .optional(PersonID.schema), note: "null when the person has been erased."),
        Field("name", \.name, .string(0...500)), .leftOutWhenNil("title", \.title, .optional(.string(0...200))))
}

/// The fields that many inputs have.
enum MessageFields {
    static let page = Schema<Int>.int(1...1_000_000)
    static let limit = Schema<Int>.int(1...100)
    static let text = Schema<String>.string(1...10_000)
    static let title = Schema<String>.string(1...200)
    static let files = Schema<[FileID]>.list(FileID.schema, 0...20)
    static let filesNote = "Ids of files uploaded before that are attached to nothing."
}

extension Conversation.State: Described {
    public static let schema = Schema<Conversation.State>.oneOf
}

extension Conversation.Priority: Described {
    public static let schema = Schema<Conversation.Priority>.oneOf
}

extension Conversation.Side: Described {
    public static let schema = Schema<Conversation.Side>.oneOf
}
