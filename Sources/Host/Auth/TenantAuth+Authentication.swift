import Crypto
import Database
import HTTPServer
import PluginAPI
import Synchronization

extension TenantAuth {
    /// Who is calling, by an access token: never waits, and for a token that was seen before costs a look-up.
    ///
    /// - Parameters:
    ///   - bytes, token: where the token stands alone, without `Bearer`.
    ///   - slot: the number of the event loop.
    /// - Throws: ``StoreError`` when the session cannot be read.
    func authenticate(
        _ bytes: [UInt8], token place: Range<Int>, slot: Int, now: Instant
    ) throws -> Authentication {
        // Only what was proven is kept, and the end of a token is its signature, which nobody can choose.
        let hashed = 64
        // Before the session is read: what changes after that must find the entry stale.
        let epochNow = epoch.current
        let tenant = ObjectIdentifier(epoch)
        // Made only where something is to be kept or forgotten.
        func key() -> TokenCache.Key {
            TokenCache.Key(bytes.span.extracting(place), hashing: hashed, tenant: tenant)
        }
        let found = caches.withCache(slot) { cache in
            cache.find(bytes.span.extracting(place), hashing: hashed, tenant: tenant, epoch: epochNow, now: now)
        }
        let token: AccessToken.Verified
        switch found {
        case .known(let facts): return .known(facts)
        case .expired: return .refused(.tokenExpired)
        case .stale(let verified):
            guard signingKeys.withLock({ $0.accepts(kid: verified.kid, now: now) }) else {
                return refuse(key(), slot)
            }
            token = verified
        case .nothing:
            let keys = signingKeys.withLock { $0 }
            do throws(Problem) {
                token = try AccessToken.verify(Array(bytes[place]), keys: keys, issuer: self.tenant.origin, now: now)
            } catch {
                return .refused(error)
            }
        }
        guard
            let session = try database.readNow(
                slot: slot, as: .host, { try Sessions.find(token.session, HostReader($0)) })
        else { return .needsReader }
        guard let live = session, live.isLive(at: now), live.person == token.person else { return refuse(key(), slot) }
        let facts = SessionFacts(
            person: live.person, session: token.session, methods: live.methods, held: live.held, plan: live.plan,
            definitions: definitions, lastUsedAt: live.lastUsedAt, demand: settings.secondFactorFor,
            expiresAt: min(token.expiresAt, live.expiresAt), kid: token.kid, signedInAt: live.createdAt)
        let entry = TokenCache.Entry(
            key: key(), tenant: epoch, expiresAt: facts.expiresAt, kid: token.kid, epoch: epochNow, facts: facts)
        caches.withCache(slot) { $0.keep(entry) }
        return .known(facts)
    }

    /// Who is calling, by the cookie of a session: as fast as by a token.
    ///
    /// - Parameter cookie: the cookie's value.
    /// - Throws: ``StoreError`` when the session cannot be read.
    func authenticate(cookie: ArraySlice<UInt8>, slot: Int, now: Instant) throws -> Authentication {
        // Nothing else has this length, so nothing else is looked up.
        guard cookie.count == Self.cookieLength else { return .refused(.tokenInvalid) }
        let hash = SessionCookies.hash(cookie)
        let key = TokenCache.Key(hash.bytes.span, tenant: ObjectIdentifier(epoch), kind: .cookie)
        let epochNow = epoch.current
        // An entry ends when the session would without further use; one that was used since lives on.
        if case .known(let facts) = caches.withCache(slot, { $0.find(key, epoch: epochNow, now: now) }) {
            return .known(facts)
        }
        let found = try database.readNow(slot: slot, as: .host) { session -> (SessionCookies.Found, LiveSession)? in
            let host = HostReader(session)
            guard let found = try SessionCookies.find(hash, host), let live = try Sessions.find(found.session, host)
            else { return nil }
            return (found, live)
        }
        guard let found else { return .needsReader }
        guard let (cookie, live) = found, live.isLive(at: now) else { return refuse(key, slot) }
        let idle = min(cookie.idle, settings.pageIdleSeconds)
        let idleEnd = live.lastUsedAt + .seconds(idle)
        guard now < idleEnd else { return refuse(key, slot) }
        let facts = SessionFacts(
            person: live.person, session: cookie.session, methods: live.methods, held: live.held, plan: live.plan,
            definitions: definitions, credential: .cookie, lastUsedAt: live.lastUsedAt,
            noting: PageLifetimes.noting(idle: idle), demand: settings.secondFactorFor,
            expiresAt: min(idleEnd, live.expiresAt), idle: idle, signedInAt: live.createdAt)
        let entry = TokenCache.Entry(
            key: key, tenant: epoch, expiresAt: facts.expiresAt, kid: "", epoch: epochNow, facts: facts)
        caches.withCache(slot) { $0.keep(entry) }
        return .known(facts)
    }

    /// Who is calling, by an API key: as fast as by a token.
    ///
    /// - Parameters:
    ///   - apiKey: what `X-API-Key` says.
    ///   - address: the client's.
    /// - Throws: ``StoreError`` when the key cannot be read.
    func authenticate(
        apiKey: ArraySlice<UInt8>, address: SocketAddress, slot: Int, now: Instant
    ) throws -> Authentication {
        guard let text = APIKeyText(apiKey) else { return .refused(.apiKeyMistyped) }
        let key = TokenCache.Key(text.hash.bytes.span, tenant: ObjectIdentifier(epoch), kind: .apiKey)
        let epochNow = epoch.current
        if case .known(let facts) = caches.withCache(slot, { $0.find(key, epoch: epochNow, now: now) }) {
            return Self.known(facts, from: address)
        }
        let found = try database.readNow(slot: slot, as: .host) {
            session -> (APIKey, PersonState?, [HeldRole], Plan?)? in
            let host = HostReader(session)
            guard let stored = try APIKeyTable.find(text.id, host) else { return nil }
            return (
                stored, try People.state(of: stored.person, host), try Roles.held(by: stored.person, host),
                try Plans.plan(of: stored.person, host)
            )
        }
        guard let found else { return .needsReader }
        guard let (stored, state, held, plan) = found, let end = stored.end(of: text.hash, at: now),
            stored.revokedAt == nil, state == .active
        else { return refuse(key, slot) }
        guard now < end else { return .refused(.tokenExpired) }
        let used = UsedAPIKey(
            id: stored.id, scopes: stored.scopes.map { Permission($0) }, addresses: stored.addresses, hash: text.hash)
        let facts = SessionFacts(
            person: stored.person, session: nil, methods: stored.methods, held: held, plan: plan ?? .free,
            definitions: definitions, credential: .apiKey(used), lastUsedAt: stored.lastUsedAt,
            demand: settings.secondFactorFor, expiresAt: end)
        let entry = TokenCache.Entry(
            key: key, tenant: epoch, expiresAt: end, kid: "", epoch: epochNow, facts: facts)
        caches.withCache(slot) { $0.keep(entry) }
        return Self.known(facts, from: address)
    }

    /// Notes that somebody was here, behind the answer.
    func noteUse(_ facts: SessionFacts, at now: Instant) {
        if let due = facts.due(at: now) { uses.note(due.use, at: now, every: due.every) }
    }

    /// A key from the wrong place is as wrong as any: whoever stole it is not told that it would do elsewhere.
    private static func known(_ facts: SessionFacts, from address: SocketAddress) -> Authentication {
        facts.apiKey?.isAllowed(from: address) == true ? .known(facts) : .refused(.tokenInvalid)
    }

    private func refuse(_ key: TokenCache.Key, _ slot: Int) -> Authentication {
        caches.withCache(slot) { $0.remove(key) }
        return .refused(.tokenInvalid)
    }
}

/// Who a caller is.
enum Authentication: Sendable {
    case known(SessionFacts)
    /// `AUTH_TOKEN_EXPIRED` or `AUTH_TOKEN_INVALID`.
    case refused(Problem)
    /// The loop's reader is not open: await ``Database/openReader(slot:)`` and ask again.
    case needsReader
}
