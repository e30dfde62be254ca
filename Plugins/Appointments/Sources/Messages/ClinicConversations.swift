internal import PluginAPI

/// The customers' chat with the clinic, and the inbox of those who answer (seed 001; contract §10).
extension Appointments {
    static let talks = Conversations<Appointments>(
        kinds: [
            ConversationKind(
                "support", "A customer's chat with the clinic.", pool: ["RECEPTION", "STAFF", "MANAGER", "ADMIN"])
        ],
        read: .readMessages, write: .writeMessages, filesAt: "/api/customer/files", start: Self.startChat)

    /// What is mounted of them, and the files that are sent along.
    static let messages: [Route<Appointments>] =
        Route.conversations(chat: "/api/customer/messages", talks) + Route.supportInbox(at: "/v1/messages", talks)
        + Route.files(at: "/api/customer/files")

    /// A chat belongs to the customer's branch, so that its people see it.
    func startChat(_ request: ConversationRequest, _ tx: borrowing Transaction) throws -> NewConversation {
        let branch: String?? = try tx.value(
            "SELECT branch_id FROM appointments_customer WHERE person_id = \(request.customer)")
        guard branch != nil || request.side == .customer else {
            throw Problem.invalid("customer", .notAllowed, "must be a customer of the clinic")
        }
        return NewConversation(
            "support", title: request.title, customer: request.customer, branch: branch ?? nil,
            priority: request.priority)
    }
}

extension Permission {
    static let readMessages = Permission("read:messages", "See messages, and the notes of the staff about them")
    static let writeMessages = Permission("write:messages", "Write and answer messages")
}
