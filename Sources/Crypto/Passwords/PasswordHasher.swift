public import Workers

/// Bcrypt on a worker pool: callers wait without blocking their thread, and a full pool refuses instead of queueing
/// without end.
public struct PasswordHasher: Sendable {
    /// The cost of new hashes.
    public let cost: Int

    private let pool: WorkerPool
    private let decoy: String
    /// Decoys of the costs from the least to the one below `cost`, in order.
    private let cheaperDecoys: [String]

    /// Uses `pool`, whose key is the tenant, for all work.
    /// - Throws: ``CryptoError/outOfRange(_:)`` for a cost outside ``Bcrypt/costs``.
    public init(pool: WorkerPool, cost: Int = Bcrypt.usualCost) throws(CryptoError) {
        self.pool = pool
        self.cost = cost
        // Nobody can find a password for it: a real setting, and a result nobody computed.
        func decoy(_ cost: Int) throws(CryptoError) -> String {
            try Bcrypt.newSetting(cost: cost) + String(repeating: "u", count: 31)
        }
        self.decoy = try decoy(cost)
        var cheaper: [String] = []
        for each in Bcrypt.costs.lowerBound..<cost { cheaper.append(try decoy(each)) }
        cheaperDecoys = cheaper
    }

    /// Takes a place on the pool before other work is done for a password, so that whoever comes when there is none costs
    /// next to nothing; to be left by ``leave(for:)``.
    /// - Throws: `PoolFull`.
    public func enter(for tenant: UInt64 = 0) throws(PoolFull) { try pool.takePlace(for: tenant) }

    /// Leaves a place that was taken.
    public func leave(for tenant: UInt64 = 0) { pool.leavePlace(for: tenant) }

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
    /// is false. For a hash of a lower cost the rest of the work is done too: one of each cost from there on adds up to
    /// it, since each step doubles.
    /// - Parameter tenant: The lane of the pool to wait in.
    /// - Throws: `PoolFull`, `CancellationError`, or what ``Bcrypt/verify(_:against:)-(RawSpan,_)`` throws.
    public func verify(_ password: SecretBytes, against hash: String?, for tenant: UInt64 = 0) async throws -> Bool {
        try password.withBytes { (bytes) throws(CryptoError) in try Bcrypt.check(bytes) }
        let compared = hash ?? decoy
        let missing = decoys(beside: hash)
        let matches = try await pool.run(for: tenant) {
            try password.withBytes { (bytes) throws(CryptoError) in
                for decoy in missing { _ = try Bcrypt.verify(bytes, against: decoy) }
                return try Bcrypt.verify(bytes, against: compared)
            }
        }
        return matches && hash != nil
    }

    /// What is computed beside a hash, so that the work comes to that of ``cost``.
    private func decoys(beside hash: String?) -> ArraySlice<String> {
        guard let hash, let own = Bcrypt.cost(of: hash) else { return [] }
        return cheaperDecoys.dropFirst(own - Bcrypt.costs.lowerBound)
    }

    /// The rounds of bcrypt that verifying takes, for tests of its being the same for all.
    func work(for hash: String?) -> Int {
        ([hash ?? decoy] + decoys(beside: hash)).reduce(0) { $0 + 1 << (Bcrypt.cost(of: $1) ?? 0) }
    }

    /// Whether `hash` was made in another way than new ones are, and should be replaced after the next sign-in.
    public func needsRehash(_ hash: String) -> Bool { Bcrypt.cost(of: hash) != cost || !hash.hasPrefix("$2b$") }
}
