/// What people of a plugin can follow live: events, in the form in which they go on the wire.
///
///     Topic("case_updates", "Changes of the caller's cases.", [
///         .event("case_status_update", Self.caseUpdate, stream: "case_update", brief: Self.caseUpdateInBrief)
///     ])
///
/// Who may hear of an event is decided for each event and each connection, by the event's ``Audience`` and by what the
/// account holds at that moment.
public struct Topic<P: Plugin>: Sendable {
    /// What it is, without its plugin's type.
    public let declaration: TopicDeclaration
    /// What it tells of.
    public let events: [LiveEvent<P>]

    /// - Parameters:
    ///   - name: what clients subscribe to; unique in the plugin.
    ///   - summary: one sentence for the documents.
    ///   - permission: what it takes, at whatever reach, to subscribe; anybody signed in may when nil.
    ///   - events: what it tells of. No event stands in two topics of one plugin.
    public init(_ name: String, _ summary: String, needs permission: Permission? = nil, _ events: [LiveEvent<P>]) {
        declaration = TopicDeclaration(
            name: name, summary: summary, permission: permission, events: events.map(\.declaration))
        self.events = events
    }
}

/// A topic, as data: for documents and checks.
public struct TopicDeclaration: Sendable {
    /// What clients subscribe to: `case_updates`.
    public let name: String
    /// One sentence.
    public let summary: String
    /// What it takes to subscribe.
    public let permission: Permission?
    /// What it tells of.
    public let events: [LiveEventDeclaration]
}
