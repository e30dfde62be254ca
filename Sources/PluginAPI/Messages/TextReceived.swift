/// Somebody wrote to the portal's number: the answer to a text message, as a rule. Plugins whose messages can be answered
/// listen for it; each decides by itself whether it understands the text.
///
///     listeners: [.on(Self.answered)]
///     func answered(_ message: TextReceived, _ tx: borrowing Transaction, _ context: WorkContext) throws
public struct TextReceived: Event {
    public static let name = "portico.text-received"
    /// Whose number it came from.
    public let person: PersonID
    /// By which way: a text message or WhatsApp.
    public let channel: Channel
    /// What was written, at most 1,600 characters; nothing of it is to be believed but who wrote it.
    public let text: String

    public init(person: PersonID, channel: Channel, text: String) {
        self.person = person
        self.channel = channel
        self.text = text
    }

    public static let schema = Schema.object(
        Self.init(person:channel:text:), Field("person", \.person, PersonID.schema),
        Field("channel", \.channel, Channel.schema), Field("text", \.text, .string(0...1600)))
}
