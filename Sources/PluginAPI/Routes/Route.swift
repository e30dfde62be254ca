/// One route of a plugin: what it is, as data, and what answers it.
public struct Route<P: Plugin>: Sendable {
    /// Everything about the route that needs no types.
    public let declaration: RouteDeclaration
    /// Decodes an input and binds it, and a tenant's plugin, to the handler; it throws ``Invalid`` with every mistake. It is made
    /// once for all tenants: a closure for each route and each open tenant would be most of what an open tenant holds.
    public let prepare: @Sendable (P, RequestInput) throws(Invalid) -> Prepared
    /// Bytes that a file of the route's form may have in one tenant, below what the schema allows; nil leaves it at that.
    public let fileLimit: (@Sendable (P) -> Int)?

    /// A read.
    ///
    /// - Parameter keepsAnswers: says that the answer follows from the tenant's stored data, the caller and the input alone:
    ///   not from the time, a clock, what the plugin keeps in memory, or chance. The host may then answer again as it did
    ///   before, without the handler, until anything is written in the tenant. A handler that asks the call or the
    ///   transaction for the time is run every time all the same.
    @inlinable
    public static func get<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        keepsAnswers: Bool = false, _ summary: String = ""
    ) -> Route {
        make(
            .get, path, handler, needs, limits, [], summary, status: 200, keepsAnswers: keepsAnswers,
            prepare: preparing(handler, needs, limits))
    }

    /// A change that may be asked again with the same `Idempotency-Key`: creating something (201), or an act on it (200).
    ///
    /// - Parameter fileLimit: bytes of one file in a form, when that is a setting of the tenant.
    @inlinable
    public static func post<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        status: Int = 201, refuses: [any Refusal.Type] = [], notTransactionalBecause reason: String? = nil,
        fileLimit: (@Sendable (P) -> Int)? = nil, _ summary: String = ""
    ) -> Route {
        make(
            .post, path, handler, needs, limits, refuses, summary, status: status, reason: reason, fileLimit: fileLimit,
            prepare: preparing(handler, needs, limits))
    }

    /// A replacement of the whole.
    @inlinable
    public static func put<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(
            .put, path, handler, needs, limits, refuses, summary, status: 200,
            prepare: preparing(handler, needs, limits))
    }

    /// A change of some fields.
    @inlinable
    public static func patch<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(
            .patch, path, handler, needs, limits, refuses, summary, status: 200,
            prepare: preparing(handler, needs, limits))
    }

    /// A removal, or whatever the plugin's seed lets DELETE mean.
    @inlinable
    public static func delete<I: Described, O: Answer, C: Caller>(
        _ path: String, _ handler: Handler<P, I, O, C>, needs: Need<P, I>, limits: [RouteLimit<I>] = [],
        refuses: [any Refusal.Type] = [], _ summary: String = ""
    ) -> Route {
        make(
            .delete, path, handler, needs, limits, refuses, summary, status: 200,
            prepare: preparing(handler, needs, limits))
    }

    @usableFromInline
    static func make<I: Described, O: Answer, C: Caller>(
        _ method: HTTPMethod, _ path: String, _ handler: Handler<P, I, O, C>, _ needs: Need<P, I>,
        _ limits: [RouteLimit<I>], _ refuses: [any Refusal.Type], _ summary: String, status: Int, reason: String? = nil,
        keepsAnswers: Bool = false, fileLimit: (@Sendable (P) -> Int)? = nil,
        prepare: @escaping @Sendable (P, RequestInput) throws(Invalid) -> Prepared
    ) -> Route {
        let form = handler.form
        let declaration = RouteDeclaration(
            method: method, path: path, summary: summary, kind: handler.kind, access: needs.access,
            extent: needs.extent ?? (needs.access == .member && path.contains("{") ? .own : nil),
            isSignedIn: C.isSignedIn, limits: limits.map(\.limit), status: status,
            fields: I.schema.fields + (form?.fields ?? []), body: form?.document ?? I.schema.document,
            streamed: handler.streamed, answer: O.answerDocument,
            problems: refuses.flatMap { $0.problems }, notTransactionalBecause: reason, keepsAnswers: keepsAnswers,
            inputRoundTrips: I.schema.roundTrips && form?.roundTrips ?? true, isWholeBody: I.schema.isWholeBody)
        return Route(declaration: declaration, prepare: prepare, fileLimit: fileLimit)
    }

    @inlinable
    static func preparing<I: Described, O: Answer, C: Caller>(
        _ handler: Handler<P, I, O, C>, _ needs: Need<P, I>, _ limits: [RouteLimit<I>]
    ) -> @Sendable (P, RequestInput) throws(Invalid) -> Prepared {
        let (schema, work, subject) = (I.schema, handler.work, needs.subject)
        let limitValues = limits.contains { $0.value != nil } ? limits.map(\.value) : []
        return { (plugin, request) throws(Invalid) -> Prepared in
            let input = try schema.decode(request)
            return Prepared(
                work: work(plugin, input), limitValues: limitValues.isEmpty ? [] : limitValues.map { $0?(input) },
                subject: subject.map { subject in { tx in try subject(plugin, input, tx) } })
        }
    }
}

extension Refusal {
    static var problems: [Problem] { allCases.map(\.problem) }
}

/// A route with its input decoded and its plugin bound.
public struct Prepared: Sendable {
    public let work: Work
    /// For each of the route's limits, the value of the field it counts by, nil for the others; empty when no limit
    /// counts by a field.
    public let limitValues: [String?]
    /// Finds the object whose permission is checked before the handler runs; nil when the route has no such object.
    public let subject: (@Sendable (borrowing ReadTransaction) throws -> Subject?)?

    @inlinable
    init(
        work: Work, limitValues: [String?], subject: (@Sendable (borrowing ReadTransaction) throws -> Subject?)?
    ) {
        self.work = work
        self.limitValues = limitValues
        self.subject = subject
    }
}
