import PluginAPI

/// What the page's service worker reads: `{"id", "title", "body", "url"}`.
struct PushPayload: Sendable {
    private let id: String
    private let title: String
    private let body: String
    private let url: String?

    init(_ message: OutboundMessage) {
        id = message.id
        title = message.subject
        body = message.body
        url = message.link
    }

    /// JSON of at most so many bytes; words that do not fit are left out at the end.
    func bytes(limit: Int) -> [UInt8] {
        let whole = encoded(title, body)
        guard whole.count > limit else { return whole }
        // A character can take twelve bytes of JSON, so that some steps may be needed.
        var title = String(title.prefix(200))
        var count = min(body.count, limit)
        while count > 0 {
            let bytes = encoded(title, body.prefix(count) + "…")
            if bytes.count <= limit { return bytes }
            count -= max((bytes.count - limit) / 12, 1)
        }
        title = String(title.prefix(50))
        return encoded(title, "")
    }

    private func encoded(_ title: String, _ body: String) -> [UInt8] {
        var members: JSON.Members = ["id": .string(id), "title": .string(title), "body": .string(body)]
        if let url { members["url"] = .string(url) }
        return Array(JSON.object(members).text.utf8)
    }
}
