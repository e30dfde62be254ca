import PluginAPI

extension Topic<PorticoAPI> {
    static let messages = Topic(
        "messages", "Messages in the conversations that the caller takes part in.",
        [
            .event(
                "message_received", PorticoAPI.messageReceived, stream: "message",
                brief: PorticoAPI.messageInBrief)
        ])
    static let inbox = Topic(
        "inbox", "Changes in the staff's inbox, for those who work on it.",
        [.event("inbox_changed", PorticoAPI.inboxChanged)])
}

/// A message as live connections hear of it (seed 000 §7.1).
struct MessageReceived: Described {
    var messageId: String
    var threadId: String
    var from: String
    var caseNumber: String?
    var preview: String
    var urgent: Bool

    static let schema = Schema.object(
        Self.init(messageId:threadId:from:caseNumber:preview:urgent:), Field("messageId", \.messageId, .string(1...64)),
        Field("threadId", \.threadId, .string(1...64)), Field("from", \.from, .string(0...500)),
        .leftOutWhenNil(
            "caseNumber", \.caseNumber, .optional(.string(1...1000)), note: "What the conversation is about."),
        Field("preview", \.preview, .string(0...500), note: "Empty in confidential conversations."),
        Field("urgent", \.urgent, .bool))
}

/// The same in streams (seed 000 §7.2).
struct MessageInBrief: Described {
    var messageId: String
    var from: String
    var urgent: Bool

    static let schema = Schema.object(
        Self.init(messageId:from:urgent:), Field("messageId", \.messageId, .string(1...64)),
        Field("from", \.from, .string(0...500)), Field("urgent", \.urgent, .bool))
}

extension PorticoAPI {
    func messageReceived(_ event: MessagePosted) -> MessageReceived? {
        MessageReceived(
            messageId: event.messageId, threadId: event.conversationId, from: event.from,
            caseNumber: event.aboutId.isEmpty ? nil : event.aboutId, preview: event.preview, urgent: event.isUrgent)
    }

    func messageInBrief(_ event: MessagePosted) -> MessageInBrief? {
        MessageInBrief(messageId: event.messageId, from: event.from, urgent: event.isUrgent)
    }

    func inboxChanged(_ event: InboxChanged) -> InboxChanged? { event }
}
