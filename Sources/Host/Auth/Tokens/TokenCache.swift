import Crypto
import PluginAPI

/// The credentials that one event loop has proven, with who they stand for: a fixed number of entries, of which those in
/// use stay.
struct TokenCache {
    /// A token of a tenant; tenants are told apart by the epoch they own, which the entry keeps alive.
    struct Key: ClockKey {
        /// An access token itself, which lives for minutes; of what lives longer the digest.
        let token: SecretKey
        let tenant: ObjectIdentifier
        /// What is good as one kind of credential is nothing as another.
        let kind: Credential.Kind
        let digest: Int

        /// - Parameter hashed: how many of the last bytes are hashed.
        init(
            _ token: Span<UInt8>, hashing hashed: Int = .max, tenant: ObjectIdentifier,
            kind: Credential.Kind = .accessToken
        ) {
            self.token = SecretKey(token, hashing: hashed)
            self.tenant = tenant
            self.kind = kind
            digest = Self.digest(token, hashed, tenant, kind)
        }

        static func digest(
            _ token: Span<UInt8>, _ hashed: Int, _ tenant: ObjectIdentifier, _ kind: Credential.Kind
        ) -> Int {
            SecretKey.digest(of: token, hashing: hashed) { hasher in
                hasher.combine(tenant)
                hasher.combine(kind)
            }
        }
    }

    /// A class, so that a look-up counts one reference and not each of its parts.
    final class Entry: Sendable {
        let key: Key
        let tenant: AuthEpoch
        let expiresAt: Instant
        let kid: String
        /// The epoch of before the session was read.
        let epoch: UInt64
        let facts: SessionFacts

        init(key: Key, tenant: AuthEpoch, expiresAt: Instant, kid: String, epoch: UInt64, facts: SessionFacts) {
            self.key = key
            self.tenant = tenant
            self.expiresAt = expiresAt
            self.kid = kid
            self.epoch = epoch
            self.facts = facts
        }
    }

    private var entries: ClockCache<Key, Entry>

    init(capacity: Int) { entries = ClockCache(capacity: capacity) }

    var count: Int { entries.count }

    /// What is known of a token, which counts as used now.
    enum Found {
        case nothing
        /// Nothing has changed since the session was read.
        case known(SessionFacts)
        /// The token is proven, the session must be read again.
        case stale(AccessToken.Verified)
        /// It was good.
        case expired
    }

    /// Looks a credential up.
    ///
    /// - Parameter epoch: the tenant's now.
    mutating func find(_ key: Key, epoch: UInt64, now: Instant) -> Found {
        guard let entry = entries.find(key) else { return .nothing }
        return found(entry, epoch, now)
    }

    /// Looks an access token up without a copy of it.
    ///
    /// - Parameters:
    ///   - hashed: how many of its last bytes are hashed in its key.
    ///   - tenant: the tenant's own epoch, and what it is now.
    mutating func find(
        _ token: Span<UInt8>, hashing hashed: Int, tenant: ObjectIdentifier, epoch: UInt64, now: Instant
    ) -> Found {
        let digest = Key.digest(token, hashed, tenant, .accessToken)
        let entry = entries.find(digest: digest) {
            $0.tenant == tenant && $0.kind == .accessToken && $0.token.matches(token)
        }
        guard let entry else { return .nothing }
        return found(entry, epoch, now)
    }

    private mutating func found(_ entry: Entry, _ epoch: UInt64, _ now: Instant) -> Found {
        guard now < entry.expiresAt else {
            entries.remove(entry.key)
            return .expired
        }
        if entry.epoch == epoch { return .known(entry.facts) }
        return .stale(
            AccessToken.Verified(
                person: entry.facts.person, session: entry.facts.session ?? "", expiresAt: entry.expiresAt,
                kid: entry.kid))
    }

    /// Keeps a token, or replaces what is known of it.
    mutating func keep(_ entry: Entry) { entries.keep(entry, under: entry.key) }

    /// Forgets a token.
    mutating func remove(_ key: Key) { entries.remove(key) }
}
