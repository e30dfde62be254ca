import Synchronization

/// Left with a write session that publishes: live connections hear of it once the group is committed.
///
/// Events are written where nobody knows of connections, so the note is told by the database's group hook whom it concerns
/// (``bind(_:to:)``), as an ``AuthChange`` is.
final class EventNews: Sendable {
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    /// Announces an event of this session.
    static func announce(_ host: HostWriter) {
        let news = EventNews()
        host.note(news)
        host.afterCommit { news.listener.withLock { $0 }?() }
    }

    /// For the group hook of a tenant's database.
    ///
    /// - Parameter listener: is told on the writer's thread, and must not block.
    static func bind(_ notes: [any Sendable], to listener: @escaping @Sendable () -> Void) {
        for case let news as EventNews in notes { news.listener.withLock { $0 = listener } }
    }
}
