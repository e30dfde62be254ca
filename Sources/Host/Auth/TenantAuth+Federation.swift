import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// What somebody shows who has signed in at an identity provider.
    struct FederatedProof: Sendable {
        /// The word of ``OIDCProvider/provider``.
        let provider: String
        let idToken: String
        let nonce: String?
        let isRemembered: Bool
    }

    /// Signs somebody in by an identity provider's token.
    ///
    /// An account is found by issuer and subject. A first sign-in is linked to the account with the same e-mail address,
    /// when the provider and this tenant have both proven it: an address that somebody merely typed in would let them
    /// wait for its owner. Where registration is open, an account is made.
    ///
    /// - Parameters:
    ///   - roles: what the sign-in is for, the one that counts first in front.
    ///   - registers: what a new account becomes; nil makes none.
    ///   - enrol: makes the plugin's record of a new account, in the same transaction.
    /// - Throws: ``Problem``: 400 for a provider that the tenant does not have, 401 for tokens and people that will not do,
    ///   409 where an account has the address but has not proven it, 503 when the provider's keys cannot be had.
    ///   ``PoolFull``; ``StoreError``.
    func signIn(
        _ proof: FederatedProof, at plugin: String, roles: [String], registers: String?, origin: Origin,
        enrol: @escaping @Sendable (PersonID, WriteSession) throws -> Void
    ) async throws -> SignInOutcome {
        guard let definition = definition(of: plugin) else { throw Problem.tokenInvalid }
        guard let provider = settings.oidc.first(where: { $0.provider == proof.provider }) else {
            throw Problem.invalid("provider", .notAllowed, "is none of this portal's")
        }
        let token = try await proven(proof, by: provider, now: origin.now)
        let keys = tenantKeys
        let login = try await database.write(as: .host) { session -> ProvenLogin? in
            let host = HostWriter(session)
            guard
                let person = try Self.account(for: token, registers, plugin, origin, host, { try enrol($0, session) }),
                try People.state(of: person, host) == .active,
                let role = Roles.role(
                    among: roles, try Roles.held(by: person, host), in: definition,
                    methods: [SignInMethod.federated])
            else { return nil }
            return ProvenLogin(
                person: person, plugin: plugin, role: role, isRemembered: proof.isRemembered, passwordSetAt: nil,
                counter: keys.tag("failures", "federated \(person.rawValue)"), device: nil)
        }
        guard let login else { throw Problem.tokenInvalid }
        if let secondFactor {
            let verdict = try await database.write(as: .host) { session in
                try secondFactor.verdict(on: login, code: nil, origin, HostWriter(session))
            }
            if case .due(let challenge) = verdict { return .secondFactorDue(challenge) }
        }
        return .tokens(try await complete(login, methods: [SignInMethod.federated], origin: origin))
    }

    private func proven(
        _ proof: FederatedProof, by provider: OIDCProvider, now: Instant
    ) async throws -> IDToken {
        let token = Array(proof.idToken.utf8)
        guard let name = IDToken.keyName(token) else { throw Problem.tokenInvalid }
        let candidates: [IssuerKey]
        do {
            candidates = try await issuers.keys(provider, id: name.id, algorithm: name.algorithm, now: now)
        } catch {
            throw Problem(
                503, "SERVICE_UNAVAILABLE", "The identity provider cannot be reached.", retryAfter: 30)
        }
        for key in candidates {
            if let proven = IDToken(token, key: key, of: provider, nonce: proof.nonce, now: now) { return proven }
        }
        throw Problem.tokenInvalid
    }

    /// The account that a proven token is for, linked or made now where it may be.
    private static func account(
        for token: IDToken, _ registers: String?, _ plugin: String, _ origin: Origin, _ host: HostWriter,
        _ enrol: (PersonID) throws -> Void
    ) throws -> PersonID? {
        if let known = try FederatedIdentities.person(token, host) { return known }
        guard token.isEmailVerified, let email = token.email else { return nil }
        if let holder = try People.person(withEmail: email, host)?.id {
            guard try People.isVerified(.email, of: holder, host) else {
                throw Problem.conflict(
                    "RESOURCE_CONFLICT",
                    "An account has this e-mail address but has not confirmed it. Sign in to it and confirm it first.")
            }
            try FederatedIdentities.link(token, to: holder, origin, host)
            return holder
        }
        guard let registers else { return nil }
        let id = People.newID(at: origin.now)
        var origin = origin
        origin.person = id
        var person = PersonChange()
        person.givenName = .set(token.givenName)
        person.familyName = .set(token.familyName)
        person.email = .set(email)
        try People.add(person, username: nil, id: id, origin, host)
        try Roles.grant(registers, of: plugin, to: id, branch: nil, origin, host)
        try People.markVerified(.email, of: id, now: origin.now, host)
        try FederatedIdentities.link(token, to: id, origin, host)
        try enrol(id)
        return id
    }
}
