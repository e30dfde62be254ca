import Crypto
import Database
import PluginAPI
import Synchronization
import Workers

/// Who a tenant's callers are: proves access tokens, signs people in by texted codes and passwords, renews and ends sessions.
///
/// One for each open tenant; made anew when its settings change. Everything it promises others rests on the tenant's own
/// database, keys and epoch, so a token, code or refresh token of one tenant is unknown at every other.
final class TenantAuth: Sendable {
    /// Sends a message to an address, in the transaction that causes it.
    typealias Send = @Sendable (Letter, Origin, HostWriter) throws -> Void

    let database: Database
    let tenant: Tenant
    let settings: AuthSettings
    /// The enabled plugins.
    let definitions: [PluginDefinition]
    let tenantKeys: TenantKeys
    let epoch: AuthEpoch
    let send: Send
    let caches: TokenCaches
    let spareKeys: SpareKeyPool
    let signing: WorkerPool
    let passwords: PasswordHasher
    /// What must be shown beside a password; nil where nothing ever is.
    let secondFactor: (any SecondFactor)?
    /// The keys of the identity providers, of the process.
    let issuers: IssuerKeys
    /// The tenant's place in the worker pool's turns.
    let lane: UInt64
    let signingKeys: SigningKeyRing
    let uses: LastUses
    /// The making of the tenant's first key, for which whoever comes meanwhile waits too.
    let firstKey = Mutex<Task<SigningKey, any Error>?>(nil)

    /// Reads the tenant's signing keys; a tenant where nobody has signed in has none yet.
    ///
    /// - Parameters:
    ///   - tenant: its `origin` is the issuer and audience of its tokens.
    ///   - definitions: the enabled plugins.
    ///   - issuers: the keys of identity providers, of the process.
    ///   - epoch: the tenant's, the same as long as the process lives.
    ///   - caches, spareKeys, signing, passwords: of the process.
    ///   - ring: the tenant's keys, the same as long as the process lives, so that every loop and every runtime of the
    ///     tenant knows of a new key at once.
    /// - Throws: ``StoreError``, or ``CryptoError`` when a stored key cannot be read.
    static func load(
        database: Database, tenant: Tenant, settings: AuthSettings, definitions: [PluginDefinition], keys: TenantKeys,
        epoch: AuthEpoch, caches: TokenCaches, spareKeys: SpareKeyPool, signing: WorkerPool, passwords: PasswordHasher,
        secondFactor: (any SecondFactor)? = nil, issuers: IssuerKeys = .unreachable, now: Instant,
        ring: SigningKeyRing = SigningKeyRing(),
        send: @escaping Send
    ) async throws -> TenantAuth {
        let rows = try await database.write(as: .host) { try SigningKeyTable.all(HostWriter($0)) }
        ring.adopt(try SigningKeys(rows: rows, now: now))
        return TenantAuth(
            database: database, tenant: tenant, settings: settings, definitions: definitions, keys: keys, epoch: epoch,
            caches: caches, spareKeys: spareKeys, signing: signing, passwords: passwords, secondFactor: secondFactor,
            issuers: issuers, signingKeys: ring, send: send)
    }

    private init(
        database: Database, tenant: Tenant, settings: AuthSettings, definitions: [PluginDefinition], keys: TenantKeys,
        epoch: AuthEpoch, caches: TokenCaches, spareKeys: SpareKeyPool, signing: WorkerPool, passwords: PasswordHasher,
        secondFactor: (any SecondFactor)?, issuers: IssuerKeys, signingKeys: SigningKeyRing, send: @escaping Send
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
        self.passwords = passwords
        self.secondFactor = secondFactor
        self.issuers = issuers
        self.signingKeys = signingKeys
        uses = LastUses(database)
        self.send = send
        lane = UInt64(truncatingIfNeeded: tenant.slug.hashValue)
    }

    /// What `/.well-known/jwks.json` answers: the public halves of the keys whose tokens are accepted.
    func jwks(now: Instant) -> [UInt8] { signingKeys.withLock { $0.jwks(now: now) } }
}
