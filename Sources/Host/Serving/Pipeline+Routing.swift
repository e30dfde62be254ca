import HTTPServer
import PluginAPI

extension Pipeline {
    /// Where a request leads.
    enum Destination {
        /// Known already: a preflight, a path or method that does not exist, a suspended tenant.
        case answer(Response)
        /// An endpoint, with the path's parameters as ranges of the request's bytes.
        case endpoint(Endpoint, [Range<Int>])
    }

    func route(_ inbound: Inbound, _ runtime: TenantRuntime) -> Destination {
        let request = inbound.request
        if runtime.settings.values.state == .suspended {
            let problem = Problem(503, "SERVICE_UNAVAILABLE", "This portal is suspended.", retryAfter: 3600)
            return .answer(refusal(problem, inbound, runtime, nil))
        }
        if request.method == .options, request.form == .asterisk {
            return .answer(options("GET, POST, PUT, PATCH, DELETE", inbound, runtime))
        }
        guard let match = plugins.routes.match(request.bytes, request.path, where: runtime.serves) else {
            return .answer(refusal(.notFound, inbound, runtime, nil))
        }
        if let method = HTTPMethod(request.method) {
            if method == .get, let page = match.page,
                !page.hasTwoForms || Accept(inbound.header("accept")).prefersHTML
            {
                return .endpoint(page, match.values)
            }
            if let found = match.endpoints.first(where: { $0.method == method }) {
                return .endpoint(found.endpoint, match.values)
            }
        }
        let allowed = Self.allowed(match.endpoints.map(\.method) + (match.page == nil ? [] : [.get]))
        if request.method == .options { return .answer(options(allowed, inbound, runtime)) }
        let problem = Problem(405, "METHOD_NOT_ALLOWED", "This path answers \(allowed).")
        var response = refusal(problem, inbound, runtime, match.page ?? match.endpoints.first?.endpoint)
        response.headers.add("allow", allowed)
        return .answer(response)
    }

    private static func allowed(_ methods: [HTTPMethod]) -> String {
        var names = HTTPMethod.allCases.filter { methods.contains($0) }.map(\.rawValue)
        if methods.contains(.get) { names.insert("HEAD", at: 1) }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }

    /// The answer to OPTIONS, and to the preflights among them.
    private func options(_ allowed: String, _ inbound: Inbound, _ runtime: TenantRuntime) -> Response {
        var response = Response(status: 204)
        if inbound.request.header(.accessControlRequestMethod) != nil {
            response.headers = runtime.crossOrigin.preflight(inbound.request, methods: allowed)
        } else {
            runtime.crossOrigin.add(to: &response.headers, for: runtime.crossOrigin.origin(of: inbound.request))
            response.headers.add("allow", allowed)
        }
        response.headers.add(.requestID, inbound.id)
        return response
    }
}

extension TenantRuntime {
    /// Whether an endpoint exists here: a plugin that is not enabled has no paths.
    func serves(_ endpoint: Endpoint) -> Bool {
        if let position = endpoint.mountedBy, plugins[position] == nil { return false }
        return switch endpoint.owner {
        case .host: true
        case .plugin(let position): plugins[position] != nil
        }
    }
}

extension HTTPMethod {
    /// HEAD is answered as GET; the server leaves the body away.
    init?(_ method: HTTPServer.Method) {
        switch method {
        case .get, .head: self = .get
        case .post: self = .post
        case .put: self = .put
        case .patch: self = .patch
        case .delete: self = .delete
        default: return nil
        }
    }
}

extension RouteTable {
    /// The route that a request leads to in a tenant that has every plugin, as far as it can be told while
    /// the tenant is closed; nil for what is no route.
    func declaration(of request: Request) -> RouteDeclaration? {
        guard let method = HTTPMethod(request.method),
            let match = match(request.bytes, request.path, where: { _ in true }),
            let found = match.endpoints.first(where: { $0.method == method }),
            case .route(_, let declaration) = found.endpoint.target
        else { return nil }
        return declaration
    }
}
