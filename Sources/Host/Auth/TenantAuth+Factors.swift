import Crypto
import Database
import Documents
import PluginAPI

extension TenantAuth {
    /// How it stands with somebody's second factor.
    func factorState(of person: PersonID, _ tables: some Queries) throws(StoreError) -> FactorState {
        FactorState(
            isOn: try AuthenticatorTable.proven(person, tables) != nil,
            recoveryCodesLeft: try RecoveryCodes.left(of: person, tables))
    }

    /// Makes a secret for an authenticator; it counts once a first code has proven it.
    ///
    /// - Throws: ``Problem`` 409 when the account has one; ``CryptoError``; ``StoreError``.
    func enrolFactor(of person: PersonID, origin: Origin) async throws -> FactorEnrolment {
        let algorithm = settings.totpAlgorithm
        let secret = try TOTP.newSecret(for: algorithm)
        let name = try await database.write(as: .host) { session -> String in
            let host = HostWriter(session)
            guard try AuthenticatorTable.proven(person, host) == nil else {
                throw Problem.conflict("RESOURCE_CONFLICT", "An authenticator is set up; disable it first.")
            }
            try AuthenticatorTable.begin(AuthenticatorSecret(secret), algorithm, of: person, now: origin.now, host)
            return try Self.name(of: person, host)
        }
        return try shown(try TOTP(secret: secret, algorithm: algorithm), name)
    }

    /// The secret that waits for its first code, as it was shown when it was made; nil when none waits.
    ///
    /// - Throws: ``CryptoError``; ``StoreError``.
    func waitingFactor(of person: PersonID) async throws -> FactorEnrolment? {
        let found = try await database.write(as: .host) { session -> (Authenticator, String)? in
            let host = HostWriter(session)
            guard let app = try AuthenticatorTable.find(person, host), app.provenAt == nil else { return nil }
            return (app, try Self.name(of: person, host))
        }
        return try found.map { try shown(try $0.totp(), $1) }
    }

    private func shown(_ totp: TOTP, _ name: String) throws -> FactorEnrolment {
        let uri = totp.uri(issuer: tenant.name, account: name)
        return FactorEnrolment(
            secret: totp.secretText, uri: uri, picture: try QRCode(uri).svg(title: "\(tenant.name): \(name)"))
    }

    /// What an app calls the account.
    private static func name(of person: PersonID, _ host: HostWriter) throws(StoreError) -> String {
        try People.identifiers(of: person, host).min { $0.kind.rawValue < $1.kind.rawValue }?.text ?? person.rawValue
    }

    /// Proves an authenticator by its first code. The session that proves it counts as made with it, and all others of
    /// the person end.
    ///
    /// - Returns: the recovery codes, shown once.
    /// - Throws: ``Problem``: 401 for a wrong code, 409 when there is nothing to prove; ``StoreError``.
    func proveFactor(of person: PersonID, session: String, code: String, origin: Origin) async throws -> [String] {
        let (tenant, send) = (tenant, send)
        return try await judgedFactor(of: person, origin) { host in
            guard let app = try AuthenticatorTable.find(person, host), app.provenAt == nil else {
                throw Problem.conflict("RESOURCE_CONFLICT", "There is no authenticator to prove.")
            }
            guard try AuthenticatorTable.spend(code, of: app, now: origin.now, host) else { return nil }
            try AuthenticatorTable.prove(person, now: origin.now, host)
            try Sessions.add(methods: FactorShown.authenticator.methods, to: session, host)
            try Sessions.endAll(of: person, except: session, reason: "second factor", origin, host)
            try AuditTable.append(AuditEntry("second-factor.enabled", on: People.subject(person)), origin, host)
            if let email = try People.person(person, host)?.email {
                try send(.secondFactor(isOn: true, email, of: tenant, now: origin.now), origin, host)
            }
            return try RecoveryCodes.renew(of: person, host)
        }
    }

    /// Ends an account's second factor, for a code of it.
    ///
    /// - Throws: ``Problem``: 401 for a wrong code, 409 when there is none, 423 after five wrong ones; ``StoreError``.
    func disableFactor(of person: PersonID, session: String, code: String, origin: Origin) async throws {
        let (tenant, send) = (tenant, send)
        try await judgedFactor(of: person, origin) { host -> Void? in
            guard try Self.shows(code, person, origin, host) else { return nil }
            try AuthenticatorTable.remove(person, host)
            try Sessions.endAll(of: person, except: session, reason: "second factor", origin, host)
            try AuditTable.append(AuditEntry("second-factor.disabled", on: People.subject(person)), origin, host)
            if let email = try People.person(person, host)?.email {
                try send(.secondFactor(isOn: false, email, of: tenant, now: origin.now), origin, host)
            }
            return ()
        }
    }

    /// Ten new recovery codes in the place of the old ones, for a code of the second factor.
    ///
    /// - Throws: as ``disableFactor(of:session:code:origin:)``.
    func renewRecoveryCodes(of person: PersonID, code: String, origin: Origin) async throws -> [String] {
        try await judgedFactor(of: person, origin) { host in
            guard try Self.shows(code, person, origin, host) else { return nil }
            try AuditTable.append(AuditEntry("recovery-codes.renewed", on: People.subject(person)), origin, host)
            return try RecoveryCodes.renew(of: person, host)
        }
    }

    /// Takes an account's second factor off for somebody who has lost it; ends the person's sessions.
    ///
    /// - Returns: false when the account has none.
    func removeFactor(of person: PersonID, _ origin: Origin, _ host: HostWriter) throws -> Bool {
        guard try AuthenticatorTable.find(person, host) != nil else { return false }
        try AuthenticatorTable.remove(person, host)
        try Sessions.endAll(of: person, reason: "second factor", origin, host)
        try AuditTable.append(AuditEntry("second-factor.removed", on: People.subject(person)), origin, host)
        if let email = try People.person(person, host)?.email {
            try send(.secondFactorRemoved(email, of: tenant, now: origin.now), origin, host)
        }
        return true
    }

    /// Completes a sign-in at a plugin that waits for its second factor.
    ///
    /// - Parameters:
    ///   - place: where it is answered; a challenge of another sign-in is unknown there.
    /// - Throws: as ``answered(_:code:origin:isMeant:)``; ``PoolFull``.
    func answerChallenge(
        _ token: String, code: String, at plugin: String, _ place: SignInDeclaration, origin: Origin
    ) async throws -> TokenAnswer {
        let isByPhone = place.method == .phone
        let roles = place.roles
        let (login, methods) = try await answered(token, code: code, origin: origin) { login in
            // A sign-in by phone may have come to another of its plugin's roles that a texted code is enough for.
            login.plugin == plugin && (login.method == SignInMethod.sms) == isByPhone
                && (isByPhone || roles.contains(login.role))
        }
        return try await complete(login, methods: methods, origin: origin)
    }

    /// Judges the code for a sign-in that waits for its second factor.
    ///
    /// - Parameter isMeant: whether a sign-in may be answered here.
    /// - Returns: the sign-in, and how it was proven in all.
    /// - Throws: ``Problem``: 401, the same for challenges that are unknown, spent or too old and for wrong codes; 423
    ///   after five wrong codes in a row, over all challenges. ``StoreError``.
    func answered(
        _ token: String, code: String, origin: Origin, isMeant: @escaping @Sendable (ProvenLogin) -> Bool
    ) async throws -> (login: ProvenLogin, methods: Set<String>) {
        let found = try await database.write(as: .host) { session -> Answered in
            let host = HostWriter(session)
            guard let login = try FactorChallenges.attempt(token, now: origin.now, host), isMeant(login),
                let app = try AuthenticatorTable.proven(login.person, host)
            else { return .refused }
            let didLock: Bool
            switch try Lockout.begin(login.counter, now: origin.now, host) {
            case .locked(let seconds): return .locked(seconds)
            case .open(let locked): didLock = locked
            }
            var origin = origin
            origin.person = login.person
            guard let shown = try FactorShown.of(code, app, now: origin.now, host) else {
                let entry = AuditEntry(
                    didLock ? "sign-in.locked" : "second-factor.refused", on: People.subject(login.person),
                    outcome: .refused)
                try AuditTable.append(entry, origin, host)
                return .refused
            }
            try FactorChallenges.end(token, host)
            return .right(login, shown)
        }
        switch found {
        case .refused: throw Problem.tokenInvalid
        case .locked(let seconds): throw Problem.locked(seconds)
        case .right(let login, let shown): return (login, shown.methods.union([login.method]))
        }
    }

    private enum Answered: Sendable {
        case refused
        case locked(Int)
        case right(ProvenLogin, FactorShown)
    }

    private static func shows(
        _ code: String, _ person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws -> Bool {
        guard let app = try AuthenticatorTable.proven(person, host) else {
            throw Problem.conflict("RESOURCE_CONFLICT", "There is no second factor.")
        }
        return try FactorShown.of(code, app, now: origin.now, host) != nil
    }

    /// Does something that a code must be right for, which the closure says with nil when it is not; wrong ones are
    /// counted, in a count of the account's own.
    private func judgedFactor<T: Sendable>(
        of person: PersonID, _ origin: Origin, _ body: @escaping @Sendable (HostWriter) throws -> T?
    ) async throws -> T {
        let counter = tenantKeys.tag("failures", "second factor \(person.rawValue)")
        let judged = try await database.write(as: .host) { session -> Judged<T> in
            let host = HostWriter(session)
            if case .locked(let seconds) = try Lockout.begin(counter, now: origin.now, host) { return .locked(seconds) }
            guard let result = try body(host) else {
                let entry = AuditEntry("second-factor.refused", on: People.subject(person), outcome: .refused)
                try AuditTable.append(entry, origin, host)
                return .wrong
            }
            try Lockout.clear(counter, host)
            return .right(result)
        }
        switch judged {
        case .right(let result): return result
        case .wrong: throw Problem.tokenInvalid
        case .locked(let seconds): throw Problem.locked(seconds)
        }
    }

    private enum Judged<T: Sendable>: Sendable {
        case right(T), wrong, locked(Int)
    }
}
