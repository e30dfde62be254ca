public import Time

/// The name of a job and what it is given.
public struct JobName<Payload: Described>: Sendable {
    /// `release-hold`
    public let name: String
    public init(_ name: String) { self.name = name }
}

/// Work for later. It runs in a transaction of its own, at least once, and again with growing pauses when it fails.
public struct Job<P: Plugin>: Sendable {
    public let name: String
    /// When a repeating job is next due; nil for jobs that are asked for.
    public let rule: (@Sendable (P) -> Rule)?
    /// Does the work.
    public let work: @Sendable (P, JSONDocument, borrowing Transaction, WorkContext) throws -> Void

    /// A job asked for with ``Transaction/schedule(_:at:key:_:)``.
    public init<Payload: Described>(
        _ name: JobName<Payload>,
        _ handle: @escaping @Sendable (P) -> @Sendable (Payload, borrowing Transaction, WorkContext) throws -> Void
    ) {
        self.name = name.name
        rule = nil
        work = { plugin, document, tx, context in
            try handle(plugin)(try Payload.schema.decode(.json(document.root)), tx, context)
        }
    }

    /// A job that repeats by a rule; exactly one next run is kept, and nothing polls.
    public init(
        _ name: String, repeating rule: @escaping @Sendable (P) -> Rule,
        _ handle: @escaping @Sendable (P) -> @Sendable (borrowing Transaction, WorkContext) throws -> Void
    ) {
        self.name = name
        self.rule = rule
        work = { plugin, _, tx, context in try handle(plugin)(tx, context) }
    }
}

/// What a job or a listener knows of the moment it runs in.
public struct WorkContext: Sendable {
    public let tenant: Tenant
    /// The request that caused it, as far as it is known.
    public let requestID: String
    /// Runs so far, from 1.
    public let attempt: Int

    public init(tenant: Tenant, requestID: String, attempt: Int) {
        self.tenant = tenant
        self.requestID = requestID
        self.attempt = attempt
    }
}
