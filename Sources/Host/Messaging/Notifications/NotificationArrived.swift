import PluginAPI

/// There is something new to read in the portal. What it says is not in it, since events lie unsealed.
struct NotificationArrived: Event {
    static let name = "portico.notification"

    var id: String
    var type: String
    var category: String
    var isUrgent: Bool
    var aboutKind: String
    var aboutID: String
    var createdAt: Instant

    static let schema = Schema.object(
        Self.init(id:type:category:isUrgent:aboutKind:aboutID:createdAt:),
        Field("id", \.id, .string(1...64)), Field("type", \.type, .string(1...100)),
        Field("category", \.category, .string(1...60)), Field("isUrgent", \.isUrgent, .bool),
        Field("aboutKind", \.aboutKind, .string(0...100)), Field("aboutId", \.aboutID, .string(0...1000)),
        Field("createdAt", \.createdAt, Instant.schema))
}
