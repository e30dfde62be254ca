import PluginAPI

/// Puts messages into words.
struct MessageComposer: Sendable {
    let tenant: Tenant
    /// Links of the portal's own; nil where there are none to put in.
    let links: MessageLinks?
    /// Whether links in mails lead over the portal.
    let tracksUse: Bool

    /// The words of a notice in a person's language.
    func words(_ type: NoticeType, _ values: [String: String], for language: Language?) -> (
        subject: String, body: String
    ) {
        let text = NoticeText.choose(type, for: language, of: tenant)
        return (
            Placeholders.fill(text.subject) { values[$0] ?? "" }, Placeholders.fill(text.body) { values[$0] ?? "" }
        )
    }

    /// What goes out for some deliveries that go together: one as it is, several as a digest.
    func message(
        _ parts: [(subject: String, body: String)], of deliveries: [Delivery], channel: Channel, to address: String,
        _ person: Person?
    ) -> OutboundMessage? {
        guard let first = deliveries.first, let part = parts.first else { return nil }
        let digest = DigestText.make(parts, for: person?.language ?? tenant.language, of: tenant)
        let words = parts.count > 1 ? digest : part
        var body = words.body
        if tracksUse, channel == .email, person != nil, let links { body = links.tracked(body, delivery: first.id) }
        var message = OutboundMessage(
            id: first.batch ?? first.id, channel: channel, to: address, subject: words.subject, body: body,
            createdAt: first.createdAt)
        if channel == .email, let links, let person, deliveries.allSatisfy({ $0.importance != .mandatory }) {
            message.unsubscribeURL = links.unsubscribe(person.id, from: deliveries.map(\.category))
            if tracksUse { message.openedURL = links.opened(first.id) }
        }
        return message
    }
}

/// Several notices as one message.
enum DigestText {
    static func make(
        _ parts: [(subject: String, body: String)], for language: Language, of tenant: Tenant
    ) -> (subject: String, body: String) {
        let subject =
            switch language.base {
            case "de": "\(parts.count) Neuigkeiten von \(tenant.name)"
            case "es": "\(parts.count) novedades de \(tenant.name)"
            default: "\(parts.count) updates from \(tenant.name)"
            }
        let items = parts.map { part in
            part.subject.isEmpty ? "- \(part.body)" : "- \(part.subject)\n  \(part.body)"
        }
        return (subject, items.joined(separator: "\n\n"))
    }
}
