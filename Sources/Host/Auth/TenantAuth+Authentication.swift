import Crypto
import Database
import PluginAPI
import Synchronization

extension TenantAuth {
    /// Who is calling, by an access token: never waits, and for a token that was seen before costs a hash and a look-up.
    ///
    /// - Parameters:
    ///   - tokenBytes: the token alone, without `Bearer`.
    ///   - slot: the number of the event loop.
    /// - Throws: ``StoreError`` when the session cannot be read.
    func authenticate(tokenBytes: ArraySlice<UInt8>, slot: Int, now: Instant) throws -> Authentication {
        let bytes = Array(tokenBytes)
        let key = TokenCache.Key(token: SHA256.hash(bytes), tenant: ObjectIdentifier(epoch))
        // Before the session is read: what changes after that must find the entry stale.
        let epochNow = epoch.current
        let token: AccessToken.Verified
        switch caches.withCache(slot, { $0.find(key, epoch: epochNow, now: now) }) {
        case .known(let facts): return .known(facts)
        case .expired: return .refused(.tokenExpired)
        case .stale(let verified):
            guard signingKeys.withLock({ $0.accepts(kid: verified.kid, now: now) }) else {
                return refuse(key, slot)
            }
            token = verified
        case .nothing:
            let keys = signingKeys.withLock { $0 }
            do throws(Problem) {
                token = try AccessToken.verify(bytes, keys: keys, issuer: tenant.origin, now: now)
            } catch {
                return .refused(error)
            }
        }
        guard
            let found = try database.readNow(
                slot: slot, as: .host, { try Sessions.find(token.session, HostReader($0)) })
        else { return .needsReader }
        guard let live = found, live.isLive(at: now), live.person == token.person else { return refuse(key, slot) }
        let facts = SessionFacts(
            person: live.person, session: token.session, methods: live.methods, held: live.held,
            definitions: definitions)
        let entry = TokenCache.Entry(
            key: key, tenant: epoch, expiresAt: min(token.expiresAt, live.expiresAt), kid: token.kid, epoch: epochNow,
            facts: facts)
        caches.withCache(slot) { $0.keep(entry) }
        return .known(facts)
    }

    private func refuse(_ key: TokenCache.Key, _ slot: Int) -> Authentication {
        caches.withCache(slot) { $0.remove(key) }
        return .refused(.tokenInvalid)
    }
}

/// Who a caller with a token is.
enum Authentication: Sendable {
    case known(SessionFacts)
    /// `AUTH_TOKEN_EXPIRED` or `AUTH_TOKEN_INVALID`.
    case refused(Problem)
    /// The loop's reader is not open: await ``Database/openReader(slot:)`` and ask again.
    case needsReader
}
