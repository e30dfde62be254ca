import Crypto
import Database
import PluginAPI
import Synchronization
import Workers

/// Who a tenant's callers are: proves access tokens, signs people in by texted codes, renews and ends sessions.
///
/// One for each open tenant; made anew when its settings change. Everything it promises others rests on the tenant's own
/// database, keys and epoch, so a token, code or refresh token of one tenant is unknown at every other.
final class TenantAuth: Sendable {
    /// Sends a message to an address, in the transaction that causes it: channel, address, body, when it is worth
    /// nothing any more.
    typealias Send = @Sendable (Channel, String, String, Instant, Origin, HostWriter) throws -> Void

    let database: Database
    let tenant: Tenant
    let settings: AuthSettings
    /// The enabled plugins.
    let definitions: [PluginDefinition]
    let tenantKeys: TenantKeys
    let epoch: AuthEpoch
    let send: Send
    private let caches: TokenCaches
    private let spareKeys: SpareKeyPool
    private let signing: WorkerPool
    private let lane: UInt64
    private let signingKeys: Mutex<SigningKeys>
    /// The making of the tenant's first key, for which whoever comes meanwhile waits too.
    private let firstKey = Mutex<Task<SigningKey, any Error>?>(nil)

    /// Reads the tenant's signing keys; a tenant where nobody has signed in has none yet.
    ///
    /// - Parameters:
    ///   - tenant: its `origin` is the issuer and audience of its tokens.
    ///   - definitions: the enabled plugins.
    ///   - epoch: the tenant's, the same as long as the process lives.
    ///   - caches, spareKeys, signing: of the process.
    /// - Throws: ``StoreError``, or ``CryptoError`` when a stored key cannot be read.
    static func load(
        database: Database, tenant: Tenant, settings: AuthSettings, definitions: [PluginDefinition], keys: TenantKeys,
        epoch: AuthEpoch, caches: TokenCaches, spareKeys: SpareKeyPool, signing: WorkerPool, now: Instant,
        send: @escaping Send
    ) async throws -> TenantAuth {
        let rows = try await database.write(as: .host) { try SigningKeyTable.all(HostWriter($0)) }
        return TenantAuth(
            database: database, tenant: tenant, settings: settings, definitions: definitions, keys: keys, epoch: epoch,
            caches: caches, spareKeys: spareKeys, signing: signing,
            signingKeys: try SigningKeys(rows: rows, now: now), send: send)
    }

    private init(
        database: Database, tenant: Tenant, settings: AuthSettings, definitions: [PluginDefinition], keys: TenantKeys,
        epoch: AuthEpoch, caches: TokenCaches, spareKeys: SpareKeyPool, signing: WorkerPool, signingKeys: SigningKeys,
        send: @escaping Send
    ) {
        self.database = database
        self.tenant = tenant
        self.settings = settings
        self.definitions = definitions
        tenantKeys = keys
        self.epoch = epoch
        self.caches = caches
        self.spareKeys = spareKeys
        self.signing = signing
        self.signingKeys = Mutex(signingKeys)
        self.send = send
        lane = UInt64(truncatingIfNeeded: tenant.slug.hashValue)
    }

    /// What `/.well-known/jwks.json` answers: the public halves of the keys whose tokens are accepted.
    var jwks: [UInt8] { signingKeys.withLock { $0.jwks } }

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

// MARK: Signing

extension TenantAuth {
    /// Signs an access token on the worker pool.
    ///
    /// - Throws: ``PoolFull``; ``CryptoError`` or ``StoreError`` when there is no key.
    func sign(_ token: AccessToken) async throws -> String {
        let key = try await signingKey(now: token.issuedAt)
        let claims = token.claims(id: Random.token(bytes: 16))
        let bytes = try await signing.run(for: lane) { try key.sign(claims) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Signs with a new key from now on; tokens of the old ones are accepted until they have expired.
    func rotateSigningKey(_ origin: Origin) async throws {
        let spare = try await spareKeys.take()
        let epoch = epoch
        let rows = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            try SigningKeyTable.retireAll(now: origin.now, host)
            try SigningKeyTable.add(spare, now: origin.now, host)
            try AuditTable.append(AuditEntry("signing-key.rotated", on: Subject("tenant", id: "")), origin, host)
            host.afterCommit { epoch.raise() }
            return try SigningKeyTable.all(host)
        }
        _ = try adopt(rows, now: origin.now)
    }

    /// The key that signs; the first one is taken from the spare keys.
    private func signingKey(now: Instant) async throws -> SigningKey {
        if let key = signingKeys.withLock({ $0.signing }) { return key }
        let making = firstKey.withLock { making in
            let task = making ?? Task.detached { [self] in try await makeFirstKey(now: now) }
            making = task
            return task
        }
        let result = await making.result
        // After a failure the next sign-in tries anew.
        if case .failure = result { firstKey.withLock { if $0 == making { $0 = nil } } }
        return try result.get()
    }

    private func makeFirstKey(now: Instant) async throws -> SigningKey {
        let spare = try await spareKeys.take()
        let rows = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            let known = try SigningKeyTable.all(host)
            // Another instance of this tenant, with older settings, may have been first.
            if known.contains(where: { $0.retiredAt == nil }) { return known }
            try SigningKeyTable.add(spare, now: now, host)
            return try SigningKeyTable.all(host)
        }
        return try adopt(rows, now: now)
    }

    private func adopt(_ rows: [SigningKeyRow], now: Instant) throws -> SigningKey {
        let keys = try SigningKeys(rows: rows, now: now)
        guard let key = keys.signing else { throw StoreError(.mismatch, "there is no signing key") }
        signingKeys.withLock { $0 = keys }
        return key
    }
}
