/// What a route is, as data: for routing, documents, checks and tests. Made once for each route, and a class so that passing
/// it along costs one reference.
public final class RouteDeclaration: Sendable {
    public let method: HTTPMethod
    /// `/api/customer/appointments/{id}`
    public let path: String
    public let summary: String
    public let kind: HandlerKind
    public let access: Access
    /// How it keeps to the reach of its permission; nil where there is nothing to keep to.
    public let extent: Extent?
    /// Whether the handler's caller is signed in.
    public let isSignedIn: Bool
    /// Limits of the route itself; for a key without one the plugin's general limit holds.
    public let limits: [RateLimit]
    /// The status of success.
    public let status: Int
    /// The input's fields with their places.
    public let fields: [FieldDocument]
    /// The input as one object; only fields of the body are in it.
    public let body: JSONSchema
    /// The JSON body that a receiving handler reads itself; nil for one that takes any bytes, and for all others.
    public let streamed: JSONSchema?
    public let answer: AnswerDocument
    /// What the route may refuse with beyond what every route can.
    public let problems: [Problem]
    /// Why a POST is not transactional, so that its `Idempotency-Key` cannot be honoured.
    public let notTransactionalBecause: String?
    /// Whether the answer follows from the tenant's data, the caller and the input alone (``Route/get(_:_:needs:limits:keepsAnswers:_:)``).
    public let keepsAnswers: Bool
    /// Whether the input has fields from headers.
    public let readsHeaders: Bool
    /// What of it is on its way out.
    public let deprecation: Deprecation?
    let inputRoundTrips: Bool
    let isWholeBody: Bool

    init(
        method: HTTPMethod, path: String, summary: String, kind: HandlerKind, access: Access, extent: Extent?,
        isSignedIn: Bool, limits: [RateLimit], status: Int, fields: [FieldDocument], body: JSONSchema,
        streamed: JSONSchema?, answer: AnswerDocument, problems: [Problem], notTransactionalBecause: String?,
        keepsAnswers: Bool, inputRoundTrips: Bool, isWholeBody: Bool, deprecation: Deprecation? = nil
    ) {
        self.deprecation = deprecation
        self.method = method
        self.path = path
        self.summary = summary
        self.kind = kind
        self.access = access
        self.extent = extent
        self.isSignedIn = isSignedIn
        self.limits = limits
        self.status = status
        self.fields = fields
        self.body = body
        self.streamed = streamed
        self.answer = answer
        self.problems = problems
        self.notTransactionalBecause = notTransactionalBecause
        self.keepsAnswers = keepsAnswers
        self.inputRoundTrips = inputRoundTrips
        readsHeaders = fields.contains { $0.place == .header }
        self.isWholeBody = isWholeBody
    }

    /// Whether the permission is checked against one object.
    public var checksSubject: Bool { extent == .object }

    /// Whether a JSON body is read.
    public var hasBody: Bool { kind != .receiving && (isWholeBody || fields.contains { $0.place == .body }) }

    /// Whether the body is a `multipart/form-data` form.
    public var isForm: Bool { fields.contains { $0.place == .form } }

    /// The names of `{…}` in the path.
    public var pathParameters: [String] {
        path.split(separator: "/").compactMap { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
        }
    }

    /// What is wrong with the declaration itself.
    var faults: [String] {
        var faults: [String] = []
        let inInput = fields.filter { $0.place == .path }.map(\.name)
        if !path.hasPrefix("/") { faults.append("the path must begin with /") }
        if Set(pathParameters) != Set(inInput) || pathParameters.count != inInput.count {
            faults.append("the path has \(pathParameters.sorted()), the input has \(inInput.sorted())")
        }
        if !inputRoundTrips { faults.append("the input's fields and initialiser are in different order") }
        switch access {
        case .anyone: if isSignedIn { faults.append("is for anyone, but its handler takes a signed-in caller") }
        case .member, .permission:
            if !isSignedIn { faults.append("is for members, but its handler takes anyone") }
        }
        if method == .get, kind == .transactional || kind == .receiving { faults.append("a GET changes nothing") }
        if extent == .own, case .permission = access, !pathParameters.isEmpty {
            faults.append("is about the caller's own things, but its path names an object")
        }
        if method == .get, hasBody || fields.contains(where: \.isInBody) { faults.append("a GET has no body") }
        if keepsAnswers, kind != .reading || readsHeaders {
            faults.append("only what a reading handler makes of path and query can be kept")
        }
        if isForm, hasBody { faults.append("a body is JSON or a form, not both") }
        if fields.contains(where: { $0.schema.takesFiles && $0.files == nil }) {
            faults.append("a file, or a list of files, is a field of a form itself")
        }
        if method == .post, status == 201, kind != .transactional, notTransactionalBecause == nil {
            faults.append("a POST that creates is transactional or says why not")
        }
        for limit in limits {
            if limit.windows.isEmpty || limit.windows.contains(where: { $0.count < 1 || $0.length <= .zero }) {
                faults.append("a limit needs windows of at least one request")
            }
        }
        return faults.map { "\(method.rawValue) \(path): \($0)" }
    }
}

extension RouteDeclaration {
    /// The same route at another path with the same parameters.
    public func at(_ path: String) -> RouteDeclaration { copy(at: path, deprecation) }

    /// The same route, with something of it on its way out.
    func deprecating(_ deprecation: Deprecation) -> RouteDeclaration { copy(at: path, deprecation) }

    private func copy(at path: String, _ deprecation: Deprecation?) -> RouteDeclaration {
        RouteDeclaration(
            method: method, path: path, summary: summary, kind: kind, access: access, extent: extent,
            isSignedIn: isSignedIn, limits: limits, status: status, fields: fields, body: body,
            streamed: streamed, answer: answer,
            problems: problems, notTransactionalBecause: notTransactionalBecause, keepsAnswers: keepsAnswers,
            inputRoundTrips: inputRoundTrips, isWholeBody: isWholeBody, deprecation: deprecation)
    }
}
