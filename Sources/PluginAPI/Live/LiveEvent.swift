/// One kind of event of a topic, and how it goes on the wire.
public struct LiveEvent<P: Plugin>: Sendable {
    /// What it is, without its plugin's type.
    public let declaration: LiveEventDeclaration
    /// Writes it from its payload; nil when this one is not told of.
    public let write: @Sendable (P, JSONDocument) throws -> LiveData?

    /// An event that streams show as WebSockets do.
    ///
    /// - Parameters:
    ///   - type: the `type` of the message over WebSockets: `case_status_update`.
    ///   - stream: the name of the event in streams; the same when nil.
    ///   - project: what is told of the event; nil tells nothing. It must depend on the event and the plugin's settings
    ///     alone. The event may be a type of the listening plugin's own under the publisher's event name.
    public static func event<E: Event, Wire: Described>(
        _ type: String, stream: String? = nil, _ project: @escaping @Sendable (P) -> @Sendable (E) throws -> Wire?
    ) -> LiveEvent {
        let (schema, wire) = (E.schema, Wire.schema)
        return LiveEvent(
            declaration: LiveEventDeclaration(
                event: E.name, payload: schema.document, type: type, data: wire.document, stream: stream ?? type,
                brief: wire.document)
        ) { plugin, document in
            guard let told = try project(plugin)(try schema.decode(.json(document.root))) else { return nil }
            let data = wire.encode(told)
            return LiveData(data: data, brief: data)
        }
    }

    /// An event that streams show in a form of their own (seed 000 §7.2).
    ///
    /// - Parameter brief: what streams tell of the event; asked only when `project` tells something, and without it
    ///   streams tell nothing.
    public static func event<E: Event, Wire: Described, Brief: Described>(
        _ type: String, _ project: @escaping @Sendable (P) -> @Sendable (E) throws -> Wire?, stream: String,
        brief: @escaping @Sendable (P) -> @Sendable (E) throws -> Brief?
    ) -> LiveEvent {
        let (schema, wire, short) = (E.schema, Wire.schema, Brief.schema)
        return LiveEvent(
            declaration: LiveEventDeclaration(
                event: E.name, payload: schema.document, type: type, data: wire.document, stream: stream,
                brief: short.document)
        ) { plugin, document in
            let event = try schema.decode(.json(document.root))
            guard let told = try project(plugin)(event) else { return nil }
            return LiveData(data: wire.encode(told), brief: try brief(plugin)(event).map { short.encode($0) })
        }
    }
}

/// A kind of event of a topic, as data.
public struct LiveEventDeclaration: Sendable {
    /// The event's name.
    public let event: String
    /// What is read of it; compared with the publisher's schema at start.
    public let payload: JSONSchema
    /// The `type` of its messages over WebSockets.
    public let type: String
    /// The `data` of its messages over WebSockets.
    public let data: JSONSchema
    /// The name of its events in streams.
    public let stream: String
    /// The data of its events in streams.
    public let brief: JSONSchema
}

/// An event as it goes on the wire; JSON text.
public struct LiveData: Sendable {
    /// For WebSockets.
    public let data: [UInt8]
    /// For streams; nil when they tell nothing of it.
    public let brief: [UInt8]?

    /// Both forms.
    public init(data: [UInt8], brief: [UInt8]?) {
        self.data = data
        self.brief = brief
    }
}
