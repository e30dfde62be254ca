public import StoreAPI
public import Time

/// An open transaction on the tables of one plugin in one tenant.
///
/// It cannot be copied, kept or sent: it ends with the closure that was lent it. What belongs to the change is written
/// beside it and commits with it: events, messages, audit entries, work for later.
public struct Transaction: ~Copyable, Reading {
    let backend: any TransactionBackend
    /// On whose account and in which request; already in every audit entry and event.
    public let now: Instant

    /// The host lends one; plugins never make one.
    public init(backend: any TransactionBackend, now: Instant) {
        self.backend = backend
        self.now = now
    }

    /// What the host does behind the transaction, lent for the length of the closure. For the host's own API alone, which
    /// asks for it by name in its import.
    @_spi(Host)
    public borrowing func withBackend<T>(_ body: (any TransactionBackend) throws -> T) rethrows -> T {
        try body(backend)
    }

    public borrowing func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try backend.forEach(sql, body)
    }

    public borrowing func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try backend.forFirst(sql, body)
    }

    /// Runs a statement for its effect and returns how many rows it changed.
    @discardableResult
    public borrowing func run(_ sql: SQL) throws(StoreError) -> Int { try backend.run(sql) }

    /// A new id for an object, e.g. `apt_01jd…`: in the order of time, and not to be guessed.
    public borrowing func newID(_ prefix: StaticString) -> String { Identifier.make(prefix, at: now) }

    /// The same tables and the same moment, for a function that only reads.
    public borrowing func reading<T>(_ body: (borrowing ReadTransaction) throws -> T) rethrows -> T {
        try body(ReadTransaction(source: backend, now: now))
    }

    /// Writes a stretch of a demo's past: to the closure it is that moment, and nobody is told of what happens in it, neither
    /// people nor listeners nor the audit log. For ``Plugin/loadDemo(_:_:)`` alone.
    ///
    /// - Throws: ``StoreError`` anywhere else, and for a moment that is not past.
    public borrowing func past<T>(_ moment: Instant, _ body: (borrowing Transaction) throws -> T) throws -> T {
        guard moment <= now else { throw StoreError(.misuse, "a demo's past is not in the future") }
        return try body(Transaction(backend: try backend.past(moment), now: moment))
    }

    /// Tells listeners, live connections and webhooks, once this commits.
    public borrowing func publish<E: Event>(_ event: E, about subject: Subject, to audience: Audience)
        throws(StoreError)
    {
        try backend.publish(
            PublishedEvent(name: E.name, payload: E.schema.encode(event), subject: subject, audience: audience))
    }

    /// Sends a message to a person, once this commits. Which channels it takes follows from its type and the person.
    public borrowing func notify(_ notice: Notice) throws(StoreError) { try backend.notify(notice) }

    /// Takes back notices that have not been sent yet, by the key they were given.
    public borrowing func withdrawNotices(key: String) throws(StoreError) { try backend.withdrawNotices(key: key) }

    /// Keeps a record of what happened; who, when, from where and in which request are known already.
    public borrowing func audit(_ entry: AuditEntry) throws(StoreError) { try backend.audit(entry) }

    /// Asks for a job of this plugin at a moment, or soon when that is past. Asking again with the same key moves it.
    public borrowing func schedule<Payload: Described>(
        _ job: JobName<Payload>, at: Instant, key: String, _ payload: Payload
    ) throws(StoreError) {
        try backend.schedule(job.name, at: at, key: key, payload: Payload.schema.encode(payload))
    }

    /// Takes back a job that has not begun.
    public borrowing func unschedule<Payload>(_ job: JobName<Payload>, key: String) throws(StoreError) {
        try backend.unschedule(job.name, key: key)
    }
}

/// What the host does inside a plugin's transaction.
public protocol TransactionBackend: ReadBackend, MessageWriting, ConversationWriting {
    /// The same at a moment of a demo's past.
    func past(_ moment: Instant) throws(StoreError) -> any TransactionBackend
    func run(_ sql: SQL) throws(StoreError) -> Int
    func publish(_ event: PublishedEvent) throws(StoreError)
    func notify(_ notice: Notice) throws(StoreError)
    /// Mails an address that need not be an account's.
    func mail(_ type: String, to address: Email, subject: String, body: String, until end: Instant) throws(StoreError)
    func withdrawNotices(key: String) throws(StoreError)
    func audit(_ entry: AuditEntry) throws(StoreError)
    func schedule(_ job: String, at: Instant, key: String, payload: [UInt8]) throws(StoreError)
    func unschedule(_ job: String, key: String) throws(StoreError)
    func addPerson(_ person: PersonChange) throws(StoreError) -> PersonID
    func changePerson(_ id: PersonID, _ change: PersonChange) throws(StoreError)
    func set(plan: Plan, of person: PersonID) throws(StoreError)
    func set(preferences: Preferences, of person: PersonID) throws(StoreError)
    func grant(_ role: String, to person: PersonID, branch: String?) throws(StoreError)
    func revoke(_ role: String, from person: PersonID) throws(StoreError)
    func allowActing(_ person: PersonID, for other: PersonID, as relation: String) throws(StoreError)
    func forbidActing(_ person: PersonID, for other: PersonID) throws(StoreError)
    /// - Returns: false when the file may not be attached.
    func attach(_ file: FileID, to subject: Subject, from origin: FileOrigin) throws(StoreError) -> Bool
    func detach(_ file: FileID, from subject: Subject) throws(StoreError)
    func deleteFile(_ file: FileID) throws(StoreError) -> Bool
    func keepFile(_ file: FileID, until end: Instant?) throws(StoreError)
    func holdFile(_ file: FileID, _ isHeld: Bool) throws(StoreError)
    func startLong(_ job: String, id: LongJobID, payload: [UInt8], for person: PersonID?) throws(StoreError)
    func cancelLong(_ id: LongJobID) throws(StoreError)
}
