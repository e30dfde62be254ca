/// A page that a plugin brings; the host puts it into the shell with the tenant's branding.
public struct PageRoute<P: Plugin>: Sendable {
    /// `/book`; must lie under one of the manifest's page prefixes.
    public let path: String
    /// The page's title.
    public let title: String
    /// Whether somebody must be signed in; strangers are sent to the sign-in page.
    public let isForMembers: Bool
    public let needs: Permission?
    /// How often; one by address takes the place of what holds for all pages.
    public let limits: [RateLimit]
    /// Makes the page's main content.
    public let render: @Sendable (P, RequestInput, borrowing ReadTransaction, CallContext) throws -> PageAnswer

    /// A page from what the handler's input reads of path and query.
    public init<I: Described, C: Caller, A: PageContent>(
        _ path: String, _ title: String, needs: Permission? = nil, limits: [RateLimit] = [],
        _ handler: @escaping @Sendable (P) -> @Sendable (I, borrowing ReadTransaction, Call<C>) throws -> A
    ) {
        self.path = path
        self.title = title
        self.needs = needs
        self.limits = limits
        isForMembers = C.isSignedIn
        render = { plugin, request, tx, context in
            try handler(plugin)(try I.schema.decode(request), tx, try Call<C>(context)).answer
        }
    }

    /// A page without input.
    public init<C: Caller, A: PageContent>(
        _ path: String, _ title: String, needs: Permission? = nil, limits: [RateLimit] = [],
        _ handler: @escaping @Sendable (P) -> @Sendable (borrowing ReadTransaction, Call<C>) throws -> A
    ) {
        self.init(path, title, needs: needs, limits: limits) { plugin in
            { (_: Nothing, tx: borrowing ReadTransaction, call: Call<C>) in try handler(plugin)(tx, call) }
        }
    }
}
