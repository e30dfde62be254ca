public import Workers

/// Bcrypt on a worker pool: callers wait without blocking their thread, and a full pool refuses instead of queueing
/// without end.
public struct PasswordHasher: Sendable {
    /// The cost of new hashes.
    public let cost: Int

    private let pool: WorkerPool
    private let decoy: String

    /// Uses `pool`, whose key is the tenant, for all work.
    /// - Throws: ``CryptoError/outOfRange(_:)`` for a cost outside ``Bcrypt/costs``.
    public init(pool: WorkerPool, cost: Int = Bcrypt.usualCost) throws(CryptoError) {
        self.pool = pool
        self.cost = cost
        // Nobody can find a password for it: a real setting, and a result nobody computed.
        decoy = try Bcrypt.newSetting(cost: cost) + String(repeating: "u", count: 31)
    }

    /// Hashes `password` with a new random salt.
    /// - Parameter tenant: The lane of the pool to wait in.
    /// - Throws: `PoolFull`, `CancellationError`, or what ``Bcrypt/hash(_:cost:)-(RawSpan,_)`` throws.
    public func hash(_ password: SecretBytes, for tenant: UInt64 = 0) async throws -> String {
        try password.withBytes { (bytes) throws(CryptoError) in try Bcrypt.check(bytes) }
        let cost = cost
        return try await pool.run(for: tenant) {
            try password.withBytes { (bytes) throws(CryptoError) in try Bcrypt.hash(bytes, cost: cost) }
        }
    }

    /// Whether `hash` was made from `password`. Without a hash (an unknown user) the same work is done, and the answer
    /// is false.
    /// - Parameter tenant: The lane of the pool to wait in.
    /// - Throws: `PoolFull`, `CancellationError`, or what ``Bcrypt/verify(_:against:)-(RawSpan,_)`` throws.
    public func verify(_ password: SecretBytes, against hash: String?, for tenant: UInt64 = 0) async throws -> Bool {
        try password.withBytes { (bytes) throws(CryptoError) in try Bcrypt.check(bytes) }
        let compared = hash ?? decoy
        let matches = try await pool.run(for: tenant) {
            try password.withBytes { (bytes) throws(CryptoError) in try Bcrypt.verify(bytes, against: compared) }
        }
        return matches && hash != nil
    }

    /// Whether `hash` was made in another way than new ones are, and should be replaced after the next sign-in.
    public func needsRehash(_ hash: String) -> Bool { Bcrypt.cost(of: hash) != cost || !hash.hasPrefix("$2b$") }
}
