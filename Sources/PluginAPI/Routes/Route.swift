/// One route of a plugin: what it is, as data, and what answers it.
public struct Route<P: Plugin>: Sendable {
    /// Everything about the route that needs no types.
    public let declaration: RouteDeclaration
    /// Decodes the input and binds it to the handler.
    ///
    /// - Throws: ``Invalid`` with every mistake.
    public let prepare: @Sendable (RequestInput) throws(Invalid) -> Prepared<P>
    /// Bytes that a file of the route's form may have in one tenant, below what the schema allows; nil leaves it at that.
    public let fileLimit: (@Sendable (P) -> Int)?

    /// A read.
    public static func get<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        _ summary: String = ""
    ) -> Route {
        make(.get, path, handler, needs, limits, [], summary, status: 200)
    }

    /// A change that may be asked again with the same `Idempotency-Key`: creating something (201), or an act on it (200).
    ///
    /// - Parameter fileLimit: bytes of one file in a form, when that is a setting of the tenant.
    public static func post<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        status: Int = 201, refuses: [any Refusal.Type] = [], notTransactionalBecause reason: String? = nil,
        fileLimit: (@Sendable (P) -> Int)? = nil, _ summary: String = ""
    ) -> Route {
        make(
            .post, path, handler, needs, limits, refuses, summary, status: status, reason: reason, fileLimit: fileLimit)
    }

    /// A replacement of the whole.
    public static func put<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(.put, path, handler, needs, limits, refuses, summary, status: 200)
    }

    /// A change of some fields.
    public static func patch<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(.patch, path, handler, needs, limits, refuses, summary, status: 200)
    }

    /// A removal, or whatever the plugin's seed lets DELETE mean.
    public static func delete<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(.delete, path, handler, needs, limits, refuses, summary, status: 200)
    }

    private static func make<I: Described, O: Answer, C: Caller>(
        _ method: HTTPMethod, _ path: String, _ handler: Handler<P, I, O, C>, _ needs: Need<P, I>,
        _ limits: [RouteLimit<I>], _ refuses: [any Refusal.Type], _ summary: String, status: Int,
        reason: String? = nil, fileLimit: (@Sendable (P) -> Int)? = nil
    ) -> Route {
        let form = handler.form
        let declaration = RouteDeclaration(
            method: method, path: path, summary: summary, kind: handler.kind, access: needs.access,
            checksSubject: needs.subject != nil, isSignedIn: C.isSignedIn, limits: limits.map(\.limit), status: status,
            fields: I.schema.fields + (form?.fields ?? []), body: form?.document ?? I.schema.document,
            answer: O.answerDocument,
            problems: refuses.flatMap { $0.problems }, notTransactionalBecause: reason,
            inputRoundTrips: I.schema.roundTrips && form?.roundTrips ?? true)
        return Route(declaration: declaration, fileLimit: fileLimit) { (request) throws(Invalid) -> Prepared<P> in
            let input = try I.schema.decode(request)
            return Prepared(
                work: handler.work(input), limitValues: limits.map { $0.value?(input) }, subject: needs.bound(to: input)
            )
        }
    }

    private init(
        declaration: RouteDeclaration, fileLimit: (@Sendable (P) -> Int)?,
        prepare: @escaping @Sendable (RequestInput) throws(Invalid) -> Prepared<P>
    ) {
        self.declaration = declaration
        self.fileLimit = fileLimit
        self.prepare = prepare
    }
}

extension Refusal {
    static var problems: [Problem] { allCases.map(\.problem) }
}

/// A route with its input decoded.
public struct Prepared<P: Plugin>: Sendable {
    public let work: Work<P>
    /// For each of the route's limits, the value of the field it counts by; nil for the others.
    public let limitValues: [String?]
    /// Finds the object whose permission is checked before the handler runs; nil when the route has no such object.
    public let subject: (@Sendable (P, borrowing ReadTransaction) throws -> Subject?)?
}
