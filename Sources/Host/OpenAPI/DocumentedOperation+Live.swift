import PluginAPI

extension DocumentedOperation {
    /// A way to the plugin's live events.
    init(_ route: LiveRoute, _ topics: [TopicDeclaration]) {
        method = .get
        path = route.path
        let names = topics.map(\.name).joined(separator: ", ")
        let following = names.isEmpty ? "" : " Topics: \(names)."
        summary = route.kind.summary + following
        // A first message or a ticket may sign in where the request does not.
        access = route.kind == .socket ? .anyone("the first message signs in") : .member
        checksObject = false
        parameters = Self.parameters(route.kind)
        body = nil
        switch route.kind {
        case .socket, .signedInSocket: (status, answer) = (101, .empty)
        case .stream: (status, answer) = (200, .content(["text/event-stream"]))
        }
        isIdempotent = false
        notIdempotentBecause = nil
        limits = [.connecting]
        problems = route.kind == .stream ? [] : [Problem(426, "UPGRADE_REQUIRED", "This path speaks WebSocket.")]
    }

    private static func parameters(_ kind: LiveRoute.Kind) -> [FieldDocument] {
        let text = JSONSchema(["type": "string"])
        var fields = [
            FieldDocument(
                name: "ticket", place: .query, note: "A ticket, in the place of another credential.", schema: text,
                isRequired: false)
        ]
        if kind != .socket {
            fields.append(
                FieldDocument(
                    name: "lastEventId", place: .query, note: "The last event that was seen.", schema: text,
                    isRequired: false))
        }
        if kind == .stream {
            fields.append(
                FieldDocument(
                    name: "topics", place: .query, note: "Names with commas between; all of one's own without it.",
                    schema: text, isRequired: false))
        }
        return fields
    }
}

extension LiveRoute.Kind {
    /// What it is, in a word.
    var word: String {
        switch self {
        case .socket, .signedInSocket: "websocket"
        case .stream: "events"
        }
    }

    fileprivate var summary: String {
        switch self {
        case .socket: "A WebSocket with what happens, which signs in and subscribes by messages."
        case .signedInSocket: "A WebSocket with what happens; the handshake signs in."
        case .stream: "Server-sent events with what happens."
        }
    }
}

extension RateLimit {
    /// How often one address may connect; a whole company sits behind one.
    static let connecting = RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))])
}
