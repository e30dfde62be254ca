import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// Asks for a link to set a new password with. The answer, what is stored and the work are the same whether or not
    /// somebody has this name; only the message is sent or not. It goes to a proven address alone, because whoever is
    /// signed in by a texted code can change the address but must not come to a password by it.
    ///
    /// - Throws: ``StoreError``.
    func requestPasswordReset(of name: AccountName, origin: Origin) async throws {
        let (keys, tenant, send) = (tenantKeys, tenant, send)
        let token = LinkToken(.reset, keys)
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            let account = try name.account(host)
            let email = try Self.provenEmail(of: account, host)
            let isSent = try AccountLinks.start(
                AccountLinks.New(
                    purpose: .reset, token: token, subject: keys.tag("link subject", name.text),
                    person: email == nil ? nil : account?.person), now: origin.now, host)
            // The due index is lowered in either case: that is a commit of its own, and would show.
            host.note(WorkDue(at: origin.now))
            if isSent, let email {
                try send(.link(.reset, token, to: email, of: tenant, now: origin.now), origin, host)
            }
        }
    }

    /// Sets a password by a mailed link, which is spent by it: a new one, which ends all sessions, or the first one of an
    /// account that staff made.
    ///
    /// - Parameters:
    ///   - purpose: `reset` or `invite`.
    ///   - field: what the password is called where it came from.
    /// - Throws: ``Problem``: 401, the same for links that are unknown, spent or too old; 400 when the password will not
    ///   do, and then the link stays good. ``PoolFull``; ``StoreError``.
    func setPassword(
        _ password: String, field: String, byLink shown: String, for purpose: LinkPurpose, origin: Origin
    ) async throws {
        guard let token = LinkToken(shown, purpose, tenantKeys) else { throw Problem.tokenInvalid }
        let owner = try await database.write(as: .host) { session -> [String]? in
            let host = HostWriter(session)
            guard let person = try AccountLinks.find(token, purpose, now: origin.now, host)?.person else { return nil }
            return try People.names(of: person, host)
        }
        guard let owner else { throw Problem.tokenInvalid }
        let hash = try await hashed(password, field: field, owner: owner)
        let (keys, tenant, send) = (tenantKeys, tenant, send)
        let isSet = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            guard let link = try AccountLinks.take(token, purpose, now: origin.now, host), let person = link.person,
                try People.state(of: person, host) == .active
            else { return false }
            var origin = origin
            origin.person = person
            try PasswordTable.set(hash, of: person, now: origin.now, host)
            try People.markVerified(.email, of: person, now: origin.now, host)
            try Sessions.endAll(of: person, reason: "password", origin, host)
            try AccountLinks.withdrawPasswordLinks(of: person, host)
            try Self.clearFailures(of: person, keys, host)
            let action = purpose == .reset ? "password.reset" : "invitation.accepted"
            try AuditTable.append(AuditEntry(action, on: People.subject(person)), origin, host)
            if purpose == .reset, let email = try People.person(person, host)?.email {
                try send(.passwordChanged(email, of: tenant, now: origin.now), origin, host)
            }
            return true
        }
        guard isSet else { throw Problem.tokenInvalid }
    }

    /// Asks for a link that proves the e-mail address of somebody signed in; nothing is sent to who has none, or a proven
    /// one.
    ///
    /// - Parameter methods: how the session was made. It must be good enough for every role of the person: otherwise who
    ///   holds the phone alone could come, by an address of their own, to a password and the roles that need one.
    /// - Throws: ``Problem`` 403 as said; ``StoreError``.
    func requestVerification(of person: PersonID, methods: Set<String>, origin: Origin) async throws {
        let (keys, tenant, send, definitions) = (tenantKeys, tenant, send, definitions)
        let token = LinkToken(.verify, keys)
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            for held in try Roles.held(by: person, host) {
                let role = definitions.first { $0.id == held.plugin }?.roles.first { $0.name == held.role }
                guard role?.isSatisfied(by: methods) ?? true else { throw Problem.forbidden }
            }
            guard let email = try People.person(person, host)?.email,
                try !People.isVerified(.email, of: person, host)
            else { return }
            let isSent = try AccountLinks.start(
                AccountLinks.New(
                    purpose: .verify, token: token, subject: keys.tag("link subject", person.rawValue), person: person,
                    content: LinkContent(email: email)), now: origin.now, host)
            if isSent { try send(.link(.verify, token, to: email, of: tenant, now: origin.now), origin, host) }
        }
    }

    /// Proves an e-mail address by a mailed link; nothing changes when the account has another address by now.
    ///
    /// - Throws: ``Problem`` 401, the same whatever is wrong; ``StoreError``.
    func verifyEmail(byLink token: LinkToken, origin: Origin) async throws {
        let isProven = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            guard let link = try AccountLinks.take(token, .verify, now: origin.now, host), let person = link.person,
                let email = try People.person(person, host)?.email, email == link.content.email
            else { return false }
            var origin = origin
            origin.person = person
            try People.markVerified(.email, of: person, now: origin.now, host)
            try AuditTable.append(AuditEntry("email.verified", on: People.subject(person)), origin, host)
            return true
        }
        guard isProven else { throw Problem.tokenInvalid }
    }

    /// The hash of a password that is about to be set.
    ///
    /// - Throws: ``Problem`` 400 with everything that is wrong with it; ``PoolFull``.
    func hashed(_ password: String, field: String, owner: [String]) async throws -> PasswordHash {
        let mistakes = PasswordPolicy.mistakes(
            password, field: field, owner: owner, portal: PortalWords.of(tenant))
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        return PasswordHash(try await passwords.hash(SecretBytes(Array(password.utf8)), for: lane))
    }

    /// Ends the locks of a person's names: whoever has proven to own the account need not wait.
    static func clearFailures(of person: PersonID, _ keys: TenantKeys, _ host: HostWriter) throws(StoreError) {
        for (kind, text) in try People.identifiers(of: person, host) where kind != .phone {
            try Lockout.clear(PasswordProof.counter(AccountName(kind: kind, text: text), keys), host)
        }
    }

    private static func provenEmail(
        of account: AccountName.Account?, _ host: HostWriter
    ) throws(StoreError) -> Email? {
        let isVerified = try People.isVerified(.email, of: account?.person ?? PersonID(rawValue: ""), host)
        return isVerified && account?.state == .active ? account?.email : nil
    }
}
