import Crypto
import Database
package import PluginAPI

extension TestHost {
    /// Makes an account with roles, and the records of the plugins whose sign-ins are for those roles.
    ///
    /// - Parameter password: what the person signs in with; the e-mail address counts as proven then.
    package func addPerson(
        _ change: PersonChange, username: String? = nil, password: String? = nil,
        roles: [(plugin: String, role: String, branch: String?)], in tenant: String
    ) async throws -> PersonID {
        let runtime = try await runtime(tenant)
        let origin = Origin(plugin: Owner.host.id, requestID: "test", now: parts.options.clock.now)
        let id = People.newID(at: origin.now)
        var hash: PasswordHash?
        if let password { hash = PasswordHash(try await parts.passwords.hash(SecretBytes(Array(password.utf8)))) }
        try await runtime.database.write(as: .host) { [hash] session in
            let host = HostWriter(session)
            try People.add(change, username: username.flatMap { Username($0) }, id: id, origin, host)
            if let hash {
                try PasswordTable.set(hash, of: id, now: origin.now, host)
                try People.markVerified(.email, of: id, now: origin.now, host)
            }
            for role in roles {
                try Roles.grant(role.role, of: role.plugin, to: id, branch: role.branch, origin, host)
            }
        }
        for role in roles {
            guard let (position, plugin) = runtime.plugin(role.plugin) else { continue }
            let definition = runtime.definitions[position]
            guard let signIn = definition.signIns.firstIndex(where: { $0.declaration.registers == role.role }) else {
                continue
            }
            var origin = origin
            origin.plugin = definition.id
            let (owner, from) = (runtime.owners[position], origin)
            try await runtime.database.write(as: owner) { session in
                let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: from)
                try plugin.enrol(signIn: signIn, id, Transaction(backend: backend, now: from.now))
            }
        }
        return id
    }

    /// Signs somebody in as if by these methods (RFC 8176): a session and an access token like any other.
    ///
    /// - Returns: the token and when it expires.
    package func signIn(
        _ person: PersonID, methods: Set<String>, at plugin: String, in tenant: String
    ) async throws -> (token: String, expiresAt: Instant) {
        let runtime = try await runtime(tenant)
        let auth = runtime.auth
        let now = parts.options.clock.now
        guard let definition = auth.definition(of: plugin) else { throw Problem.tokenInvalid }
        let lifetimes = Lifetimes(definition.dialect, auth.settings)
        let held = try await runtime.database.write(as: .host) { try Roles.held(by: person, HostWriter($0)) }
        let bearer = TenantAuth.Bearer(
            session: Sessions.newID(at: now), person: person,
            role: Roles.role("", held, in: definition, methods: methods) ?? "",
            permissions: TenantAuth.permissions(
                held, of: person, in: definition, methods: methods, demand: auth.settings.secondFactorFor),
            lifetimes: lifetimes, sessionEnds: now + .seconds(lifetimes.session))
        let answer = try await auth.tokens(for: bearer, now: now)
        let origin = Origin(plugin: plugin, person: person, requestID: "test", now: now)
        try await runtime.database.write(as: .host) { session in
            let kept = Sessions.New(
                id: bearer.session, person: person, plugin: plugin, role: bearer.role, methods: methods,
                expiresAt: bearer.sessionEnds)
            try Sessions.add(kept, origin, HostWriter(session))
        }
        return (answer.accessToken, now + .seconds(answer.expiresIn))
    }
}
