import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// Changes the password of somebody signed in, who must show the present one; ends their other sessions.
    ///
    /// Wrong ones count like wrong sign-ins, in a count of the account's own.
    ///
    /// - Parameters:
    ///   - fields: what the present and the new password are called where they came from.
    ///   - session: the one that stays.
    /// - Throws: ``Problem``: 400 when the present one is wrong or the new one will not do, 423 after five wrong ones.
    ///   ``PoolFull``; ``StoreError``.
    func changePassword(
        of person: PersonID, from current: String, to new: String, fields: (current: String, new: String),
        keeping session: String?, origin: Origin
    ) async throws {
        let counter = tenantKeys.tag("failures", "person \(person.rawValue)")
        let found = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            return (
                try Lockout.begin(counter, now: origin.now, host), try PasswordTable.hash(of: person, host),
                try People.names(of: person, host)
            )
        }
        guard case .open(let didLock) = found.0 else {
            if case .locked(let seconds) = found.0 { throw Problem.locked(seconds) }
            throw Problem.forbidden
        }
        let hash: PasswordHash
        do {
            guard try await verifies(current, against: found.1) else {
                throw Problem.invalid(fields.current, .format, "is not the present password")
            }
            hash = try await hashed(new, field: fields.new, owner: found.2)
        } catch let problem as Problem where problem.mistakes.first?.field == fields.current {
            throw problem
        } catch {
            // The present password was right, or nobody has judged it.
            try await database.write(as: .host) { session in
                try Lockout.takeBack(counter, didLock: didLock, HostWriter(session))
            }
            throw error
        }
        let (tenant, send) = (tenant, send)
        let isSet = try await database.write(as: .host) { writing in
            let host = HostWriter(writing)
            guard try PasswordTable.hash(of: person, host) == found.1 else { return false }
            try Lockout.clear(counter, host)
            try PasswordTable.set(hash, of: person, now: origin.now, host)
            try Sessions.endAll(of: person, except: session, reason: "password", origin, host)
            try AccountLinks.withdrawPasswordLinks(of: person, host)
            try AuditTable.append(AuditEntry("password.changed", on: People.subject(person)), origin, host)
            if let email = try People.person(person, host)?.email {
                try send(.passwordChanged(email, of: tenant, now: origin.now), origin, host)
            }
            return true
        }
        guard isSet else { throw Problem.conflict("RESOURCE_CONFLICT", "The password was changed meanwhile.") }
    }

    /// Asks for an account, which the mailed link makes. Whoever has one with this address is told so by mail; the answer
    /// and the work are the same.
    ///
    /// - Parameter content: who asks, and where; the address is there.
    /// - Throws: ``StoreError``.
    func register(_ content: LinkContent, origin: Origin) async throws {
        guard let email = content.email else { return }
        let (keys, tenant, send) = (tenantKeys, tenant, send)
        let token = LinkToken(.register, keys)
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            let holder = try People.person(withEmail: email, host)
            let isSent = try AccountLinks.start(
                AccountLinks.New(
                    purpose: .register, token: token, subject: keys.tag("link subject", email.text), content: content),
                now: origin.now, host)
            host.note(WorkDue(at: origin.now))
            guard isSent else { return }
            let letter: Letter =
                holder == nil
                ? .link(.register, token, to: email, of: tenant, now: origin.now)
                : .hasAccount(email, of: tenant, now: origin.now)
            try send(letter, origin, host)
        }
    }

    /// Makes the account of a registration by its link, with its password.
    ///
    /// - Parameters:
    ///   - field: what the password is called where it came from.
    ///   - role: what the account gets in the plugin.
    ///   - enrol: makes the plugin's record of it, in the same transaction.
    /// - Throws: ``Problem``: 401 when the link is not good, or the address has an account by now; 400 when the password
    ///   will not do, and then the link stays good. ``PoolFull``; ``StoreError``.
    func completeRegistration(
        byLink token: LinkToken, password: String, field: String, plugin: String, role: String, origin: Origin,
        enrol: @escaping @Sendable (PersonID, WriteSession) throws -> Void
    ) async throws {
        let found = try await database.write(as: .host) { session in
            try AccountLinks.find(token, .register, now: origin.now, HostWriter(session))?.content.email
        }
        guard let email = found else { throw Problem.tokenInvalid }
        let hash = try await hashed(password, field: field, owner: [email.text])
        let id = People.newID(at: origin.now)
        let isMade = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            guard let content = try AccountLinks.take(token, .register, now: origin.now, host)?.content,
                content.email == email, content.plugin == nil || content.plugin == plugin,
                try People.person(withEmail: email, host) == nil
            else { return false }
            var origin = origin
            origin.person = id
            var person = PersonChange()
            person.givenName = .set(content.givenName)
            person.familyName = .set(content.familyName)
            person.email = .set(email)
            if let language = content.language { person.language = .set(language) }
            try People.add(person, username: nil, id: id, origin, host)
            try Roles.grant(role, of: plugin, to: id, branch: nil, origin, host)
            try People.markVerified(.email, of: id, now: origin.now, host)
            try PasswordTable.set(hash, of: id, now: origin.now, host)
            try enrol(id, session)
            return true
        }
        guard isMade else { throw Problem.tokenInvalid }
    }

    /// Mails somebody whose account staff made a link to choose a password with; a former link is void.
    ///
    /// In the transaction that makes the account, or later, to send another one.
    ///
    /// - Returns: false when the account is closed, has no e-mail address, or got a link a minute ago.
    @discardableResult
    func invite(_ person: PersonID, _ origin: Origin, _ host: HostWriter) throws -> Bool {
        guard try People.state(of: person, host) == .active, let email = try People.person(person, host)?.email else {
            return false
        }
        let token = LinkToken(.invite, tenantKeys)
        let isSent = try AccountLinks.start(
            AccountLinks.New(
                purpose: .invite, token: token, subject: tenantKeys.tag("link subject", person.rawValue),
                person: person), now: origin.now, host)
        guard isSent else { return false }
        try send(.link(.invite, token, to: email, of: tenant, now: origin.now), origin, host)
        try AuditTable.append(AuditEntry("person.invited", on: People.subject(person)), origin, host)
        return true
    }
}
