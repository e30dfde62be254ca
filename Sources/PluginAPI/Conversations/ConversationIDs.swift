public import StoreAPI

/// The id of a conversation: `thr_01jd…`. Knowing it allows nothing.
public struct ConversationID: RawRepresentable, Sendable, Hashable, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a message of a conversation: `msg_01jd…`. Knowing it allows nothing.
public struct MessageID: RawRepresentable, Sendable, Hashable, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension ConversationID: Described {
    public static var schema: Schema<ConversationID> {
        Schema<String>.string(1...64).converted(
            to: { ConversationID(rawValue: $0) }, from: { $0.rawValue }, allowed: "the id of a conversation")
    }
}

extension MessageID: Described {
    public static var schema: Schema<MessageID> {
        Schema<String>.string(1...64).converted(
            to: { MessageID(rawValue: $0) }, from: { $0.rawValue }, allowed: "the id of a message")
    }
}
