import Synchronization

/// Left with a write session that changes what somebody may do.
///
/// Rows are changed where no tenant's epoch is at hand, so the change is announced as a note; the database's group hook
/// tells it whose epoch it concerns (``bind(_:to:)``), and the epoch is raised once the group is committed.
final class AuthChange: Sendable {
    private let epoch = Mutex<AuthEpoch?>(nil)

    /// Announces a change made in this session.
    static func announce(_ host: HostWriter) {
        let change = AuthChange()
        host.note(change)
        host.afterCommit { change.epoch.withLock { $0 }?.raise() }
    }

    /// For the group hook of a tenant's database: lets the changes among the notes raise the tenant's epoch.
    static func bind(_ notes: [any Sendable], to epoch: AuthEpoch) {
        for case let change as AuthChange in notes { change.epoch.withLock { $0 = epoch } }
    }
}
