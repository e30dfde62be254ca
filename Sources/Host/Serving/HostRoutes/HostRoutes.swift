import HTTPServer
import PluginAPI

/// What the host itself answers in every tenant.
enum HostRoutes {
    /// - Parameters:
    ///   - version: of the program, for the documents.
    ///   - limits: where uses of the routes are counted.
    static func all(version: String, limits: LimitTable = LimitTable()) -> [HostRoute] {
        AccountPages.routes(in: limits) + MessageLinkRoutes.routes(in: limits)
            + DeliveryCallbacks.routes(in: limits) + [
                HostRoute(.get, "/.well-known/jwks.json") { call in
                    try content(call.runtime.auth.jwks(now: call.inbound.now), "application/jwk-set+json", call)
                },
                HostRoute(.get, "/openapi.json") { call in
                    try content(document(call.runtime, version: version).json, MediaType.json, call)
                },
                HostRoute(.get, "/docs") { call in
                    try page(document(call.runtime, version: version).page, call)
                },
                HostRoute(.get, "/docs/migration") { call in
                    try page(
                        Shell.page(
                            "Versions", document(call.runtime, version: version).migration, call.runtime.tenant), call)
                },
                HostRoute(.get, "/docs/style.css") { call in
                    try content(Array((APIDocument.style + Shell.formStyle).utf8), "text/css; charset=utf-8", call)
                },
                HostRoute(.get, "/errors") { call in
                    try page(
                        Shell.page("Error codes", ErrorPage.list(plugins: problems(call.runtime)), call.runtime.tenant),
                        call)
                },
                HostRoute(.get, "/errors/{code}") { call in
                    let code = call.path.first?.value ?? ""
                    guard let html = ErrorPage.html(code, plugins: problems(call.runtime)) else {
                        throw Problem.notFound
                    }
                    return try page(Shell.page(code, html, call.runtime.tenant), call)
                },
                HostRoute(.get, "/") { call in
                    try page(Shell.page(call.runtime.tenant.name, front(call.runtime), call.runtime.tenant), call)
                },
            ]
    }

    /// The API document of a tenant.
    static func document(_ runtime: TenantRuntime, version: String) -> APIDocument {
        let plugins = runtime.definitions.enumerated().map { position, plugin in
            DocumentedPlugin(plugin, isEnabled: runtime.plugins[position] != nil, among: runtime.definitions)
        }
        return APIDocument(
            tenant: runtime.tenant.name, origin: runtime.tenant.origin, version: version, plugins: plugins)
    }

    private static func problems(_ runtime: TenantRuntime) -> [Problem] {
        runtime.definitions.enumerated().filter { runtime.plugins[$0.offset] != nil }
            .flatMap { $0.element.routes.flatMap(\.problems) }
    }

    /// Bytes that clients may keep and ask for again by their tag.
    static func content(_ bytes: [UInt8], _ type: String, _ call: HostCall) throws(Refused) -> Response {
        var response = Response(status: 200, body: .bytes(bytes))
        response.headers.add("content-type", type)
        response.headers.add("cache-control: no-cache")
        return try response.conditional(on: call.inbound, hasRanges: true)
    }

    /// What a page may load and do: nothing from elsewhere, and no script.
    static let contentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// A whole HTML document. Nothing on it may run a script or come from elsewhere.
    static func page(_ html: HTML, _ call: HostCall) throws(Refused) -> Response {
        var response = Response(page: html, status: 200)
        response.headers.add("cache-control: no-cache")
        return try response.conditional(on: call.inbound)
    }

    /// What stands at `/`: what this portal is and where its documents are.
    private static func front(_ runtime: TenantRuntime) -> HTML {
        let items: [HTML] = runtime.definitions.enumerated()
            .filter { runtime.plugins[$0.offset] != nil && !$0.element.isHost }
            .map { "<li><strong>\($0.element.id)</strong>: \($0.element.summary)</li>" }
        let missing: [HTML] = runtime.settings.values.plugins.keys.sorted()
            .filter { id in !runtime.definitions.contains { $0.id == id } }
            .map { "<li><strong>\($0)</strong>: not in this build; its paths answer 404.</li>" }
        return """
            <h1>\(runtime.tenant.name)</h1>
            <ul>\(items)\(missing)</ul>
            <p><a href="/docs">API documents</a> · <a href="/openapi.json">OpenAPI</a> · <a href="/errors">Error codes</a></p>
            """
    }
}
