import Crypto
import PluginAPI
import Synchronization

/// Tickets for browsers, which can give neither a WebSocket nor an `EventSource` a header: good once, for 30 seconds,
/// for the session that asked. Kept in memory: whoever loses one asks for another.
final class Tickets: Sendable {
    /// How long a ticket is good, in seconds.
    static let lifetime = 30
    /// Tickets that wait at a time in one tenant, and of one person.
    private static let limit = 10_000, limitPerPerson = 20

    /// What a ticket stands for.
    struct Holder: Sendable {
        let person: PersonID
        let session: String
        /// Until when the connection lasts that is made with it, at most.
        let until: Instant
    }

    private struct Waiting {
        let holder: Holder
        let expiresAt: Instant
    }

    private let waiting = Mutex<[Digest256: Waiting]>([:])

    /// A new ticket.
    ///
    /// - Throws: ``Problem`` 429 when the person has asked for many and used none; 503 when everybody has.
    func issue(to holder: Holder, now: Instant) throws(Problem) -> String {
        let text = Random.token(bytes: 32)
        let ticket = Waiting(holder: holder, expiresAt: now + .seconds(Self.lifetime))
        let full = waiting.withLock { waiting -> Problem? in
            // Expired ones are looked for when a bound is met, and not before: issuing stays cheap.
            func count() -> Int { waiting.values.count { $0.holder.person == holder.person } }
            if waiting.count >= Self.limitPerPerson, waiting.count >= Self.limit || count() >= Self.limitPerPerson {
                waiting = waiting.filter { now < $0.value.expiresAt }
            }
            if waiting.count >= Self.limit { return .unavailable }
            if waiting.count >= Self.limitPerPerson, count() >= Self.limitPerPerson {
                return Problem(
                    429, "RATE_LIMIT_EXCEEDED", "Use the tickets you have first.", retryAfter: Self.lifetime)
            }
            waiting[SHA256.hash(Array(text.utf8))] = ticket
            return nil
        }
        if let full { throw full }
        return text
    }

    /// Who a ticket was given to; nil when it is none, was used, or is too old. It is worth nothing from here on.
    func redeem(_ text: String, now: Instant) -> Holder? {
        guard text.utf8.count == 43 else { return nil }
        let hash = SHA256.hash(Array(text.utf8))
        guard let found = waiting.withLock({ $0.removeValue(forKey: hash) }), now < found.expiresAt else { return nil }
        return found.holder
    }
}
