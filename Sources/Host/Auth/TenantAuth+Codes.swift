import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// Asks for a code to sign in with. The answer, what is stored and the work are the same whether or not somebody has
    /// this phone; only the message is sent or not.
    ///
    /// - Parameters:
    ///   - registrationIsOpen: whether phones that nobody has get a code too.
    ///   - budget: how many codes the tenant sends.
    /// - Returns: a budget that was found used up for the first time today; for the log, never for the answer.
    /// - Throws: ``StoreError``.
    func requestCode(
        phone: Phone, origin: Origin, registrationIsOpen: Bool, budget: SMSBudget
    ) async throws -> SMSSpending.Scope? {
        let code = Random.digits(PhoneCodes.digits)
        let tag = PhoneCodes.tag(code, PhoneCodes.signIn, phone, tenantKeys)
        let message = Self.message(code, tenant)
        let send = send
        return try await database.write(as: .host) { session -> SMSSpending.Scope? in
            let host = HostWriter(session)
            let start = try PhoneCodes.start(
                PhoneCodes.signIn, phone, tag: tag, registrationIsOpen: registrationIsOpen, budget: budget,
                now: origin.now, host)
            // The due index is lowered in either case: that is a commit of its own, and would show.
            host.note(WorkDue(at: origin.now))
            if case .spent(let scope) = start {
                return try SMSSpending.tell(scope, of: phone, origin, host) ? scope : nil
            }
            if start == .sent {
                let letter = Letter(
                    type: "sign-in-code", channel: .sms, address: phone.text, body: message,
                    expiresAt: origin.now + PhoneCodes.lifetime)
                try send(letter, origin, host)
            }
            return nil
        }
    }

    /// Signs somebody in by the code that was sent to their phone.
    ///
    /// - Parameters:
    ///   - plugin, role: what the sign-in is for. A person without that role gets another one of the plugin that a
    ///     texted code is enough for.
    ///   - registrationIsOpen: whether a phone that nobody has makes an account, with this role.
    ///   - enrol: makes the plugin's record of a new account, in the same transaction.
    /// - Returns: tokens; or for an account with a second factor a challenge, for which the code is spent.
    /// - Throws: ``Problem`` 401, the same whatever is wrong; what `enrol` throws; ``PoolFull``; ``StoreError``.
    func verifyCode(
        phone: Phone, code: String, plugin: String, role: String, origin: Origin, registrationIsOpen: Bool,
        enrol: @escaping @Sendable (PersonID, WriteSession) throws -> Void
    ) async throws -> SignInOutcome {
        guard let definition = definition(of: plugin) else { throw Problem.tokenInvalid }
        let proof = CodeProof(
            phone: phone, tag: PhoneCodes.tag(code, PhoneCodes.signIn, phone, tenantKeys), origin: origin)
        let (keys, secondFactor) = (tenantKeys, secondFactor)
        let found = try await database.write(as: .host) { session in
            try proof.judged(for: role, of: definition, registrationIsOpen, secondFactor, keys, HostWriter(session))
        }
        let candidate: CodeProof.Candidate
        switch found {
        case .refused: throw Problem.tokenInvalid
        case .secondFactorDue(let challenge): return .secondFactorDue(challenge)
        case .right(let one): candidate = one
        }
        let lifetimes = Lifetimes(definition.dialect, settings)
        let branch = Roles.branch(of: candidate.role, candidate.held, in: definition)
        let bearer = Bearer(
            session: Sessions.newID(at: origin.now), person: candidate.person, role: candidate.role,
            permissions: Self.permissions(
                candidate.held, of: candidate.person, in: definition, methods: CodeProof.methods,
                demand: settings.secondFactorFor),
            lifetimes: lifetimes, sessionEnds: origin.now + .seconds(lifetimes.session),
            branch: branch,
            claims: Self.claims(
                definition.dialect, person: candidate.person, email: candidate.email, branch: branch))
        let answer = try await tokens(for: bearer, now: origin.now)
        let isKept = try await database.write(as: .host) { session in
            try proof.keep(candidate, bearer, answer.refreshToken, plugin: plugin, HostWriter(session)) {
                try enrol(candidate.person, session)
            }
        }
        guard isKept else { throw Problem.tokenInvalid }
        return .tokens(answer)
    }

    /// The words of the message; the last line binds the code to the portal's host (WICG origin-bound one-time codes).
    static func message(_ code: String, _ tenant: Tenant) -> String {
        let authority = tenant.origin.split(separator: "/").last.map(String.init) ?? tenant.origin
        let host = authority.prefix { $0 != ":" }
        return "\(tenant.name): \(code) is your code. It is valid for 5 minutes.\n\n@\(host) #\(code)"
    }
}
