/// Who may read and change the files that are attached to one kind of a plugin's subjects. Asked at each request, so that
/// what changes about the subject counts at once.
public struct FileAccess<P: Plugin>: Sendable {
    /// The kind of the subjects, as in ``Subject/kind``.
    public let kind: String
    /// How long a file is kept after it was attached; nil leaves it to the tenant's settings.
    public let keptFor: Duration?
    /// The permissions it goes by.
    let permissions: [Permission]
    /// Whether somebody may use a file.
    public let allows: @Sendable (P, FileUse, borrowing ReadTransaction) throws -> Bool

    /// Whoever holds a permission that reaches the subject, as it is now.
    ///
    /// - Parameters:
    ///   - change: lets its holders add versions, share and delete; without it the plugin alone does.
    ///   - subject: finds the subject by its id; nil when there is none.
    public static func attached(
        to kind: String, readBy read: Permission, changedBy change: Permission? = nil, keptFor: Duration? = nil,
        _ subject: @escaping @Sendable (P) -> @Sendable (String, borrowing ReadTransaction) throws -> Subject?
    ) -> FileAccess {
        FileAccess(kind: kind, keptFor: keptFor, permissions: [read] + (change.map { [$0] } ?? [])) { plugin, use, tx in
            guard let permission = use.isChange ? change : read, let reach = use.principal.reach(of: permission),
                let subject = try subject(plugin)(use.subject, tx)
            else { return false }
            return reach.covers(subject)
        }
    }

    /// Certain people, such as those who take part in a thread; nobody changes such files but the plugin.
    ///
    /// - Parameter readers: finds the people by the subject's id.
    public static func attached(
        to kind: String, keptFor: Duration? = nil,
        readers: @escaping @Sendable (P) -> @Sendable (String, borrowing ReadTransaction) throws -> Set<PersonID>
    ) -> FileAccess {
        FileAccess(kind: kind, keptFor: keptFor, permissions: []) { plugin, use, tx in
            try !use.isChange && readers(plugin)(use.subject, tx).contains(use.person)
        }
    }
}

/// Somebody wants to use a file that is attached to a subject.
public struct FileUse: Sendable {
    /// The subject's id.
    public let subject: String
    /// Whether more than reading is wanted: a new version, a link for others, deletion.
    public let isChange: Bool
    /// The caller, as the subject's plugin sees them.
    public let principal: Principal
    /// The account whose things the call is about: the caller's own, or the one acted for.
    public let person: PersonID

    public init(subject: String, isChange: Bool, principal: Principal, person: PersonID) {
        self.subject = subject
        self.isChange = isChange
        self.principal = principal
        self.person = person
    }
}
