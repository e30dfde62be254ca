import PluginAPI

/// A phone with the code somebody says was sent to it.
struct CodeProof: Sendable {
    let phone: Phone
    /// The keyed hash of the code.
    let tag: [UInt8]
    let origin: Origin

    /// How a session that a code makes was made.
    static let methods: Set<String> = [SignInMethod.sms]

    /// Who signs in.
    struct Candidate: Sendable {
        let person: PersonID
        let isNew: Bool
        let role: String
        let held: [HeldRole]
        var email: Email?
    }

    /// Counts the try and says who signs in; nil when nobody does.
    ///
    /// A wrong try is a result and no error, because an error would undo its counting.
    func candidate(
        for role: String, of plugin: PluginDefinition, _ registrationIsOpen: Bool, _ host: HostWriter
    ) throws(StoreError) -> Candidate? {
        let attempt = try PhoneCodes.attempt(PhoneCodes.signIn, phone, tag: tag, now: origin.now, host)
        switch attempt {
        case .none: return nil
        case .wrong:
            try refuse(host)
            return nil
        case .right:
            let candidate = try accountHolder(for: role, of: plugin, registrationIsOpen, host)
            if candidate == nil { try refuse(host) }
            return candidate
        }
    }

    /// What a code comes to.
    enum Judged: Sendable {
        case refused
        case right(Candidate)
        /// The code was right and is spent; the account's second factor must be shown.
        case secondFactorDue(SecondFactorChallenge)
    }

    /// Counts the try and says what it comes to, for an account with a second factor too.
    func judged(
        for role: String, of plugin: PluginDefinition, _ registrationIsOpen: Bool,
        _ secondFactor: (any SecondFactor)?, _ keys: TenantKeys, _ host: HostWriter
    ) throws -> Judged {
        guard let candidate = try candidate(for: role, of: plugin, registrationIsOpen, host) else { return .refused }
        guard !candidate.isNew, let secondFactor else { return .right(candidate) }
        let login = Self.login(candidate.person, at: plugin.id, as: candidate.role, isRemembered: true, keys)
        guard case .due(let challenge) = try secondFactor.verdict(on: login, code: nil, origin, host) else {
            return .right(candidate)
        }
        guard try PhoneCodes.consume(PhoneCodes.signIn, phone, tag: tag, host) else { return .refused }
        try People.markVerified(.phone, of: candidate.person, now: origin.now, host)
        return .secondFactorDue(challenge)
    }

    /// A sign-in by a texted code that may have to wait for a second factor.
    static func login(
        _ person: PersonID, at plugin: String, as role: String, isRemembered: Bool, _ keys: TenantKeys
    ) -> ProvenLogin {
        ProvenLogin(
            person: person, plugin: plugin, role: role, isRemembered: isRemembered, passwordSetAt: nil,
            counter: keys.tag("failures", "phone \(person.rawValue)"), device: nil, method: SignInMethod.sms)
    }

    private func accountHolder(
        for role: String, of plugin: PluginDefinition, _ registrationIsOpen: Bool, _ host: HostWriter
    ) throws(StoreError) -> Candidate? {
        guard let known = try People.person(withPhone: phone, host) else {
            let given = HeldRole(plugin: plugin.id, role: role)
            guard registrationIsOpen, Roles.role(role, [given], in: plugin, methods: Self.methods) == role else {
                return nil
            }
            return Candidate(person: People.newID(at: origin.now), isNew: true, role: role, held: [given])
        }
        guard try People.state(of: known.id, host) == .active else { return nil }
        let held = try Roles.held(by: known.id, host)
        return Roles.role(role, held, in: plugin, methods: Self.methods).map {
            Candidate(person: known.id, isNew: false, role: $0, held: held, email: known.email)
        }
    }

    /// Spends the code and keeps the session; false when the code was spent or the phone taken meanwhile.
    func keep(
        _ candidate: Candidate, _ bearer: TenantAuth.Bearer, _ refreshToken: String, plugin: String, _ host: HostWriter,
        enrol: () throws -> Void
    ) throws -> Bool {
        guard try PhoneCodes.consume(PhoneCodes.signIn, phone, tag: tag, host) else { return false }
        let holder = try People.person(withPhone: phone, host)?.id
        guard holder == (candidate.isNew ? nil : candidate.person) else { return false }
        var origin = origin
        origin.person = candidate.person
        if candidate.isNew {
            var person = PersonChange()
            person.phone = .set(phone)
            try People.add(person, username: nil, id: candidate.person, origin, host)
            try Roles.grant(bearer.role, of: plugin, to: candidate.person, branch: nil, origin, host)
        }
        try People.markVerified(.phone, of: candidate.person, now: origin.now, host)
        let session = Sessions.New(
            id: bearer.session, person: candidate.person, plugin: plugin, role: bearer.role, methods: Self.methods,
            expiresAt: bearer.sessionEnds)
        try Sessions.add(session, origin, host)
        try RefreshTokens.add(refreshToken, session: bearer.session, origin.now, host)
        if candidate.isNew { try enrol() }
        return true
    }

    /// Keeps a record of a wrong try, the same whether or not somebody has the phone.
    private func refuse(_ host: HostWriter) throws(StoreError) {
        let entry = AuditEntry(
            "sign-in.refused", on: Subject("phone", id: "…" + phone.text.suffix(4)), outcome: .refused)
        try AuditTable.append(entry, origin, host)
    }
}
