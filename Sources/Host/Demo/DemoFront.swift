import HTTPServer
import PluginAPI

/// What plain `localhost` shows in the demo: the portals, their people, their outboxes.
struct DemoFront: Sendable {
    let tenants: TenantRegistry
    let options: HostOptions

    /// The answer to a request for no tenant; nil when it is not for the demo's own pages.
    func answer(_ inbound: Inbound) -> Reception? {
        let request = inbound.request
        guard request.method == .get || request.method == .head, isLocal(request) else { return nil }
        if request.isPath("/docs/style.css") { return .answer(text(APIDocument.style, "text/css; charset=utf-8")) }
        if request.isPath("/") { return .answer(page(DemoPages.front(portals(request)))) }
        let query = request.query.flatMap { PercentDecoding.query(request.bytes, $0) } ?? []
        if request.isPath("/_dev/outbox") {
            return .later { request in
                let messages = await messages(request.loop.index, query)
                return text(CapturedMessage.list(messages), MediaType.json)
            }
        }
        guard request.isPath("/_dev/") || request.isPath("/_dev") else { return nil }
        return .later { request in page(DemoPages.outbox(await messages(request.loop.index, query))) }
    }

    /// What all portals would have sent, the newest first. A portal that cannot be opened has sent nothing.
    private func messages(_ slot: Int, _ query: [(name: String, value: String)]) async -> [CapturedMessage] {
        var all: [CapturedMessage] = []
        for entry in tenants.current.tenants {
            guard let runtime = try? await tenants.open(named: entry.slug) else { continue }
            all += (try? await DemoRoutes.messages(runtime, slot, query)) ?? []
        }
        return all.sorted { $0.createdAt > $1.createdAt }
    }

    private func page(_ main: HTML) -> Response {
        var response = text(Shell.page("Portico demo", main, nil).text, "text/html; charset=utf-8")
        response.headers.add("content-security-policy", HostRoutes.contentPolicy)
        return response
    }

    private func isLocal(_ request: Request) -> Bool {
        guard let host = request.host.map({ request.string($0) }) else { return false }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }

    private func text(_ text: String, _ type: String) -> Response {
        var response = Response(status: 200, body: .bytes(Array(text.utf8)))
        response.headers.add("content-type", type)
        response.headers.add("cache-control: no-store")
        response.headers.add("x-content-type-options: nosniff")
        return response
    }

    private func portals(_ request: Request) -> [DemoPages.Portal] {
        let directory = tenants.current
        return directory.tenants.map { entry in
            let port = directory.source.ports.first { $0.value == entry.slug }?.key
            let file = (try? TenantSettings(content: entry.content, reader: directory.source.reader))?.values
            let demo = demo(directory.folder(of: entry.slug))
            return DemoPages.Portal(
                name: file?.name ?? entry.slug,
                address: "http://\(entry.slug).\(options.baseDomain):\(request.localPort)",
                port: port.map { "http://localhost:\($0)" }, plugins: file?.plugins.keys.sorted() ?? [],
                people: demo.map(people) ?? [], password: demo?.password)
        }
    }

    private func demo(_ folder: String) -> DemoData? {
        guard let bytes = try? Files.contents(folder + "/demo.json", limit: 1 << 20),
            let document = try? JSONDocument(bytes, dialect: .commented)
        else { return nil }
        return try? DemoData.schema.decode(.json(document.root))
    }

    private func people(_ data: DemoData) -> [String] {
        data.people.map { person in
            let names = [person.phone?.text, person.email?.text, person.username].compactMap { $0 }
            let roles = person.roles.map(\.role).joined(separator: ", ")
            return names.joined(separator: " / ") + (roles.isEmpty ? "" : ": \(roles)")
        }
    }
}
