import HTTPServer
import PluginAPI
import Workers

extension Pipeline {
    /// A success, with its entity tag; 304 when the client has it already, 412 or 416 when it asks for what is not there.
    func answer(_ reply: Reply, _ admitted: Admitted) -> Response {
        let isGet = admitted.inbound.request.method == .get || admitted.inbound.request.method == .head
        var headers = reply.headers(admitted)
        reply.addCaching(to: &headers, isGet: isGet)
        do throws(Refused) {
            return finished(try response(reply, headers, isGet: isGet, admitted.inbound), admitted)
        } catch {
            var refused = refusal(error.problem, admitted)
            refused.headers.add(error.headers)
            return refused
        }
    }

    private func response(
        _ reply: Reply, _ headers: consuming HeaderFields, isGet: Bool, _ inbound: Inbound
    ) throws(Refused) -> Response {
        let isRepresentation = isGet && reply.status == 200
        switch reply.shape {
        case .empty, .seeOther: return Response(status: reply.status, headers: headers)
        case .content(let content):
            if isRepresentation, case .seekable(let bytes) = content.body {
                return try Representation(bytes, headers: headers).answer(to: inbound)
            }
            var response = Response(status: reply.status, headers: headers)
            response.body = HTTPServer.Response.Body(content)
            return isRepresentation ? try response.conditional(on: inbound, hasRanges: true) : response
        case .value, .accepted, .page:
            guard isRepresentation else {
                return Response(status: reply.status, headers: headers, body: .bytes(reply.body))
            }
            return try Representation(
                .bytes(reply.body), headers: headers, Validators(tag: reply.tag), hasRanges: false
            ).answer(to: inbound)
        }
    }

    /// A refusal in the dialect of the endpoint, or the tenant's own where no endpoint is known.
    func refusal(
        _ problem: Problem, _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint?,
        _ verdict: LimitVerdict? = nil
    ) -> Response {
        var dialect = runtime.settings.values.defaultDialect
        if let position = endpoint?.speaker { dialect = runtime.definitions[position].dialect }
        let facts = RequestFacts(
            requestID: inbound.id, correlationID: inbound.correlationID, now: inbound.now, origin: runtime.tenant.origin
        )
        let accept = Accept(inbound.header("accept"))
        if let page = endpoint?.page(for: accept) {
            if problem.status == 401, page == .show {
                return finished(signIn(inbound), inbound, runtime, endpoint, verdict)
            }
            return finished(
                ProblemPage.answer(to: problem, requestID: inbound.id, runtime.tenant), inbound, runtime, endpoint,
                verdict)
        }
        return finished(
            Response(dialect.answer(to: problem, facts, asProblemDetails: accept.prefersProblem)), inbound, runtime,
            endpoint, verdict)
    }

    /// Sends somebody who asks for a page to the sign-in, and from there back.
    private func signIn(_ inbound: Inbound) -> Response {
        let query = inbound.request.query.map { "?" + inbound.request.string($0) } ?? ""
        let next = LocalPath(inbound.path + query).map { "?next=" + $0.encoded } ?? ""
        var response = Response(status: 303)
        response.headers.add("location", AccountPages.signInPath + next)
        response.headers.add("cache-control: no-store")
        return response
    }

    func refusal(_ problem: Problem, _ admitted: Admitted, _ verdict: LimitVerdict? = nil) -> Response {
        refusal(problem, admitted.inbound, admitted.runtime, admitted.endpoint, verdict ?? admitted.verdict)
    }

    /// Adds the fields that every answer has, and tells the log.
    func finished(
        _ response: consuming Response, _ inbound: Inbound, _ runtime: TenantRuntime? = nil,
        _ endpoint: Endpoint? = nil, _ verdict: LimitVerdict? = nil
    ) -> Response {
        response.headers.add(.requestID, inbound.id)
        response.headers.add("x-content-type-options: nosniff")
        if let runtime { dress(&response, inbound.request, runtime, at: inbound.now) }
        if let verdict { response.headers.add(verdict) }
        if endpoint?.hasTwoForms == true { response.headers.add("vary: Accept") }
        if let deprecation = endpoint?.deprecation { response.headers.add(deprecation) }
        return logged(response, inbound, runtime, endpoint)
    }

    /// Adds what every answer of a tenant has, and counts it.
    private func dress(_ response: inout Response, _ request: Request, _ runtime: TenantRuntime, at now: Instant) {
        runtime.requests.count(status: response.status, loop: request.loop.index, at: now)
        runtime.crossOrigin.add(to: &response.headers, for: runtime.crossOrigin.origin(of: request))
        // RFC 6797 §7.2: never over plain HTTP. The names below a tenant's may belong to others.
        if asksForHSTS, request.isSecure, runtime.hstsSeconds > 0 {
            response.headers.add("strict-transport-security", "max-age=\(runtime.hstsSeconds)")
        }
    }

    /// Tells the log of an answer.
    func logged(
        _ response: consuming Response, _ inbound: Inbound, _ runtime: TenantRuntime? = nil,
        _ endpoint: Endpoint? = nil
    ) -> Response {
        if log.accepts(.info) {
            log.access(
                AccessEntry(
                    inbound, status: response.status, bytes: response.body.knownLength, endpoint: endpoint,
                    tenant: runtime?.tenant.slug, now: clock.now), loop: inbound.request.loop.index)
        }
        return response
    }

    func finished(_ response: consuming Response, _ admitted: Admitted) -> Response {
        finished(response, admitted.inbound, admitted.runtime, admitted.endpoint, admitted.verdict)
    }

    /// What the client sees of an error. What is no refusal is a fault: the log has it, under the request's id.
    func problem(of error: any Error, _ inbound: Inbound, _ runtime: TenantRuntime) -> Problem {
        if let known = Problem(known: error) { return known }
        log.write(
            .error, "a request failed", tenant: runtime.tenant.slug, requestID: inbound.id,
            ["error": .text(String(describing: error))])
        return .fault
    }
}

extension Response {
    init(_ error: ErrorAnswer) {
        self.init(status: error.status, body: .bytes(error.body))
        headers.add("content-type", error.contentType)
        headers.add("cache-control: no-store")
        if let seconds = error.retryAfter { headers.add("retry-after", seconds) }
        // RFC 9110 §15.5.2 asks for it.
        if error.status == 401 { headers.add("www-authenticate: Bearer") }
        // RFC 9110 §15.5.22 and RFC 6455 §4.4.
        if error.status == 426 { headers.add(WebSocketHandshakeFault.version.headers) }
    }
}

extension Problem {
    /// What an error means to the client; nil when it is a fault of ours.
    init?(known error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refused as Refused: self = refused.problem
        case let refused as AuditedRefusal: self = refused.problem
        case let refusal as any Refusal: self = refusal.problem
        case let invalid as Invalid: self = .invalid(invalid.mistakes)
        case let error as StoreError:
            switch error.kind {
            case .overloaded, .busy, .interrupted, .full, .closed: self = .unavailable
            case .refused(let code): self = .conflict(code, "This is not possible as things stand now.")
            default: return nil
            }
        case let full as PoolFull:
            self = .unavailable
            // Everybody who is refused at one moment would come again at one moment.
            retryAfter = full.retryAfterSeconds + Int.random(in: 0...2 * full.retryAfterSeconds)
        case let failure as PeerFailure: self = failure.problem
        case is CancellationError: self = .unavailable
        case let fault as MultipartFault: self = FormProblem.of(fault)
        case BodyError.refused(let fault): self = HTTPProblem.of(fault)
        // Nobody is there to be told.
        case BodyError.disconnected, BodyError.cancelled: self = .unavailable
        default: return nil
        }
    }
}
