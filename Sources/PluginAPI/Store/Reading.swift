public import StoreAPI
public import Time

/// What can be asked of a tenant in a read or a write alike; repositories extend this.
///
///     extension Reading where Self: ~Copyable {
///         borrowing func branch(_ id: String) throws -> Branch? {
///             try first("SELECT * FROM appointments_branch WHERE id = \(id)")
///         }
///     }
public protocol Reading: Queries, ~Copyable {
    /// The moment of the call or job.
    var now: Instant { get }
    /// An account; nil when there is none.
    borrowing func person(_ id: PersonID) throws(StoreError) -> Person?
    /// The account that holds a phone number.
    borrowing func person(withPhone phone: Phone) throws(StoreError) -> Person?
    /// The account that holds an e-mail address.
    borrowing func person(withEmail email: Email) throws(StoreError) -> Person?
    /// The accounts that a person may act for: of their family or company.
    borrowing func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID]
    /// The active accounts that have one of this plugin's roles everywhere, and where a branch is named those who have it there.
    ///
    /// - Parameter most: so many at most, by id.
    borrowing func people(withRole role: String, in branch: String?, upTo most: Int) throws(StoreError) -> [PersonID]
    /// An account's plan; nil when there is no such account.
    borrowing func plan(of person: PersonID) throws(StoreError) -> Plan?
    /// What a person wants to hear, how and when; nil when there is no such account.
    borrowing func preferences(of person: PersonID) throws(StoreError) -> Preferences?
    /// A file, in its newest version; nil when there is none that the plugin may know of.
    borrowing func file(_ id: FileID) throws(StoreError) -> StoredFile?
    /// The files attached to a subject of the plugin, the first attached in front.
    borrowing func files(of kind: String, id: String) throws(StoreError) -> [StoredFile]
}

extension Reading where Self: ~Copyable {
    /// The active accounts that have one of this plugin's roles everywhere.
    public borrowing func people(withRole role: String, upTo most: Int) throws(StoreError) -> [PersonID] {
        try people(withRole: role, in: nil, upTo: most)
    }
}
