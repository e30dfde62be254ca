public import Time

/// An answer that staff need not write anew each time.
public struct CannedReply: Sendable, Equatable, Described {
    public let id: String
    public let title: String
    public let text: String
    /// The plugin whose staff it is for; nil for all.
    public let plugin: String?
    public let updatedAt: Instant

    public init(id: String, title: String, text: String, plugin: String?, updatedAt: Instant) {
        self.id = id
        self.title = title
        self.text = text
        self.plugin = plugin
        self.updatedAt = updatedAt
    }

    public static let schema = Schema.object(
        Self.init(id:title:text:plugin:updatedAt:), Field("id", \.id, .string(1...64)),
        Field("title", \.title, .string(1...200)), Field("text", \.text, .string(1...10_000)),
        Field("plugin", \.plugin, .optional(.string(1...64)), note: "Whose staff it is for; null for all."),
        Field("updatedAt", \.updatedAt, Instant.schema))
}
