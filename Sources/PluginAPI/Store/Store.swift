public import StoreAPI
public import Time

/// The tables of one plugin in one tenant. Lent by a call, a job or a listener, never kept by a plugin.
public protocol Store: Sendable {
    /// Reads in one consistent view of the data; at most 250 ms.
    ///
    /// - Throws: what the closure throws, or ``StoreError``.
    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing ReadTransaction) throws -> T) async throws -> T

    /// Writes in one transaction, committed together with what other requests write at that moment.
    ///
    /// The closure may run a second time when the group it was committed with is lost; so it must have no effect
    /// but through its transaction. If it throws, nothing of it remains.
    /// - Throws: what the closure throws, or ``StoreError``.
    func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T
}

/// A consistent view of the tables. It cannot be copied, kept or sent: it ends with the closure that was lent it.
public struct ReadTransaction: ~Copyable, Reading {
    let source: any ReadBackend
    private let moment: Instant
    /// Whose call it is; told when the time is asked for.
    private let context: CallContext?

    /// The moment of the call or job.
    public var now: Instant {
        context?.noteMoment()
        return moment
    }

    /// The host lends one; plugins never make one.
    ///
    /// - Parameter context: the call it is lent to, where a handler's answer may be kept.
    public init(source: any ReadBackend, now: Instant, for context: CallContext? = nil) {
        self.source = source
        moment = now
        self.context = context
    }

    /// What the host does behind the view, lent for the length of the closure. For the host's own API alone, which asks
    /// for it by name in its import.
    @_spi(Host)
    public borrowing func withSource<T>(_ body: (any ReadBackend) throws -> T) rethrows -> T { try body(source) }

    public borrowing func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try source.forEach(sql, body)
    }

    public borrowing func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try source.forFirst(sql, body)
    }

    public borrowing func person(_ id: PersonID) throws(StoreError) -> Person? { try source.person(id) }
    public borrowing func person(withPhone phone: Phone) throws(StoreError) -> Person? {
        try source.person(withPhone: phone)
    }
    public borrowing func person(withEmail email: Email) throws(StoreError) -> Person? {
        try source.person(withEmail: email)
    }
    public borrowing func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID] {
        try source.accounts(actedForBy: person)
    }
    public borrowing func people(withRole role: String, in branch: String?, upTo most: Int) throws(StoreError)
        -> [PersonID]
    {
        try source.people(withRole: role, in: branch, upTo: most)
    }
}

/// Runs statements as one plugin and looks up accounts; the host implements it over its database.
public protocol ReadBackend: AnyObject, MessageReading, ConversationReading {
    /// Calls the closure with each row.
    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError)
    /// Calls the closure with the first row, unless there is none.
    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError)
    func person(_ id: PersonID) throws(StoreError) -> Person?
    func person(withPhone phone: Phone) throws(StoreError) -> Person?
    func person(withEmail email: Email) throws(StoreError) -> Person?
    func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID]
    func people(withRole role: String, in branch: String?, upTo most: Int) throws(StoreError) -> [PersonID]
    func plan(of person: PersonID) throws(StoreError) -> Plan?
    func preferences(of person: PersonID) throws(StoreError) -> Preferences?
    func file(_ id: FileID) throws(StoreError) -> StoredFile?
    func files(of kind: String, id: String) throws(StoreError) -> [StoredFile]
    func longJob(_ id: LongJobID) throws(StoreError) -> LongJobRecord?
}
