import PluginAPI

/// Puts messages into words.
struct MessageComposer: Sendable {
    let renderer: MessageRenderer
    /// Links of the portal's own; nil where there are none to put in.
    let links: MessageLinks?
    /// Whether links in mails lead over the portal.
    let tracksUse: Bool

    /// What a notice says inside of the portal, where nothing is held back.
    func shown(_ type: NoticeType, of plugin: String, _ values: [String: String], for language: Language?) -> SentWords
    {
        let inside = MessageRenderer(
            tenant: renderer.tenant, branding: renderer.branding, templates: renderer.templates, isPrivate: false)
        let words = inside.words(type, of: plugin, for: language, on: .email, values)
        return SentWords(subject: words.subject, body: words.body)
    }

    /// A message of the host's own to an address.
    func letter(
        _ delivery: Delivery, by channel: Channel, to address: String, subject: String, body: String
    ) -> OutboundMessage {
        let words = renderer.letter(subject: subject, body: body, for: nil, on: channel)
        return OutboundMessage(
            id: delivery.message, channel: channel, to: address, subject: words.subject, body: words.body,
            createdAt: delivery.createdAt, html: words.html, isUrgent: true, expiresAt: delivery.expiresAt)
    }

    /// What goes out for some deliveries that go together: one as it is, several as a digest.
    func message(
        _ parts: [MessageWords], of deliveries: [Delivery], channel: Channel, to address: String, _ person: Person
    ) -> OutboundMessage? {
        guard let first = deliveries.first, let part = parts.first else { return nil }
        // Where nothing is said but that there is something, once is enough.
        var words =
            parts.count > 1 && !renderer.isPrivate
            ? DigestText.make(parts, for: person.language ?? renderer.tenant.language, of: renderer.tenant) : part
        if tracksUse, channel == .email, let links { words.body = links.tracked(words.body, delivery: first.id) }
        let canEnd = channel == .email && deliveries.allSatisfy { $0.importance != .mandatory }
        let unsubscribe = canEnd ? links?.unsubscribe(person.id, from: deliveries.map(\.category)) : nil
        var ready = renderer.framed(words, on: channel, unsubscribe: unsubscribe)
        if tracksUse, let links, let html = ready.html {
            let point: HTML = "<img src=\"\(link: links.opened(first.id))\" width=\"1\" height=\"1\" alt=\"\">"
            ready.html = html.replacing("</body>", with: point.text + "</body>")
        }
        return OutboundMessage(
            id: first.batch ?? first.id, channel: channel, to: address, subject: ready.subject, body: ready.body,
            createdAt: first.createdAt, html: ready.html, unsubscribeURL: unsubscribe,
            isUrgent: deliveries.contains { $0.importance != .normal })
    }
}

/// Several notices as one message.
enum DigestText {
    static func make(_ parts: [MessageWords], for language: Language, of tenant: Tenant) -> MessageWords {
        let subject =
            switch language.base {
            case "de": "\(parts.count) Neuigkeiten von \(tenant.name)"
            case "es": "\(parts.count) novedades de \(tenant.name)"
            default: "\(parts.count) updates from \(tenant.name)"
            }
        let items = parts.map { part in
            part.subject.isEmpty ? "- \(part.body)" : "- \(part.subject)\n  \(part.body)"
        }
        return MessageWords(
            subject: subject, body: items.joined(separator: "\n\n"), html: nil, language: language.tag)
    }
}
