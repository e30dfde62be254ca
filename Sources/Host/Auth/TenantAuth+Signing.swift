import Crypto
import Database
import PluginAPI
import Synchronization
import Workers

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

    /// Signs with a new key when the one until now is older than the tenant's setting says.
    func rotateSigningKeyIfDue(_ origin: Origin) async throws {
        guard let key = signingKeys.withLock({ $0.signing }),
            origin.now - key.createdAt >= .seconds(settings.signingKeyRotationDays * 86_400)
        else { return }
        try await rotateSigningKey(origin)
    }

    /// Signs with a new key from now on; tokens of the old ones are accepted until they have expired.
    ///
    /// - Returns: the new key's id.
    /// - Throws: ``PoolFull`` when too many wait for a key; ``StoreError``.
    @discardableResult
    func rotateSigningKey(_ origin: Origin) async throws -> String {
        let spare = try await spareKeys.take()
        let epoch = epoch
        let kid = Base64URL.encode(spare.publicKey.thumbprint.bytes)
        let rows = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            try SigningKeyTable.retireAll(now: origin.now, host)
            try SigningKeyTable.add(spare, now: origin.now, host)
            try AuditTable.append(AuditEntry("signing-key.rotated", on: Subject("signing-key", id: kid)), origin, host)
            host.afterCommit { epoch.raise() }
            return try SigningKeyTable.all(host)
        }
        return try adopt(rows, now: origin.now).kid
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
        signingKeys.adopt(keys)
        return key
    }
}
