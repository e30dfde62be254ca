import Database
import PluginAPI

extension TenantAuth {
    /// Who a caller is now that was known before, for connections that last: never waits.
    ///
    /// - Throws: ``StoreError`` when the session cannot be read.
    func again(_ facts: SessionFacts, slot: Int, now: Instant) throws -> Authentication {
        if let kid = facts.kid, !signingKeys.withLock({ $0.accepts(kid: kid, now: now) }) {
            return .refused(.tokenInvalid)
        }
        if let key = facts.apiKey { return try again(key, of: facts.person, slot: slot, now: now) }
        guard let session = facts.session else { return .refused(.tokenInvalid) }
        return try known(
            session: session, of: facts.person, until: facts.idle == nil ? facts.expiresAt : .maximum, idle: facts.idle,
            kid: facts.kid, slot: slot, now: now)
    }

    /// Who stands behind a session that was proven otherwise, e.g. by a ticket.
    ///
    /// - Parameters:
    ///   - until: when it is good no more, whatever the session's end.
    ///   - idle: after how many seconds without use the session ends, for one that pages use.
    /// - Throws: ``StoreError`` when the session cannot be read.
    func known(
        session: String, of person: PersonID, until: Instant, idle: Int? = nil, kid: String? = nil, slot: Int,
        now: Instant
    ) throws -> Authentication {
        let found = try database.readNow(slot: slot, as: .host) { try Sessions.find(session, HostReader($0)) }
        guard let found else { return .needsReader }
        guard let live = found, live.isLive(at: now), live.person == person else { return .refused(.tokenInvalid) }
        var end = min(until, live.expiresAt)
        if let idle { end = min(end, live.lastUsedAt + .seconds(idle)) }
        guard now < end else { return .refused(.tokenExpired) }
        return .known(
            SessionFacts(
                person: person, session: session, methods: live.methods, held: live.held, plan: live.plan,
                definitions: definitions, credential: idle == nil ? .accessToken : .cookie,
                lastUsedAt: live.lastUsedAt, demand: settings.secondFactorFor, expiresAt: end, idle: idle, kid: kid,
                signedInAt: live.createdAt))
    }

    private func again(_ used: UsedAPIKey, of person: PersonID, slot: Int, now: Instant) throws -> Authentication {
        let found = try database.readNow(slot: slot, as: .host) {
            session -> (APIKey, PersonState?, [HeldRole], Plan?)? in
            let host = HostReader(session)
            guard let stored = try APIKeyTable.find(used.id, host) else { return nil }
            return (
                stored, try People.state(of: person, host), try Roles.held(by: person, host),
                try Plans.plan(of: person, host)
            )
        }
        guard let found else { return .needsReader }
        guard let (stored, state, held, plan) = found, stored.person == person, stored.revokedAt == nil,
            state == .active, let end = stored.end(of: used.hash, at: now)
        else { return .refused(.tokenInvalid) }
        guard now < end else { return .refused(.tokenExpired) }
        return .known(
            SessionFacts(
                person: person, session: nil, methods: stored.methods, held: held, plan: plan ?? .free,
                definitions: definitions, credential: .apiKey(used), lastUsedAt: stored.lastUsedAt,
                demand: settings.secondFactorFor, expiresAt: end))
    }
}
