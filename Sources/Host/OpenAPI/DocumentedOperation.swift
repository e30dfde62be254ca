import PluginAPI

/// One method of one path, as its documents show it.
struct DocumentedOperation: Sendable {
    /// Unique in the document and the same as long as method, path and plugin are; set by the plugin it is part of.
    var id = ""
    let method: HTTPMethod
    let path: String
    let summary: String
    let access: Access
    let checksObject: Bool
    /// What path, query and headers bring.
    let parameters: [FieldDocument]
    let body: Body?
    /// The status of success.
    let status: Int
    let answer: AnswerDocument
    let isIdempotent: Bool
    let notIdempotentBecause: String?
    let limits: [RateLimit]
    /// Whether customers are limited by their plan in place of the limit per person.
    var isTiered = false
    /// What it may refuse with beyond what every operation can.
    let problems: [Problem]
    /// What of it is on its way out.
    var deprecation: Deprecation?

    /// What a request carries.
    enum Body: Sendable {
        case json(JSONSchema)
        /// A form; the files among its fields are of these media types, where they are named.
        case form(JSONSchema, fileTypes: [(field: String, types: [String])])
        /// Bytes, taken as they come.
        case bytes
    }

    /// A route.
    init(_ route: RouteDeclaration, _ general: [RateLimit], isTiered: Bool = false) {
        method = route.method
        path = route.path
        summary = route.summary
        access = route.access
        checksObject = route.checksSubject
        parameters = route.fields.filter { $0.place != .body && $0.place != .form }
        body = Self.body(of: route)
        answer = route.answer
        if case .empty = route.answer { status = 204 } else { status = route.status }
        isIdempotent = route.method == .post && route.kind == .transactional
        notIdempotentBecause = route.notTransactionalBecause
        limits = route.limits + general.filter { limit in !route.limits.contains { $0.key == limit.key } }
        self.isTiered = isTiered && !route.limits.contains { $0.key == .person }
        problems = route.problems
        deprecation = route.deprecation
    }

    private static func body(of route: RouteDeclaration) -> Body? {
        if route.isForm {
            let types = route.fields.compactMap { field in field.files.map { (field.name, $0.rule.types) } }
            return .form(route.body, fileTypes: types.filter { !$0.1.isEmpty })
        }
        if route.kind == .receiving { return route.streamed.map { .json($0) } ?? .bytes }
        return route.hasBody ? .json(route.body) : nil
    }

    /// Every schema in it.
    var schemas: [JSONSchema] {
        var schemas = parameters.map(\.schema)
        switch body {
        case .json(let body)?, .form(let body, _)?: schemas.append(body)
        case .bytes?, nil: break
        }
        switch answer {
        case .value(let schema), .page(let schema): schemas.append(schema)
        case .valueOrAccepted(let schema, let other), .annotated(let schema, let other): schemas += [schema, other]
        case .empty, .content, .seeOther: break
        }
        return schemas
    }

    /// The errors that come of what the operation is, apart from its own problems.
    var commonErrors: [Int] {
        var statuses = [400]
        if access.needsSignIn { statuses.append(401) }
        // A portal that is read-only refuses every change.
        if access.permission != nil || method != .get { statuses.append(403) }
        if checksObject || path.contains("{") { statuses.append(404) }
        if isIdempotent { statuses.append(409) }
        if body != nil { statuses += [413, 415] }
        if isIdempotent { statuses.append(422) }
        return statuses + [429, 500, 503]
    }

    /// `getApiCustomerAppointmentsById` of `GET /api/customer/appointments/{id}`.
    var name: String {
        path.split(separator: "/").reduce(into: method.rawValue.lowercased()) { name, part in
            name +=
                part.hasPrefix("{")
                ? "By" + DocumentedPlugin.pascalCase(String(part.dropFirst().dropLast()))
                : DocumentedPlugin.pascalCase(String(part))
        }
    }

    /// The names of `{…}` in the path, in order.
    static func parameterNames(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

extension Access {
    /// Whether a stranger gets 401.
    var needsSignIn: Bool {
        if case .anyone = self { false } else { true }
    }

    /// The permission it takes, if it takes one.
    var permission: Permission? {
        if case .permission(let permission) = self { permission } else { nil }
    }
}
