/// Something that happened, told to listeners, live connections and webhooks.
public protocol Event: Described {
    /// `plugin.what-happened`, e.g. `appointments.booked`.
    static var name: String { get }
}

/// Who may hear of an event.
public enum Audience: Sendable, Equatable {
    /// Whoever may read the event's subject with this permission.
    case holders(of: Permission)
    /// These people alone.
    case people(Set<PersonID>)
    /// Listeners and webhooks, but no live connection.
    case machines
}

/// An event as it is stored beside the change that caused it.
public struct PublishedEvent: Sendable {
    public let name: String
    /// JSON text.
    public let payload: [UInt8]
    public let subject: Subject
    public let audience: Audience

    public init(name: String, payload: [UInt8], subject: Subject, audience: Audience) {
        self.name = name
        self.payload = payload
        self.subject = subject
        self.audience = audience
    }
}

/// Work that follows from an event, in a transaction of its own, at least once for each event.
public struct Listener<P: Plugin>: Sendable {
    /// The event's name.
    public let event: String
    /// What the listener reads of the event; compared with the publisher's schema at start.
    public let payload: JSONSchema
    /// Handles one event.
    public let deliver: @Sendable (P, JSONDocument, borrowing Transaction, WorkContext) throws -> Void

    /// The payload may be a type of the listener's own under the publisher's event name, so that plugins need not import each other.
    public static func on<E: Event>(
        _ handle: @escaping @Sendable (P) -> @Sendable (E, borrowing Transaction, WorkContext) throws -> Void
    ) -> Listener {
        Listener(event: E.name, payload: E.schema.document) { plugin, document, tx, context in
            try handle(plugin)(try E.schema.decode(.json(document.root)), tx, context)
        }
    }
}
