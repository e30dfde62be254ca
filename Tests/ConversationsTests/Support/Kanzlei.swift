import PluginTestKit

/// A plugin in seed 003's dialect, whose cases and people have numbers.
struct Kanzlei: Plugin {
    static let readMessages = Permission("read:messages", "See messages")
    static let writeMessages = Permission("write:messages", "Write messages")
    static let messages = "/api/portal/messages"
    static let staff = "/api/staff/threads"

    static let talks = Conversations<Self>(
        kinds: [ConversationKind("case", "Questions about a case.", pool: ["attorney"])],
        read: readMessages, write: writeMessages, filesAt: "/api/portal/files", subject: Self.subject,
        start: Self.start, sender: Self.sender)

    static let manifest = Manifest<Self>(
        id: "kanzlei", summary: "Cases.", dialect: .bare, prefixes: ["/api/portal", "/api/staff"],
        permissions: [readMessages, writeMessages],
        roles: [
            Role("client", "", needs: .any, allows: [.init(readMessages, .own), .init(writeMessages, .own)]),
            Role(
                "attorney", "", needs: .any, allows: [.init(readMessages, .tenant), .init(writeMessages, .tenant)]),
        ],
        routes: Route.conversations(threads: messages, talks)
            + Route.supportInbox(at: staff, talks, snakeCase: true)
            + Route.files(at: "/api/portal/files"),
        conversations: talks)

    init(settings: Nothing, services: Services) {}

    func subject(_ conversation: Conversation, _ tx: borrowing ReadTransaction) throws -> ConversationSubject? {
        ConversationSubject(conversation.subject, title: conversation.about == nil ? nil : "Contract Dispute")
    }

    func start(_ request: ConversationRequest, _ tx: borrowing Transaction) throws -> NewConversation {
        NewConversation(
            "case", title: request.title, customer: request.customer,
            about: request.reference.map { Subject("case", id: $0, owner: request.customer) })
    }

    func sender(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> ConversationSender? {
        guard let known = try tx.person(person) else { return nil }
        return ConversationSender(type: "user", number: known.givenName == "Jane" ? 3 : 5)
    }
}
