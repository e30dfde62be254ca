internal import Synchronization
public import Time

/// One call of a route: by whom, for which tenant, when and in which language.
public struct Call<Who: Caller>: Sendable {
    /// Who is calling.
    public let caller: Who
    @usableFromInline let context: CallContext

    /// - Throws: ``Problem`` when the context does not hold such a caller.
    @inlinable
    public init(_ context: CallContext) throws(Problem) {
        self.context = context
        caller = try Who(context)
    }

    /// Finds the call in the log; sent as `X-Request-Id`.
    public var id: String {
        context.noteMoment()
        return context.id
    }
    /// Whose portal it is.
    public var tenant: Tenant { context.tenant }
    /// The moment of the call; the same wherever it is asked for.
    public var now: Instant {
        context.noteMoment()
        return context.now
    }
    /// The language the caller wants, of those the tenant speaks.
    public var language: Language { context.language }
    /// The account acted for, when it is not the caller's own.
    public var onBehalfOf: PersonID? { context.onBehalfOf }
    /// Which objects the route's permission covers for this caller; nothing when the route needs none.
    public var reach: Reach? {
        context.note(.listing)
        return context.reach
    }
    /// Who is at the other end of the connection.
    public var client: any Client {
        context.noteMoment()
        return context.client
    }
    /// The tenant's files, for asynchronous handlers.
    public var files: any CallFiles { context.files }
    /// The tenant's store, for asynchronous handlers; the others are lent a transaction.
    public var store: any Store { context.store }
}

/// What is known of a call before its caller has a type.
public final class CallContext: Sendable {
    public let id: String
    /// `X-Correlation-Id`, as the client sent it.
    public let correlationID: String?
    public let tenant: Tenant
    public let principal: Principal?
    public let onBehalfOf: PersonID?
    public let reach: Reach?
    public let now: Instant
    public let language: Language
    /// Who is at the other end of the connection.
    public let client: any Client
    public let store: any Store
    public let files: any CallFiles
    /// What the handler has asked for: to keep to the reach of its permission, and of the moment.
    private let asked = Atomic<UInt8>(0)

    public init(
        id: String, correlationID: String? = nil, tenant: Tenant, principal: Principal?, onBehalfOf: PersonID? = nil,
        reach: Reach?, now: Instant, language: Language, client: any Client, store: any Store,
        files: any CallFiles
    ) {
        self.id = id
        self.correlationID = correlationID
        self.tenant = tenant
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.reach = reach
        self.now = now
        self.language = language
        self.client = client
        self.store = store
        self.files = files
    }
}

extension CallContext {
    /// Notes that the handler keeps to an extent.
    func note(_ extent: Extent) { asked.bitwiseOr(Self.bit(extent), ordering: .relaxed) }

    /// Whether the handler has asked for what an extent makes it ask for. The host withholds the answer otherwise.
    public func keeps(to extent: Extent?) -> Bool {
        guard let extent, extent == .listing || extent == .own else { return true }
        return asked.load(ordering: .relaxed) & Self.bit(extent) != 0
    }

    /// Notes that the handler asks for what is different in each call: the time, the request's id, who is at the other end.
    func noteMoment() { asked.bitwiseOr(4, ordering: .relaxed) }

    /// Whether the handler has asked for something that is different in each call.
    public var dependsOnMoment: Bool { asked.load(ordering: .relaxed) & 4 != 0 }

    private static func bit(_ extent: Extent) -> UInt8 { extent == .listing ? 1 : 2 }
}

/// Who is at the other end of a connection. Looked up only when asked for: most answers need neither.
public protocol Client: Sendable {
    /// The address, behind the proxies the operator trusts.
    var address: String { get }
    /// What the program calls itself, if it says.
    var userAgent: String? { get }
}
