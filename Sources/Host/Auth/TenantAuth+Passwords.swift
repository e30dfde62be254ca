import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// Signs somebody in by a password.
    ///
    /// Unknown names, wrong passwords, closed accounts and people without one of the roles are answered alike, after the
    /// same work.
    ///
    /// - Parameter roles: what the sign-in is for, the one that counts first in front; no other role will do.
    /// - Throws: ``Problem``: 401 as said, 423 while the name is locked. ``PoolFull``, and then the try does not count;
    ///   ``StoreError``.
    func signIn(
        _ proof: PasswordProof, at plugin: String, roles: [String], origin: Origin
    ) async throws -> SignInOutcome {
        guard let definition = definition(of: plugin) else { throw Problem.tokenInvalid }
        let judged = try await judged(
            proof, at: plugin, origin: origin,
            role: { Roles.role(among: roles, $0, in: definition, methods: [SignInMethod.password]) },
            complete: { try await self.complete($0, methods: $1, origin: origin) })
        switch judged {
        case .done(let tokens): return .tokens(tokens)
        case .secondFactorDue(let challenge): return .secondFactorDue(challenge)
        }
    }

    /// What a password comes to.
    enum JudgedPassword<T: Sendable>: Sendable {
        case done(T)
        case secondFactorDue(SecondFactorChallenge)
    }

    /// Judges a password, and completes the sign-in when it is right and no second factor stands before it.
    ///
    /// - Parameters:
    ///   - role: what the sign-in is for, of the roles somebody has; nil refuses like a wrong password.
    ///   - complete: makes the session; it is given how the sign-in was proven.
    /// - Throws: as ``signIn(_:at:roles:origin:)``.
    func judged<T: Sendable>(
        _ proof: PasswordProof, at plugin: String, origin: Origin, role: ([HeldRole]) -> String?,
        complete: (ProvenLogin, Set<String>) async throws -> T
    ) async throws -> JudgedPassword<T> {
        let keys = tenantKeys
        // Whoever finds no place leaves no trace and has cost no write.
        try passwords.enter(for: lane)
        defer { passwords.leave(for: lane) }
        let beginning = try await database.write(as: .host) { session in
            try proof.begin(keys, now: origin.now, HostWriter(session))
        }
        guard case .open(let attempt) = beginning else {
            guard case .locked(let seconds) = beginning else { throw Problem.tokenInvalid }
            throw Problem.locked(seconds)
        }
        do {
            let isRight = try await verifies(proof.password, against: attempt.account?.hash)
            guard isRight, let account = attempt.account, account.state == .active, let setAt = account.passwordSetAt,
                let role = role(attempt.held)
            else {
                try await refuse(proof, attempt, origin)
                throw Problem.tokenInvalid
            }
            let login = ProvenLogin(
                person: account.person, plugin: plugin, role: role, isRemembered: proof.isRemembered,
                passwordSetAt: setAt, counter: attempt.counter, device: attempt.device)
            await rehash(proof.password, account)
            return try await goOn(proof, attempt, login, origin, complete)
        } catch let problem as Problem {
            throw problem
        } catch {
            // Nobody has judged the try: a pool was full.
            try await database.write(as: .host) { session in
                try Lockout.takeBack(attempt.counter, didLock: attempt.didLock, HostWriter(session))
            }
            throw error
        }
    }

    /// Asks the second factor, if there is one, and completes the sign-in when it agrees.
    private func goOn<T: Sendable>(
        _ proof: PasswordProof, _ attempt: PasswordProof.Try, _ login: ProvenLogin, _ origin: Origin,
        _ complete: (ProvenLogin, Set<String>) async throws -> T
    ) async throws -> JudgedPassword<T> {
        var methods: Set<String> = [SignInMethod.password]
        if let secondFactor {
            let verdict = try await database.write(as: .host) { session in
                let host = HostWriter(session)
                let verdict = try secondFactor.verdict(on: login, code: proof.factorCode, origin, host)
                switch verdict {
                case .wrong: try proof.refuse(didLock: attempt.didLock, origin, host)
                case .due: try Lockout.takeBack(attempt.counter, didLock: attempt.didLock, host)
                case .notNeeded, .proven: break
                }
                return verdict
            }
            switch verdict {
            case .notNeeded: break
            case .proven(let ways): methods.formUnion(ways)
            case .due(let challenge): return .secondFactorDue(challenge)
            case .wrong: throw Problem.tokenInvalid
            }
        }
        return .done(try await complete(login, methods))
    }

    /// Makes the session of somebody who has proven enough, and ends the row of failures.
    ///
    /// - Parameter methods: how the session is made (RFC 8176).
    /// - Throws: ``Problem`` 401 when the account, its password or its role has changed meanwhile; ``PoolFull``;
    ///   ``StoreError``.
    func complete(_ login: ProvenLogin, methods: Set<String>, origin: Origin) async throws -> TokenAnswer {
        guard let definition = definition(of: login.plugin) else { throw Problem.tokenInvalid }
        let found = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            return (
                held: try Roles.held(by: login.person, host), email: try People.person(login.person, host)?.email
            )
        }
        let lifetimes = Lifetimes(definition.dialect, settings)
        let branch = Roles.branch(of: login.role, found.held, in: definition)
        let bearer = Bearer(
            session: Sessions.newID(at: origin.now), person: login.person, role: login.role,
            permissions: Self.permissions(
                found.held, of: login.person, in: definition, methods: methods, demand: settings.secondFactorFor),
            lifetimes: lifetimes,
            sessionEnds: origin.now
                + .seconds(login.isRemembered ? lifetimes.session : min(lifetimes.session, 86_400)),
            branch: branch,
            claims: Self.claims(definition.dialect, person: login.person, email: found.email, branch: branch))
        let answer = try await tokens(for: bearer, now: origin.now)
        var origin = origin
        origin.person = login.person
        let isKept = try await database.write(as: .host) { [origin] session in
            let host = HostWriter(session)
            guard try People.state(of: login.person, host) == .active,
                try login.passwordSetAt.map({ try PasswordTable.setAt(of: login.person, host) == $0 }) ?? true,
                Roles.role(
                    among: [login.role], try Roles.held(by: login.person, host), in: definition, methods: methods)
                    != nil
            else { return false }
            try Lockout.clear(login.counter, host)
            if let device = login.device {
                try KnownDevices.note(device, of: login.person, now: origin.now, host)
            }
            let kept = Sessions.New(
                id: bearer.session, person: login.person, plugin: login.plugin, role: login.role, methods: methods,
                expiresAt: bearer.sessionEnds)
            try Sessions.add(kept, origin, host)
            try RefreshTokens.add(answer.refreshToken, session: bearer.session, origin.now, host)
            return true
        }
        guard isKept else { throw Problem.tokenInvalid }
        return answer
    }

    /// Whether a password is the one of a hash; the same work for no hash, and for passwords that no hash can have.
    func verifies(_ password: String, against hash: PasswordHash?) async throws -> Bool {
        let bytes = Array(password.utf8)
        let isPossible = bytes.count <= Bcrypt.longestPassword && !bytes.contains(0)
        return try await passwords.verify(
            SecretBytes(isPossible ? bytes : [0x78]), against: isPossible ? hash?.text : nil, for: lane)
    }

    /// Stores a hash of today's cost in the place of one of another; not today when there is no room for the work.
    private func rehash(_ password: String, _ account: AccountName.Account) async {
        guard let old = account.hash, passwords.needsRehash(old.text) else { return }
        guard let made = try? await passwords.hash(SecretBytes(Array(password.utf8)), for: lane) else { return }
        // What could not be stored is stored at the next sign-in.
        try? await database.write(as: .host) { session in
            let host = HostWriter(session)
            if try PasswordTable.hash(of: account.person, host) == old {
                try PasswordTable.renew(PasswordHash(made), of: account.person, host)
            }
        }
    }

    private func refuse(_ proof: PasswordProof, _ attempt: PasswordProof.Try, _ origin: Origin) async throws {
        try await database.write(as: .host) { session in
            try proof.refuse(didLock: attempt.didLock, origin, HostWriter(session))
        }
    }
}
