import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// A page's answer, on this loop and without a task; nil when the reader must be awaited.
    func pageAtOnce(_ admitted: Admitted) -> Response? {
        guard case .page(let number, _) = admitted.endpoint.target,
            case .plugin(let position) = admitted.endpoint.owner
        else { return nil }
        do {
            return try admitted.runtime.database.readNow(slot: admitted.slot, as: plugins.owners[position]) {
                try page(admitted, position, number, $0)
            }
        } catch {
            return refusal(problem(of: error, admitted.inbound, admitted.runtime), admitted)
        }
    }

    /// A page's answer, when its reader is there.
    func page(_ admitted: Admitted, _ position: Int, _ number: Int) async throws -> Response {
        try await admitted.runtime.database.read(slot: admitted.slot, as: plugins.owners[position]) {
            try page(admitted, position, number, $0)
        }
    }

    /// Lets the plugin make the page's content and puts it into the shell.
    private func page(
        _ admitted: Admitted, _ position: Int, _ number: Int, _ session: ReadSession
    ) throws -> Response {
        guard Accept(admitted.inbound.header("accept")).quality(of: MediaType.html) > 0 else {
            throw Problem.notAcceptable
        }
        guard let plugin = admitted.runtime.plugins[position] else { throw Problem.notFound }
        let context = callContext(admitted)
        let request = admitted.inbound.request
        let input = RequestInput(path: admitted.path, query: admitted.query) { name in
            HeaderName(name).flatMap { request.header($0) }.map { request.string($0) }
        }
        let tx = ReadTransaction(
            source: PluginReadBackend(session, owner: plugins.owners[position]), now: context.now)
        let shown = try plugin.render(page: number, input, tx, context)
        // A page has no other way to keep to a reach that is less than the whole tenant.
        if let reach = admitted.reach, reach != .tenant, !context.keeps(to: .listing), !context.keeps(to: .own) {
            throw ReachForgotten()
        }
        let title = shown.title ?? admitted.runtime.definitions[position].pages[number].title
        let document = Shell.page(title, shown.main, admitted.runtime.tenant, language: shown.language)
        var response = Response(page: document, status: shown.status)
        response.headers.add("cache-control: private, no-cache")
        return finished(shown.status == 200 ? try response.conditional(on: admitted.inbound) : response, admitted)
    }
}
