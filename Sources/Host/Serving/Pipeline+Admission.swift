import HTTPServer
import PluginAPI

extension Pipeline {
    /// Decides what the head alone can decide: limits by address, who is calling, whether they may, limits by caller.
    ///
    /// - Returns: nil when the tenant's reader must be opened first; then nothing has been counted.
    /// - Throws: ``Refused``.
    func admit(
        _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint, _ values: [Range<Int>]
    ) throws(Refused) -> Admitted? {
        let request = inbound.request
        let session: SessionFacts?
        // Told after the limits are counted: guessing at credentials is no way around those by address.
        var unproven: Problem?
        do throws(Problem) {
            switch try caller(inbound, runtime, endpoint) {
            case .known(let facts):
                session = facts
                runtime.auth.noteUse(facts, at: inbound.now)
            case .nobody: session = nil
            case .needsReader: return nil
            }
        } catch {
            session = nil
            unproven = error
        }
        guard let path = decoded(values, endpoint, request),
            let query = request.query.map({ PercentDecoding.query(request.bytes, $0) }) ?? []
        else { throw Refused(.format("The address is not percent-encoded UTF-8.")) }
        var principal: Principal?
        if case .plugin(let position) = endpoint.owner {
            principal = session?.principal(for: runtime.definitions[position].id)
        }
        let language = language(inbound, runtime)
        var verdict: LimitVerdict?
        try countHead(inbound, runtime, endpoint, session, &verdict)
        if let unproven { throw Refused(unproven, verdict) }
        var onBehalfOf: PersonID?
        do throws(Problem) {
            switch try acting(inbound, runtime, endpoint, session, principal) {
            case .oneself: break
            case .other(let other, as: let substitute): (principal, onBehalfOf) = (substitute, other)
            case .needsReader: return nil
            }
            let reach = try reach(of: endpoint, for: principal)
            if runtime.settings.values.state == .readOnly, request.method != .get, request.method != .head {
                throw .readOnly
            }
            return Admitted(
                head: Admitted.Head(
                    inbound, runtime, endpoint, path: path, query: query, session: session, principal: principal,
                    onBehalfOf: onBehalfOf, language: language, reach: reach),
                verdict: verdict)
        } catch {
            guard error.isDenial else { throw Refused(error, verdict) }
            let denied = Admitted(
                head: Admitted.Head(
                    inbound, runtime, endpoint, path: path, query: query, session: session, principal: principal,
                    onBehalfOf: onBehalfOf, language: language, reach: nil),
                verdict: verdict)
            throw Refused(error, verdict, denied: denied)
        }
    }

    private func decoded(_ values: [Range<Int>], _ endpoint: Endpoint, _ request: Request) -> [(
        name: String, value: String
    )]? {
        guard !values.isEmpty else { return [] }
        var path: [(name: String, value: String)] = []
        for (name, range) in zip(endpoint.parameters, values) {
            guard let value = PercentDecoding.text(request.bytes, range) else { return nil }
            path.append((name, value))
        }
        return path
    }

    /// The language the client wants most of those the tenant speaks; the tenant's own otherwise.
    private func language(_ inbound: Inbound, _ runtime: TenantRuntime) -> Language {
        guard let range = inbound.request.header("accept-language") else { return runtime.tenant.language }
        return AcceptLanguage.best(
            inbound.request.string(range), of: runtime.settings.values.languages, fallback: runtime.tenant.language)
    }

    /// Counts the limits that the head decides.
    private func countHead(
        _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint, _ session: SessionFacts?,
        _ verdict: inout LimitVerdict?
    ) throws(Refused) {
        guard let plan = endpoint.limits else { return }
        let tier = plan.isTiered ? session.flatMap { tierPolicy(of: $0, endpoint, runtime) } : nil
        for policy in plan.fromHead where tier == nil || !policy.isPerPerson {
            let key: LimitKeyValue
            switch (policy.key, session) {
            case (.tenant, _): key = .tenant
            case (.person, let session?), (.apiKey, let session?):
                key = .text(session.apiKey?.id ?? session.person.rawValue)
            case (.person, nil), (.apiKey, nil), (.address, _), (.field, _): key = .address(of: inbound)
            }
            try count(policy, key, inbound, runtime, &verdict)
        }
        // By person whatever the credential: more API keys are no larger plan.
        if let tier, let session { try count(tier, .text(session.person.rawValue), inbound, runtime, &verdict) }
    }

    /// The limit of the caller's plan, where they are in a tier of the endpoint's plugin.
    private func tierPolicy(of session: SessionFacts, _ endpoint: Endpoint, _ runtime: TenantRuntime) -> LimitPolicy? {
        guard case .plugin(let position) = endpoint.owner,
            let plan = session.plan(in: runtime.definitions[position].id)
        else { return nil }
        return runtime.tiers[plan]
    }

    /// Counts one policy of a request that is admitted but for this.
    func count(_ policy: LimitPolicy, _ key: LimitKeyValue, _ admitted: inout Admitted) throws(Refused) {
        try count(policy, key, admitted.inbound, admitted.runtime, &admitted.verdict)
    }

    /// Counts one policy and keeps the verdict that the client is told about.
    private func count(
        _ policy: LimitPolicy, _ key: LimitKeyValue, _ inbound: Inbound, _ runtime: TenantRuntime,
        _ shown: inout LimitVerdict?
    ) throws(Refused) {
        let verdict = limits.check(policy, tenant: runtime.number, key: key, now: inbound.now)
        if let problem = verdict.problem { throw Refused(problem, verdict) }
        shown = verdict.combined(with: shown.take())
    }

    /// Whether the caller may use the endpoint at all, and how far the permission reaches; nil when it needs none.
    private func reach(of endpoint: Endpoint, for principal: Principal?) throws(Problem) -> Reach? {
        switch endpoint.access {
        case .anyone?, nil: return nil
        case .member?:
            guard principal != nil else { throw .signInRequired }
            return nil
        case .permission(let permission)?:
            guard let principal else { throw .signInRequired }
            guard let reach = principal.reach(of: permission) else { throw .forbidden }
            if endpoint.extent == .whole, reach != .tenant { throw .forbidden }
            return reach
        }
    }
}

extension LimitKeyValue {
    /// The key of a client's address.
    static func address(of inbound: Inbound) -> LimitKeyValue { address(inbound.request.remoteAddress) }
}

extension Problem {
    fileprivate static let readOnly = Problem(
        403, "INSUFFICIENT_PERMISSIONS", "This portal can only be read at the moment.")

    /// Whether it says that the caller may not, and not that nobody may now.
    fileprivate var isDenial: Bool { status == 403 && self != .readOnly }
}
