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
        var admitted = Admitted(
            inbound: inbound, runtime: runtime, endpoint: endpoint, path: path, query: query, session: session,
            principal: principal, language: language(inbound, runtime))
        try countHead(&admitted)
        if let unproven { throw Refused(unproven, admitted.verdict) }
        do throws(Problem) {
            guard try actFor(&admitted) else { return nil }
            admitted.reach = try reach(of: admitted)
            if runtime.settings.values.state == .readOnly, request.method != .get, request.method != .head {
                throw .readOnly
            }
            return admitted
        } catch {
            throw Refused(error, admitted.verdict, denied: error.isDenial ? admitted : nil)
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
    private func countHead(_ admitted: inout Admitted) throws(Refused) {
        guard let plan = plan(of: admitted.endpoint) else { return }
        let tier = plan.isTiered ? tier(of: admitted) : nil
        for policy in plan.fromHead where tier == nil || !policy.isPerPerson {
            let key: LimitKeyValue =
                switch policy.key {
                case .tenant: .tenant
                case .person, .apiKey:
                    admitted.session.map { .text($0.apiKey?.id ?? $0.person.rawValue) }
                        ?? .address(of: admitted.inbound)
                case .address, .field: .address(of: admitted.inbound)
                }
            try count(policy, key, &admitted)
        }
        // By person whatever the credential: more API keys are no larger plan.
        if let (policy, person) = tier { try count(policy, .text(person.rawValue), &admitted) }
    }

    /// The limit of the caller's plan, where they are in a tier of the endpoint's plugin.
    private func tier(of admitted: Admitted) -> (policy: LimitPolicy, person: PersonID)? {
        guard case .plugin(let position) = admitted.endpoint.owner, let session = admitted.session,
            let plan = session.plan(in: admitted.runtime.definitions[position].id),
            let policy = admitted.runtime.tiers[plan]
        else { return nil }
        return (policy, session.person)
    }

    /// Counts one policy and keeps the verdict that the client is told about.
    func count(_ policy: LimitPolicy, _ key: LimitKeyValue, _ admitted: inout Admitted) throws(Refused) {
        let verdict = limits.check(policy, tenant: admitted.runtime.number, key: key, now: admitted.inbound.now)
        admitted.verdict = verdict.combined(with: admitted.verdict)
        if let problem = verdict.problem { throw Refused(problem, verdict) }
    }

    /// The limits of an endpoint.
    func plan(of endpoint: Endpoint) -> LimitPlan? {
        guard case .plugin(let position) = endpoint.owner else { return endpoint.hostLimits }
        switch endpoint.target {
        case .route(let number, _): return plugins.limits[position][number]
        case .signIn(let number, let place, _): return plugins.signInLimits[position][number][place]
        case .page(let number, _): return plugins.pageLimits[position][number]
        case .host: return nil
        }
    }

    /// Whether the caller may use the endpoint at all, and how far the permission reaches; nil when it needs none.
    private func reach(of admitted: Admitted) throws(Problem) -> Reach? {
        switch admitted.endpoint.access {
        case .anyone?, nil: return nil
        case .member?:
            guard admitted.principal != nil else { throw .signInRequired }
            return nil
        case .permission(let permission)?:
            guard let principal = admitted.principal else { throw .signInRequired }
            guard let reach = principal.reach(of: permission) else { throw .forbidden }
            if admitted.endpoint.extent == .whole, reach != .tenant { throw .forbidden }
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
