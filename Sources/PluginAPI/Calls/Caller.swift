/// Who is calling. A handler names the caller it accepts in its signature; the host makes one or refuses.
public protocol Caller: Sendable {
    /// Whether somebody must be signed in; documented as the route's security.
    static var isSignedIn: Bool { get }
    /// - Throws: ``Problem`` when this is not such a caller.
    init(_ context: CallContext) throws(Problem)
}

/// Anybody, signed in or not.
public struct Anyone: Caller {
    public static let isSignedIn = false
    /// Who it is, if known.
    public let principal: Principal?

    public init(_ context: CallContext) { principal = context.principal }
}

/// Somebody signed in.
public struct Member: Caller {
    public static let isSignedIn = true
    /// Who it is.
    public let principal: Principal
    private let context: CallContext

    public init(_ context: CallContext) throws(Problem) {
        guard let principal = context.principal else { throw .signInRequired }
        self.principal = principal
        self.context = context
    }

    /// The account whose things the call is about: the caller's own, or the one acted for.
    public var id: PersonID {
        context.note(.own)
        return context.onBehalfOf ?? principal.person
    }
}
