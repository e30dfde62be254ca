import HTTPServer
import PluginAPI

/// What plain `localhost` shows in the demo: the portals, their people, their outboxes.
struct DemoFront: Sendable {
    let tenants: TenantRegistry
    let options: HostOptions

    /// The answer to a request for no tenant; nil when it is not for the demo's own page.
    func answer(_ inbound: Inbound) -> Response? {
        let request = inbound.request
        guard request.method == .get || request.method == .head, isLocal(request) else { return nil }
        if request.isPath("/docs/style.css") { return text(APIDocument.style, "text/css; charset=utf-8") }
        guard request.isPath("/") else { return nil }
        var response = text(
            Shell.page("Portico demo", DemoPages.front(portals(request)), nil).text, "text/html; charset=utf-8")
        response.headers.add("content-security-policy", "default-src 'none'; style-src 'self'; base-uri 'none'")
        return response
    }

    private func isLocal(_ request: Request) -> Bool {
        guard let host = request.host.map({ request.string($0) }) else { return false }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }

    private func text(_ text: String, _ type: String) -> Response {
        var response = Response(status: 200, body: .bytes(Array(text.utf8)))
        response.headers.add("content-type", type)
        response.headers.add("cache-control", "no-store")
        response.headers.add("x-content-type-options", "nosniff")
        return response
    }

    private func portals(_ request: Request) -> [DemoPages.Portal] {
        let directory = tenants.current
        return directory.tenants.map { entry in
            let port = directory.source.ports.first { $0.value == entry.slug }?.key
            let file = (try? TenantSettings(content: entry.content, reader: directory.source.reader))?.values
            return DemoPages.Portal(
                name: file?.name ?? entry.slug,
                address: "http://\(entry.slug).\(options.baseDomain):\(request.localPort)",
                port: port.map { "http://localhost:\($0)" }, plugins: file?.plugins.keys.sorted() ?? [],
                people: people(directory.folder(of: entry.slug)))
        }
    }

    private func people(_ folder: String) -> [String] {
        guard let bytes = try? Files.contents(folder + "/demo.json", limit: 1 << 20),
            let document = try? JSONDocument(bytes, dialect: .commented),
            let data = try? DemoData.schema.decode(.json(document.root))
        else { return [] }
        return data.people.map { person in
            let names = [person.phone?.text, person.email?.text, person.username].compactMap { $0 }
            let roles = person.roles.map(\.role).joined(separator: ", ")
            return names.joined(separator: " / ") + (roles.isEmpty ? "" : ": \(roles)")
        }
    }
}
