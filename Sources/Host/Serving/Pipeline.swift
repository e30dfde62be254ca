import Database
import HTTPServer
import PluginAPI
import Synchronization

/// Every request of every tenant goes through here: tenant by host, route, admission (sign-in, permission, limits), input,
/// work, answer.
///
/// What can be done at once is done at once, on the connection's loop, without a task; only a tenant that is closed, a
/// reader that is not open yet, or a handler that writes or waits, takes the longer way.
final class Pipeline: Responder {
    let plugins: PluginSet
    let tenants: TenantRegistry
    let limits: LimitTable
    let clock: any TimeSource
    let log: any LogSink
    /// Where the files of forms are kept while their handlers run.
    let uploads: UploadSpool
    let running = RunningKeys()
    let keptAnswers: KeptAnswers
    /// Answers for hosts that are no tenant, e.g. the demo's front page.
    let front: (@Sendable (Inbound) -> Reception?)?
    /// What sends people to TLS, where there is such a listener.
    let redirect: SecureRedirect?
    /// Whether answers over TLS ask browsers to come by TLS only.
    let asksForHSTS: Bool
    /// How many of one person's refusals for want of a permission are kept in the audit log.
    let denials: LimitPolicy?
    private let isReady = Atomic<Bool>(false)

    init(
        plugins: PluginSet, tenants: TenantRegistry, limits: LimitTable, clock: any TimeSource, log: any LogSink,
        uploads: UploadSpool, loops: Int, redirect: SecureRedirect? = nil, asksForHSTS: Bool = true,
        front: (@Sendable (Inbound) -> Reception?)? = nil
    ) {
        self.plugins = plugins
        self.tenants = tenants
        self.limits = limits
        self.clock = clock
        self.log = log
        self.uploads = uploads
        keptAnswers = KeptAnswers(loops: loops)
        self.front = front
        self.redirect = redirect
        self.asksForHSTS = asksForHSTS
        denials = limits.compile(RateLimit(per: .person, [.init(20, each: .seconds(60))]), name: "denials")
    }

    /// Whether `/ready` says so.
    func setReady(_ ready: Bool) { isReady.store(ready, ordering: .releasing) }

    func receive(_ request: Request) -> Reception {
        let inbound = Inbound(request, now: clock.now)
        if let answer = health(inbound) { return .answer(answer) }
        if let redirect, redirect.takes(request) {
            let answer = tenants.slot(of: request).flatMap { _ in redirect.answer(request) }
            return .answer(answer.map { finished($0, inbound) } ?? tenantNotFound(inbound))
        }
        guard let slot = tenants.slot(of: request) else {
            return front?(inbound) ?? .answer(tenantNotFound(inbound))
        }
        slot.touch(inbound.now)
        guard let runtime = slot.runtime else { return waiting(for: slot, inbound) }
        switch route(inbound, runtime) {
        case .answer(let response): return .answer(response)
        case .endpoint(let endpoint, let values):
            do throws(Refused) {
                guard var admitted = try admit(inbound, runtime, endpoint, values) else {
                    return waiting(for: slot, inbound)
                }
                return reception(of: &admitted)
            } catch {
                let response = refusal(error.problem, inbound, runtime, endpoint, error.verdict)
                guard let denied = error.denied else { return .answer(response) }
                return .later { [self] _ in
                    await keepDenial(denied)
                    return response
                }
            }
        }
    }

    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response {
        let problem = HTTPProblem.of(fault)
        guard let request else {
            let facts = RequestFacts(requestID: "", now: clock.now)
            return Response(Dialect.problem.answer(to: problem, facts))
        }
        let inbound = Inbound(request, now: clock.now)
        // Who asks for a host over the connection of another learns nothing of it.
        guard fault != .misdirected, let runtime = tenants.slot(of: request)?.runtime else {
            let facts = RequestFacts(requestID: inbound.id, now: inbound.now)
            return finished(Response(Dialect.problem.answer(to: problem, facts)), inbound)
        }
        var found: Endpoint?
        if case .endpoint(let endpoint, _) = route(inbound, runtime) { found = endpoint }
        return refusal(problem, inbound, runtime, found)
    }

    /// `/health` and `/ready`, on any host, never limited.
    private func health(_ inbound: Inbound) -> Response? {
        let request = inbound.request
        let isHealth = request.isPath("/health")
        guard isHealth || request.isPath("/ready"), request.method == .get || request.method == .head else {
            return nil
        }
        let isUp = isHealth || isReady.load(ordering: .acquiring)
        return logged(HealthAnswer.response(isUp, inbound), inbound)
    }

    private func tenantNotFound(_ inbound: Inbound) -> Response {
        finished(Response(ErrorAnswer.tenantNotFound), inbound)
    }

    /// The longer way: the tenant is opened, or its reader, before the request is looked at.
    private func waiting(for slot: TenantSlot, _ inbound: Inbound) -> Reception {
        if plugins.routes.declaration(of: inbound.request)?.isStreamed == true {
            return .stream(limit: ByteStream.limit) { [self] _, body in
                await served(slot, inbound, body: [], stream: ByteStream(body))
            }
        }
        if inbound.request.method == .get || inbound.request.method == .head {
            return .later { [self] _ in await served(slot, inbound, body: [], stream: .empty) }
        }
        return .body(limit: JSONBody.limit) { [self] _, body in
            .later { [self] in await served(slot, inbound, body: body, stream: .empty) }
        }
    }

    private func served(_ slot: TenantSlot, _ inbound: Inbound, body: [UInt8], stream: ByteStream) async -> Response {
        let runtime: TenantRuntime
        do {
            runtime = try await tenants.open(slot)
        } catch {
            log.write(
                .error, "a tenant could not be opened", tenant: slot.slug, requestID: inbound.id,
                ["error": .text("\(error)")])
            let facts = RequestFacts(requestID: inbound.id, now: inbound.now)
            return finished(Response(Dialect.envelope.answer(to: .unavailable, facts)), inbound)
        }
        switch route(inbound, runtime) {
        case .answer(let response): return response
        case .endpoint(let endpoint, let values):
            do {
                var admitted = try admit(inbound, runtime, endpoint, values)
                for _ in 0..<8 where admitted == nil {
                    try await runtime.database.openReader(slot: inbound.request.loop.index)
                    admitted = try admit(inbound, runtime, endpoint, values)
                }
                guard let admitted else { throw Problem.unavailable }
                return await respond(to: admitted, body: body, stream: stream)
            } catch let refused as Refused {
                if let denied = refused.denied { await keepDenial(denied) }
                return refusal(refused.problem, inbound, runtime, endpoint, refused.verdict)
            } catch {
                return refusal(problem(of: error, inbound, runtime), inbound, runtime, endpoint)
            }
        }
    }
}

/// A request that is not let in, with the limit that the client is told about and fields that belong to the refusal.
struct Refused: Error {
    let problem: Problem
    let verdict: LimitVerdict?
    let headers: HeaderFields
    /// The request, when somebody who is signed in wanted a permission for it.
    let denied: Admitted?

    init(
        _ problem: Problem, _ verdict: LimitVerdict? = nil, headers: HeaderFields = HeaderFields(),
        denied: Admitted? = nil
    ) {
        self.problem = problem
        self.verdict = verdict
        self.headers = headers
        self.denied = denied
    }
}
