/// An event that other people's servers are told of: its name and data on the wire (seed 003, contract §7).
public struct WebhookEvent<P: Plugin>: Sendable {
    /// What it is, without its plugin's type.
    public let declaration: WebhookEventDeclaration
    /// Writes the `data` from the event's payload; nil when nobody is told of this one.
    public let write: @Sendable (P, JSONDocument) throws -> [UInt8]?

    /// - Parameters:
    ///   - name: what subscriptions name and the payload's `event` says: `message.created`. Unique among all plugins.
    ///   - summary: one sentence for the documents.
    ///   - project: the payload's `data`; nil tells nobody. It must depend on the event and the plugin's settings alone.
    public static func event<E: Event, Wire: Described>(
        _ name: String, _ summary: String, _ project: @escaping @Sendable (P) -> @Sendable (E) throws -> Wire?
    ) -> WebhookEvent {
        let (schema, wire) = (E.schema, Wire.schema)
        return WebhookEvent(
            declaration: WebhookEventDeclaration(
                name: name, summary: summary, event: E.name, payload: schema.document, data: wire.document)
        ) { plugin, document in
            try project(plugin)(try schema.decode(.json(document.root))).map { wire.encode($0) }
        }
    }
}

/// An event that other people's servers are told of, as data.
public struct WebhookEventDeclaration: Sendable {
    /// `message.created`
    public let name: String
    /// One sentence.
    public let summary: String
    /// The name of the event it is made from.
    public let event: String
    /// What is read of that; compared with the publisher's schema at start.
    public let payload: JSONSchema
    /// The payload's `data`.
    public let data: JSONSchema

    /// Whether the name is two to five words of lower-case letters, digits, `-` and `_`, with points between.
    var isWellFormed: Bool {
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        return (2...5).contains(words.count) && name.utf8.count <= 100
            && words.allSatisfy { word in
                !word.isEmpty
                    && word.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
                    }
            }
    }
}
