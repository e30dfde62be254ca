import Crypto
import Database
import PluginAPI

/// Signing in to the portal's own pages, whatever roles of whatever plugins an account has.
extension TenantAuth {
    /// What a sign-in to the pages comes to.
    typealias PageSignIn = JudgedPassword<PageSession>

    /// Signs somebody in to the pages by a password. Unknown names, wrong passwords, closed accounts and people for none of
    /// whose roles a password is enough are answered alike, after the same work.
    ///
    /// - Parameter earlier: the value of the session cookie that the browser sent.
    /// - Throws: as ``signIn(_:at:roles:origin:)``.
    func signInToPages(
        _ proof: PasswordProof, replacing earlier: String?, origin: Origin
    ) async throws -> PageSignIn {
        let definitions = definitions
        return try await judged(
            proof, at: Owner.host.id, origin: origin,
            role: { held in Self.hasRole(held, for: [SignInMethod.password], definitions) ? "" : nil },
            complete: { try await self.startPageSession($0, methods: $1, replacing: earlier, origin: origin) })
    }

    /// Completes a sign-in to the pages that waits for its second factor.
    ///
    /// - Throws: as ``answered(_:code:origin:isMeant:)``.
    func answerPageChallenge(
        _ token: String, code: String, replacing earlier: String?, origin: Origin
    ) async throws -> PageSession {
        let (login, methods) = try await answered(token, code: code, origin: origin) { $0.plugin == Owner.host.id }
        return try await startPageSession(login, methods: methods, replacing: earlier, origin: origin)
    }

    /// Begins the session of a sign-in that was proven, and ends its row of failures.
    private func startPageSession(
        _ login: ProvenLogin, methods: Set<String>, replacing earlier: String?, origin: Origin
    ) async throws -> PageSession {
        let definitions = definitions
        var origin = origin
        origin.person = login.person
        return try await startPageSession(
            login.person, methods: methods, isRemembered: login.isRemembered, replacing: earlier, origin: origin
        ) { [origin] host in
            // A link or an administrator may have changed the account while a hash was computed or a code typed.
            guard try People.state(of: login.person, host) == .active,
                try login.passwordSetAt.map({ try PasswordTable.setAt(of: login.person, host) == $0 }) ?? true,
                try Self.hasRole(login.person, for: methods, definitions, host)
            else { return false }
            try Lockout.clear(login.counter, host)
            if let device = login.device { try KnownDevices.note(device, of: login.person, now: origin.now, host) }
            return true
        }
    }

    /// Whether one of a person's roles would count if the session had been proven by a second factor, which the tenant
    /// demands for it.
    func lacksFactor(_ person: PersonID, methods: Set<String>) async throws -> Bool {
        let (definitions, demand) = (definitions, settings.secondFactorFor)
        guard demand != .nobody, !methods.contains(SignInMethod.multipleFactors) else { return false }
        return try await database.write(as: .host) { session in
            let held = try Roles.held(by: person, HostWriter(session))
            return held.contains { one in
                let own: Role.Proof? = one.plugin == TenantRoles.owner ? .passwordOrFederated : nil
                let declared = definitions.first { $0.id == one.plugin }?.roles.first { $0.name == one.role }?.needs
                guard let needs = declared ?? own else { return false }
                return needs.isSatisfied(by: methods) && !needs.isSatisfied(by: methods, demand: demand)
            }
        }
    }

    /// How it stands with what protects somebody's account.
    func protection(of person: PersonID, slot: Int) async throws -> Protection {
        try await database.read(slot: slot, as: .host) { session in
            let host = HostReader(session)
            return Protection(
                email: try People.person(person, host)?.email,
                isEmailProven: try People.isVerified(.email, of: person, host),
                hasPassword: try PasswordTable.setAt(of: person, host) != nil,
                factor: try self.factorState(of: person, host))
        }
    }

    /// What protects an account.
    struct Protection: Sendable {
        let email: Email?
        let isEmailProven: Bool
        let hasPassword: Bool
        let factor: FactorState
    }

    /// Where a registration was asked for by a link; nil when the link is not good any more.
    func registration(byLink token: LinkToken, now: Instant) async throws -> LinkContent? {
        try await database.write(as: .host) { session in
            try AccountLinks.find(token, .register, now: now, HostWriter(session))?.content
        }
    }
}
