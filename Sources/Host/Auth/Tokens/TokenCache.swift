import Crypto
import PluginAPI

/// The credentials that one event loop has proven, with who they stand for.
///
/// It holds a fixed number of entries. When it is full a hand goes round and takes the first that was not used since the
/// hand last passed (CLOCK), so that tokens in use stay.
struct TokenCache {
    /// A token of a tenant; tenants are told apart by the epoch they own, which the entry keeps alive.
    struct Key: Hashable {
        let token: Digest256
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
        var isUsed = false
    }

    private let capacity: Int
    private var entries: [Entry] = []
    private var places: [Key: Int] = [:]
    private var hand = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

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
        guard let place = places[key] else { return .nothing }
        guard now < entries[place].expiresAt else {
            remove(key)
            return .expired
        }
        entries[place].isUsed = true
        if entries[place].epoch == epoch { return .known(entries[place].facts) }
        let entry = entries[place]
        return .stale(
            AccessToken.Verified(
                person: entry.facts.person, session: entry.facts.session ?? "", expiresAt: entry.expiresAt,
                kid: entry.kid))
    }

    /// Keeps a token, or replaces what is known of it.
    mutating func keep(_ entry: Entry) {
        if let place = places[entry.key] {
            entries[place] = entry
        } else if entries.count < capacity {
            places[entry.key] = entries.count
            entries.append(entry)
        } else {
            while entries[hand].isUsed {
                entries[hand].isUsed = false
                hand = (hand + 1) % capacity
            }
            places[entries[hand].key] = nil
            places[entry.key] = hand
            entries[hand] = entry
            hand = (hand + 1) % capacity
        }
    }

    /// Forgets a token.
    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        let last = entries.removeLast()
        if place < entries.count {
            entries[place] = last
            places[last.key] = place
        }
        if hand >= entries.count { hand = 0 }
    }
}
