import PluginTestKit

/// A plugin in seed 000's dialect: cases, whose conversations lie sealed, and a support team.
struct Praxis: Plugin {
    static let readMessages = Permission("read:messages", "See messages")
    static let writeMessages = Permission("write:messages", "Write messages")
    static let messages = "/v1/portal/messages"
    static let staff = "/v1/staff/messages"
    static let files = "/v1/portal/files"

    static let talks = Conversations<Self>(
        kinds: [
            ConversationKind("support", "Questions to the team.", pool: ["support"], keptFor: .seconds(86_400)),
            ConversationKind("case", "Questions about a case.", isSealed: true),
        ],
        read: readMessages, write: writeMessages, filesAt: files, subject: Self.subject, start: Self.start,
        sender: Self.sender)

    static let manifest = Manifest<Self>(
        id: "praxis", summary: "Second opinions.", dialect: .envelope, prefixes: ["/v1/portal", "/v1/staff"],
        permissions: [readMessages, writeMessages],
        roles: [
            Role("customer", "", needs: .any, allows: allow(.own)),
            Role("professional", "", needs: .any, allows: allow(.assigned)),
            Role("support", "", needs: .any, allows: allow(.tenant)),
            Role("branch", "", needs: .any, allows: allow(.branch)),
        ],
        migrations: [
            Migration(
                "001",
                """
                CREATE TABLE praxis_case (
                    id TEXT PRIMARY KEY, owner TEXT NOT NULL, professional TEXT, branch TEXT) STRICT, WITHOUT ROWID;
                CREATE TABLE praxis_diary (person TEXT NOT NULL, entry BLOB NOT NULL, written_at INTEGER NOT NULL) STRICT
                """)
        ],
        routes: [.post("/v1/portal/cases", .transactional(Self.open), needs: .member)]
            + Route.conversations(portal: messages, talks) + Route.supportInbox(at: staff, talks)
            + Route.files(at: files),
        live: [.socket("/v1/portal/ws"), .stream("/v1/portal/events/stream")],
        webhooks: [.event("message.created", "A message was sent.", Self.messageCreated)],
        personalData: [
            PersonalData(
                table: "praxis_case", person: "owner", exported: ["id", "branch"],
                erasure: .anonymise(columns: ["branch"])),
            PersonalData(
                table: "praxis_diary", person: "person", exported: ["entry", "written_at"],
                sealed: ["entry": DiaryEntry.sealTag], erasure: .delete),
        ],
        conversations: talks)

    init(settings: Nothing, services: Services) {}

    private static func allow(_ scope: Scope) -> [Role.Allowance] {
        [.init(readMessages, scope), .init(writeMessages, scope)]
    }

    struct NewCase: Described {
        var id: String
        var professional: PersonID?
        var branch: String?
        static let schema = Schema.object(
            Self.init(id:professional:branch:), Field("id", \.id, .string(1...40)),
            Field("professional", \.professional, .optional(PersonID.schema)),
            Field("branch", \.branch, .optional(.string(1...40))))
    }

    struct CreatedMessage: Described {
        var message_id: Int
        static let schema = Schema.object(
            Self.init(message_id:), Field("message_id", \.message_id, .int(0...1_000_000)))
    }

    func messageCreated(_ event: MessagePosted) -> CreatedMessage? {
        event.plugin == "praxis" ? CreatedMessage(message_id: event.messageNumber) : nil
    }

    func open(_ new: NewCase, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NewCase {
        try tx.run(
            """
            INSERT INTO praxis_case (id, owner, professional, branch)
            VALUES (\(new.id), \(call.caller.id), \(new.professional), \(new.branch))
            """)
        try tx.run(
            """
            INSERT INTO praxis_diary (person, entry, written_at)
            VALUES (\(call.caller.id), \(Sealed(DiaryEntry(text: "Opened " + new.id))), \(call.now.microseconds))
            """)
        return new
    }

    func subject(
        _ conversation: Conversation, _ tx: borrowing ReadTransaction
    ) throws -> ConversationSubject? {
        guard let about = conversation.about else { return ConversationSubject(conversation.subject) }
        guard let found = try tx.reading(about.id) else { return nil }
        return ConversationSubject(
            found, reference: about.id, title: about.id,
            link: .init(type: "view_case", label: "View Full Case", url: "/portal/cases/\(about.id)"))
    }

    func start(_ request: ConversationRequest, _ tx: borrowing Transaction) throws -> NewConversation {
        guard let reference = request.reference else {
            guard request.recipientType != "professional" else {
                throw Problem.invalid("caseNumber", .missing, "is required")
            }
            return NewConversation(
                "support", title: request.title, customer: request.customer, priority: request.priority)
        }
        guard let about = try tx.reading({ try $0.reading(reference) }), about.owner == request.customer else {
            throw Problem.invalid("caseNumber", .notAllowed, "must be the number of a case")
        }
        if let recipient = request.recipient, !about.assignees.contains(recipient) {
            throw Problem.invalid("recipientId", .notAllowed, "must be the professional of the case")
        }
        return NewConversation(
            "case", title: request.title, customer: request.customer, about: about, staff: about.assignees,
            priority: request.priority)
    }

    func sender(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> ConversationSender? {
        let isProfessional =
            try tx.value("SELECT 1 FROM praxis_case WHERE professional = \(person)", as: Int.self) != nil
        return isProfessional ? ConversationSender(type: "professional", title: "Cardiologist") : nil
    }
}

extension ReadTransaction {
    /// A case as a subject.
    fileprivate borrowing func reading(_ id: String) throws -> Subject? {
        try first("SELECT * FROM praxis_case WHERE id = \(id)", as: CaseRow.self)?.subject
    }
}

/// What lies sealed.
struct DiaryEntry: Sealable {
    static let sealTag = "diary-entry"
    let text: String
    var sealedBytes: [UInt8] { Array(text.utf8) }

    init(text: String) { self.text = text }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
}

private struct CaseRow: Record {
    let subject: Subject
    init(row: borrowing Row) throws(StoreError) {
        let professional: PersonID? = try row.get("professional")
        subject = Subject(
            "case", id: try row.get("id"), owner: try row.get("owner"), branch: try row.get("branch"),
            assignees: professional.map { [$0] } ?? [])
    }
}
