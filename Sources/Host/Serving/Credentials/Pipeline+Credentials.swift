import HTTPServer
import PluginAPI

extension Pipeline {
    /// Who is calling.
    enum Caller {
        case known(SessionFacts)
        case nobody
        case needsReader
    }

    /// Who is calling, by the first credential there is: an access token, an API key, a session's cookie.
    ///
    /// - Throws: ``Problem`` 401 for a credential that is not good where one is needed, 403 for a cookie that another
    ///   site's page may have sent. What anyone may do, they may with a bad credential too: whoever signs in again sends
    ///   the old one along.
    func caller(_ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint) throws(Problem) -> Caller {
        let request = inbound.request
        if request.header(.authorization) != nil || request.header(.apiKey) != nil {
            return try settled(
                explicit(inbound, runtime), inbound, runtime, endpoint, isExplicit: true)
        }
        guard let cookie = inbound.cookie(.session, of: runtime.tenant.slug) else { return .nobody }
        let origins = runtime.crossOrigin.trusted
        let changes = !request.method.isSafe || request.header(.upgrade) != nil
        if !changes, Provenance.isForeignScript(request, origins: origins) { return .nobody }
        let caller = try settled(
            Result {
                try runtime.auth.authenticate(
                    cookie: request.bytes[cookie], slot: request.loop.index, now: inbound.now)
            }, inbound, runtime, endpoint)
        guard case .known(let facts) = caller, changes,
            !isMeant(inbound, runtime, facts, Provenance(request, origins: origins), endpoint)
        else { return caller }
        if endpoint.isForAnyone { return .nobody }
        throw .forgedRequest
    }

    /// Whether a request that changes something was meant by the person whose cookie came along.
    private func isMeant(
        _ inbound: Inbound, _ runtime: TenantRuntime, _ facts: SessionFacts, _ provenance: Provenance,
        _ endpoint: Endpoint
    ) -> Bool {
        switch provenance {
        case .foreign: return false
        case .own: return true
        case .listed, .untold:
            // A form of the host carries its token in the body, where the form's own answer looks.
            if endpoint.takesForm { return provenance == .untold }
            guard let session = facts.session, let token = inbound.header(.csrfToken) else { return false }
            return FormToken.isGood(token, for: .session(session), runtime.auth.tenantKeys)
        }
    }

    /// What a token or an API key in the head proves; the token where both are.
    private func explicit(_ inbound: Inbound, _ runtime: TenantRuntime) -> Result<Authentication, any Error> {
        let request = inbound.request
        if let range = request.header(.authorization) {
            guard let token = BearerToken.range(in: request.bytes, range) else {
                return .success(.refused(.tokenInvalid))
            }
            return Result {
                try runtime.auth.authenticate(
                    request.bytes, token: token, slot: request.loop.index, now: inbound.now)
            }
        }
        guard let range = request.header(.apiKey), !request.hasRepeated(.apiKey) else {
            return .success(.refused(.tokenInvalid))
        }
        return Result {
            try runtime.auth.authenticate(
                apiKey: request.bytes[range], address: request.remoteAddress, slot: request.loop.index,
                now: inbound.now)
        }
    }

    private func settled(
        _ result: Result<Authentication, any Error>, _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint,
        isExplicit: Bool = false
    ) throws(Problem) -> Caller {
        switch result {
        case .failure(let error): throw problem(of: error, inbound, runtime)
        case .success(.known(let facts)): return .known(facts)
        case .success(.needsReader): return .needsReader
        case .success(.refused(let problem)):
            if endpoint.isForAnyone, !(isExplicit && endpoint.refusesBadCredentials) { return .nobody }
            throw problem
        }
    }
}

extension Problem {
    /// 403 for a cookie without a sign that the portal's own page sent it.
    static let forgedRequest = Problem(
        403, "INSUFFICIENT_PERMISSIONS",
        "The request did not come from a page of this portal. Send its X-CSRF-Token, or a bearer token instead of the cookie."
    )
}

extension HTTPServer.Method {
    /// Whether it only reads (RFC 9110 §9.2.1).
    fileprivate var isSafe: Bool { self == .get || self == .head || self == .options }
}

extension HeaderName {
    static let apiKey: HeaderName = "x-api-key"
    static let csrfToken: HeaderName = "x-csrf-token"
}
