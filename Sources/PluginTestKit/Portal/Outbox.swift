public import PluginAPI

/// Messages that were captured instead of sent.
public struct Outbox: Sendable {
    /// All, the oldest first.
    public let messages: [Message]

    /// Text messages, the oldest first.
    public var sms: [Message] { messages.filter { $0.channel == .sms } }
    /// E-mails, the oldest first.
    public var email: [Message] { messages.filter { $0.channel == .email } }

    /// The digits of the newest sign-in code to a phone.
    public func code(to phone: String) -> String? {
        for message in sms.reversed() where message.to == phone {
            let words = message.body.split { !$0.isNumber }
            if let code = words.last(where: { $0.count == 6 }) { return String(code) }
        }
        return nil
    }
}

/// A message that was captured.
public struct Message: Sendable {
    public let channel: Channel
    /// A phone number or address.
    public let to: String
    /// Empty where the channel has none.
    public let subject: String
    public let body: String
    /// When it was asked for.
    public let at: Instant
}
