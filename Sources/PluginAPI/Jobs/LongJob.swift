public import StoreAPI

/// The name of a long job, what it is given and what comes of it.
public struct LongJobName<Payload: Described, Output: Described>: Sendable {
    /// `reconcile`
    public let name: String
    public init(_ name: String) { self.name = name }
}

/// Work that takes its time: it runs apart from requests and from the tenant's writer, says how far it is, and leaves a
/// result. A client asks for it (202), looks how it stands, and gets what came of it.
///
///     static let reconcile = LongJobName<Records, Matches>("reconcile")
///     longJobs: [LongJob(reconcile, Self.reconcile)]
///     .post("/v1/ai/reconcile/jobs", .transactional(Self.start), needs: …, status: 202)
///     .get("/v1/ai/reconcile/jobs/{id}", .reading(Self.status), needs: …)
///
/// One runs at a time for each tenant, and a few in the process. It runs at least once: when the process ends it is begun
/// anew, so what it writes must bear that. A ``Problem`` or ``Refusal`` that it throws is its end, and told to whoever
/// asked; anything else is tried again, five times at most.
public struct LongJob<P: Plugin>: Sendable {
    public let name: String
    /// How long the result can be asked for.
    public let keptFor: Duration
    /// Does the work; returns the result as JSON text.
    public let work: @Sendable (P, JSONDocument, LongRun) async throws -> [UInt8]

    /// - Parameter keptFor: how long the result can be asked for after its end.
    public init<Payload: Described, Output: Described>(
        _ name: LongJobName<Payload, Output>, keptFor: Duration = .seconds(7 * 86_400),
        _ handle: @escaping @Sendable (P) -> @Sendable (Payload, LongRun) async throws -> Output
    ) {
        self.name = name.name
        self.keptFor = keptFor
        work = { plugin, document, run in
            Output.schema.encode(try await handle(plugin)(try Payload.schema.decode(.json(document.root)), run))
        }
    }
}

/// One run of a long job: what it may use, and whom it tells how far it is.
public struct LongRun: Sendable {
    public let id: LongJobID
    public let tenant: Tenant
    /// For whom it is done; nil when for nobody in particular.
    public let person: PersonID?
    /// The request that asked for it.
    public let requestID: String
    /// Runs so far, from 1.
    public let attempt: Int
    /// The plugin's tables. A read here does not hold up the tenant's writes.
    public let store: any Store
    /// The tenant's files; what is added belongs to nobody until a transaction attaches it.
    public let files: any FileStore
    private let tell: @Sendable (Int, Int) async throws -> Void

    /// - Parameter tell: keeps how far it is.
    public init(
        id: LongJobID, tenant: Tenant, person: PersonID?, requestID: String, attempt: Int, store: any Store,
        files: any FileStore, tell: @escaping @Sendable (Int, Int) async throws -> Void
    ) {
        self.id = id
        self.tenant = tenant
        self.person = person
        self.requestID = requestID
        self.attempt = attempt
        self.store = store
        self.files = files
        self.tell = tell
    }

    /// Says that so many of so many are done. Call it as often as you like: it is kept twice a second at most.
    ///
    /// - Throws: `CancellationError` when the job was taken back, or the process is about to end; let it through.
    public func report(_ done: Int, of total: Int) async throws {
        try Task.checkCancellation()
        try await tell(done, total)
    }
}

/// The id of a long job, e.g. `job_01jd…`.
public struct LongJobID: RawRepresentable, Sendable, Hashable, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension LongJobID: Described {
    public static var schema: Schema<LongJobID> {
        Schema<String>.string(1...64).converted(
            to: { LongJobID(rawValue: $0) }, from: { $0.rawValue }, allowed: "the id of a job")
    }
}
