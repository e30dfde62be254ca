import PluginTestKit

/// A plugin in seed 001's dialect, with a chat.
struct Salon: Plugin {
    static let readMessages = Permission("read:messages", "See messages")
    static let writeMessages = Permission("write:messages", "Write messages")
    static let chat = "/api/customer/messages"
    static let inbox = "/v1/messages"
    static let own = "/api/customer/conversations"

    static let talks = Conversations<Self>(
        kinds: [ConversationKind("support", "The chat.", pool: ["STAFF"])], read: readMessages,
        write: writeMessages, filesAt: "/api/customer/files")

    static let manifest = Manifest<Self>(
        id: "salon", summary: "Visits.", dialect: .clinic, prefixes: ["/api/customer", "/v1/messages"],
        permissions: [readMessages, writeMessages],
        roles: [
            Role("customer", "", needs: .any, allows: [.init(readMessages, .own), .init(writeMessages, .own)]),
            Role(
                "STAFF", "", needs: .any, allows: [.init(readMessages, .tenant), .init(writeMessages, .tenant)]),
        ],
        routes: Route.conversations(chat: chat, talks) + Route.conversations(at: own, talks)
            + Route.supportInbox(at: inbox, talks) + Route.files(at: "/api/customer/files"),
        conversations: talks)

    init(settings: Nothing, services: Services) {}
}
