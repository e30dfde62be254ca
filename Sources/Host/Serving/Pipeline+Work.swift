import Crypto
import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// Decodes a route's input and counts the limits that depend on it.
    func prepared(
        _ admitted: inout Admitted, _ position: Int, _ number: Int, _ declaration: RouteDeclaration, _ body: [UInt8],
        _ form: FormContent? = nil
    ) throws(Refused) -> Prepared {
        do throws(Problem) {
            guard
                Accept(admitted.inbound.header("accept")).admitsJSON || declaration.answersContent
                    || declaration.answersSeeOther
            else {
                throw .notAcceptable
            }
        } catch {
            throw Refused(error, admitted.verdict)
        }
        let call: Prepared
        do {
            let document = declaration.isStreamed ? nil : try JSONBody.read(body)
            let request = admitted.inbound.request
            var input = RequestInput(path: admitted.path, query: admitted.query, body: document?.root, form: form)
            if declaration.readsHeaders {
                input.header = { name in HeaderName(name).flatMap { request.header($0) }.map { request.string($0) } }
            }
            guard let plugin = admitted.runtime.plugins[position] else { throw Problem.notFound }
            call = try plugin.prepare(route: number, input)
        } catch {
            throw Refused(problem(of: error, admitted.inbound, admitted.runtime), admitted.verdict)
        }
        for (index, policy) in admitted.endpoint.limits?.fromInput ?? [] {
            if index < call.limitValues.count, let value = call.limitValues[index] {
                try count(policy, .text(value), &admitted)
            }
        }
        return call
    }

    func callContext(_ admitted: Admitted) -> CallContext {
        CallContext(
            id: admitted.inbound.id, correlationID: admitted.inbound.correlationID, tenant: admitted.runtime.tenant,
            principal: admitted.principal, onBehalfOf: admitted.onBehalfOf, reach: admitted.reach,
            now: admitted.inbound.now, language: admitted.language, client: admitted.inbound.request,
            store: admitted.head, files: admitted.head)
    }

    /// Runs a reading handler in an open session.
    func read(
        _ admitted: Admitted, _ position: Int, _ declaration: RouteDeclaration, _ call: Prepared,
        _ work: (borrowing ReadTransaction, CallContext, inout JSONWriter) throws -> AnswerShape,
        _ context: CallContext, _ session: ReadSession
    ) throws -> Reply {
        let backend = PluginReadBackend(session, owner: plugins.owners[position])
        let tx = ReadTransaction(source: backend, now: context.now, for: context)
        if let subject = call.subject { try Self.require(context.reach, try subject(tx)) }
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(1024)
        let written = try admitted.dialect.writeSuccess(
            isPage: declaration.answersPage, admitted.facts, into: &writer
        ) { writer in try Self.kept(declaration.extent, context, try work(tx, context, &writer)) }
        return Reply(declaration.status, written, writer.bytes)
    }

    /// Runs a transactional handler on the tenant's writer: row, answer and idempotency key commit as one.
    func write(
        _ admitted: Admitted, _ position: Int, _ declaration: RouteDeclaration, _ call: Prepared,
        _ work: @escaping @Sendable (borrowing Transaction, CallContext, inout JSONWriter) throws -> AnswerShape,
        _ context: CallContext, _ body: [UInt8]
    ) async throws -> Response {
        let key = try idempotencyKey(admitted, declaration)
        if let key {
            guard running.begin(key) else {
                throw Problem(
                    409, "RESOURCE_CONFLICT", "A request with this Idempotency-Key is still running.", retryAfter: 1)
            }
        }
        defer { if let key { running.end(key) } }
        let bodyHash = key == nil ? [] : SHA256.hash(body).bytes
        let definition = admitted.runtime.definitions[position]
        let owner = plugins.owners[position]
        let origin = admitted.head.origin(plugin: definition.id)
        let stored = try await admitted.runtime.database.write(as: owner) { session in
            let host = HostWriter(session)
            if let key, let earlier = try IdempotencyTable.find(key, now: origin.now, host) {
                guard earlier.bodyHash == bodyHash else {
                    throw Problem(422, "VALIDATION_ERROR", "This Idempotency-Key was used with another body.")
                }
                return earlier
            }
            let backend = PluginWriteBackend(
                session, owner: owner, plugin: definition, among: admitted.runtime.definitions, origin: origin)
            let tx = Transaction(backend: backend, now: origin.now)
            if let subject = call.subject {
                try tx.reading { try Self.require(context.reach, try subject($0)) }
            }
            var writer = JSONWriter()
            let written = try admitted.dialect.writeSuccess(
                isPage: declaration.answersPage, admitted.facts, into: &writer
            ) { writer in try Self.kept(declaration.extent, context, try work(tx, context, &writer)) }
            let reply = Reply(declaration.status, written, writer.bytes)
            let answer = StoredAnswer(
                bodyHash: bodyHash, status: reply.status, headers: reply.headers(admitted).bytes,
                body: try reply.storable())
            if let key { try IdempotencyTable.store(answer, key, now: origin.now, host) }
            return answer
        }
        var headers = HeaderFields()
        headers.add(encoded: stored.headers)
        headers.add("cache-control: no-store")
        return finished(
            Response(
                status: stored.status, headers: headers,
                body: stored.status == 204 || stored.status == 303 ? .none : .bytes(stored.body)),
            admitted)
    }

    private func idempotencyKey(_ admitted: Admitted, _ declaration: RouteDeclaration) throws(Problem)
        -> IdempotencyKey?
    {
        guard declaration.method == .post, let text = try IdempotencyKey.text(of: admitted.inbound) else { return nil }
        var caller = admitted.principal?.person.rawValue ?? "address " + admitted.inbound.address
        if let other = admitted.onBehalfOf { caller += " for " + other.rawValue }
        return IdempotencyKey(
            caller: admitted.runtime.tenant.slug + " " + caller, route: "POST " + admitted.inbound.path, text: text)
    }

    /// An answer whose handler kept to the reach of its permission.
    ///
    /// - Throws: ``ReachForgotten``, which nobody outside sees more of than of any fault.
    static func kept(_ extent: Extent?, _ context: CallContext, _ shape: AnswerShape) throws(ReachForgotten)
        -> AnswerShape
    {
        guard context.keeps(to: extent) else { throw ReachForgotten() }
        return shape
    }

    /// Whether the object in question exists and lies within reach; both failures look the same.
    static func require(_ reach: Reach?, _ subject: Subject?) throws(Problem) {
        guard let subject, let reach, reach.covers(subject) else { throw .notFound }
    }
}

/// A handler answered without having asked how far its caller's permission reaches.
struct ReachForgotten: Error {}

extension RouteDeclaration {
    /// Whether the body is read piece by piece.
    var isStreamed: Bool { kind == .receiving || isForm }
    var answersPage: Bool { if case .page = answer { true } else { false } }
    var answersContent: Bool { if case .content = answer { true } else { false } }
    /// Whether people send it a form of a page and go on to another.
    var answersSeeOther: Bool { if case .seeOther = answer { true } else { false } }
}
