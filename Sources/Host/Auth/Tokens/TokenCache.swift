import Crypto
import PluginAPI

/// The credentials that one event loop has proven, with who they stand for: a fixed number of entries, of which those in
/// use stay.
struct TokenCache {
    /// A token of a tenant; tenants are told apart by the epoch they own, which the entry keeps alive.
    struct Key: Hashable {
        /// An access token itself, which lives for minutes; of what lives longer the digest.
        let token: SecretKey
        let tenant: ObjectIdentifier
        /// What is good as one kind of credential is nothing as another.
        var kind = Credential.Kind.accessToken
    }

    struct Entry {
        let key: Key
        let tenant: AuthEpoch
        let expiresAt: Instant
        let kid: String
        /// The epoch of before the session was read.
        var epoch: UInt64
        var facts: SessionFacts
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

    /// Looks a token up.
    ///
    /// - Parameter epoch: the tenant's now.
    mutating func find(_ key: Key, epoch: UInt64, now: Instant) -> Found {
        guard let entry = entries.find(key) else { return .nothing }
        guard now < entry.expiresAt else {
            entries.remove(key)
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
