import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// How an admitted request goes on: at once where that is possible, with its body where it has one.
    func reception(of admitted: inout Admitted) -> Reception {
        let request = admitted.inbound.request
        switch admitted.endpoint.target {
        case .route(_, let declaration) where declaration.isStreamed:
            let admitted = admitted
            // A body that is not there is of no type.
            if declaration.streamed != nil, request.head.hasBody {
                do throws(Problem) {
                    try JSONBody.checkType(request)
                } catch {
                    return .answer(refusal(error, admitted))
                }
            }
            return .stream(limit: ByteStream.limit) { [self] _, body in
                await respond(to: admitted, body: [], stream: ByteStream(body))
            }
        case .route where request.method == .get || request.method == .head:
            if let response = respondAtOnce(to: &admitted, body: []) { return .answer(response) }
            let admitted = admitted
            return .later { [self] _ in await respond(to: admitted, body: [], stream: .empty) }
        case .page:
            if let response = pageAtOnce(admitted) { return .answer(response) }
            let admitted = admitted
            return .later { [self] _ in await respond(to: admitted, body: [], stream: .empty) }
        default:
            let admitted = admitted
            return .body(limit: JSONBody.limit) { [self] _, body in
                .later { [self] in await respond(to: admitted, body: body, stream: .empty) }
            }
        }
    }

    /// The answer of a reading handler, on this loop and without a task; nil when it must be awaited.
    private func respondAtOnce(to admitted: inout Admitted, body: [UInt8]) -> Response? {
        guard case .route(let number, let declaration) = admitted.endpoint.target, declaration.kind == .reading,
            case .plugin(let position) = admitted.endpoint.owner
        else { return nil }
        // Read before the data, so that what is written meanwhile makes the answer old and never the other way round.
        let commits = admitted.runtime.database.commits
        let wanted = wanted(admitted)
        if let wanted, let reply = kept(wanted, admitted, declaration, commits: commits) {
            return answer(reply, admitted)
        }
        do throws(Refused) {
            let call = try prepared(&admitted, position, number, declaration, body)
            guard case .reading(let work) = call.work else { return nil }
            do {
                let context = callContext(admitted)
                let reply = try admitted.runtime.database.readNow(
                    slot: admitted.slot, as: plugins.owners[position]
                ) { session in
                    try read(admitted, position, declaration, call, work, context, session)
                }
                guard let reply else { return nil }
                if let wanted { keep(reply, wanted, admitted.inbound.request, context, commits: commits) }
                return answer(reply, admitted)
            } catch {
                return refusal(problem(of: error, admitted.inbound, admitted.runtime), admitted)
            }
        } catch {
            return refusal(error.problem, admitted, error.verdict)
        }
    }

    /// The answer of any endpoint.
    func respond(to admitted: Admitted, body: [UInt8], stream: PluginAPI.ByteStream) async -> Response {
        do {
            if !body.isEmpty, !admitted.endpoint.takesForm, !admitted.endpoint.takesReport {
                try JSONBody.checkType(admitted.inbound.request)
            }
            switch admitted.endpoint.target {
            case .route(let number, let declaration):
                guard case .plugin(let position) = admitted.endpoint.owner else { throw Problem.notFound }
                return try await respond(to: admitted, position, number, declaration, body, stream)
            case .signIn(let number, let place, let step):
                guard case .plugin(let position) = admitted.endpoint.owner else { throw Problem.notFound }
                return try await signIn(admitted, SignInPlace(position, number, place), step, body)
            case .page(let number, _):
                guard case .plugin(let position) = admitted.endpoint.owner else { throw Problem.notFound }
                return try await page(admitted, position, number)
            case .host(let route):
                let call = HostCall(
                    inbound: admitted.inbound, runtime: admitted.runtime, session: admitted.session,
                    language: admitted.language, slot: admitted.slot, path: admitted.path, query: admitted.query,
                    body: body, log: log
                ) { [self] value in
                    var admitted = admitted
                    for (_, policy) in route.limits?.fromInput ?? [] { try count(policy, .text(value), &admitted) }
                }
                return finished(try await route.answer(call), admitted)
            }
        } catch let refused as Refused {
            var response = refusal(refused.problem, admitted, refused.verdict)
            response.headers.add(refused.headers)
            return response
        } catch let refused as AuditedRefusal {
            await keep(refused.entry, admitted)
            return refusal(refused.problem, admitted)
        } catch {
            return refusal(problem(of: error, admitted.inbound, admitted.runtime), admitted)
        }
    }

    private func respond(
        to admitted: Admitted, _ position: Int, _ number: Int, _ declaration: RouteDeclaration, _ body: [UInt8],
        _ stream: PluginAPI.ByteStream
    ) async throws -> Response {
        var admitted = admitted
        var receiver: FormReceiver?
        var content: FormContent?
        if declaration.isForm {
            let form = try form(of: admitted, position, number, declaration, stream)
            if declaration.kind != .receiving { content = try await whole(form, admitted) }
            receiver = form
        }
        let call = try prepared(&admitted, position, number, declaration, body, content)
        let context = callContext(admitted)
        switch call.work {
        case .reading(let work):
            let now = admitted
            let reply = try await admitted.runtime.database.read(slot: admitted.slot, as: plugins.owners[position]) {
                try read(now, position, declaration, call, work, context, $0)
            }
            return answer(reply, admitted)
        case .transactional(let work):
            let said = if let receiver { await receiver.finishDigest() } else { body }
            return try await write(admitted, position, declaration, call, work, context, said)
        case .asynchronous(let work):
            return try await run(admitted, declaration, call, context) { try await work(stream, context) }
        case .receivingForm(let work):
            guard let receiver else { throw Problem.fault }
            return try await run(admitted, declaration, call, context) { try await work(receiver, context) }
        }
    }

    /// Runs a handler that waits.
    private func run(
        _ admitted: Admitted, _ declaration: RouteDeclaration, _ call: Prepared, _ context: CallContext,
        _ work: () async throws -> (AnswerShape, [UInt8])
    ) async throws -> Response {
        if let subject = call.subject {
            try await context.store.read { tx in try Self.require(context.reach, try subject(tx)) }
        }
        let (answered, data) = try await work()
        let shape = try Self.kept(declaration.extent, context, answered)
        var writer = JSONWriter()
        let written = admitted.dialect.writeSuccess(encoded: data, shape, admitted.facts, into: &writer)
        return answer(Reply(declaration.status, written, writer.bytes), admitted)
    }
}
