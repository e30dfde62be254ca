import Crypto
import PluginAPI

/// What people do with their API keys. Every function belongs to a transaction and leaves its trace in the audit log.
enum APIKeys {
    /// A key that is asked for.
    struct New: Sendable {
        var name: String
        /// Names of permissions, each held by whoever asks.
        var scopes: [String]
        /// In a year when nil.
        var expiresAt: Instant?
        var addresses: [AddressRange] = []
    }

    /// A person has at most so many that can be used.
    static let limit = 25
    /// A key lasts this long where nothing is said, and at most ``longest``.
    static let usual = Duration.seconds(365 * 86_400)
    static let longest = Duration.seconds(3 * 365 * 86_400)
    /// For how many hours the old text of a rotated key may stay good: at once over, to 30 days.
    static let overlapHours = 0...720

    /// Makes a key.
    ///
    /// - Parameter creator: somebody with a session; their permissions bound the key's, now and at every use.
    /// - Returns: the key, and its text, which is nowhere else.
    /// - Throws: ``Problem``: 403 for callers without a session, 400 for scopes that the creator does not hold, 409 when
    ///   there are too many keys; ``StoreError``.
    static func create(
        _ new: New, by creator: SessionFacts, _ origin: Origin, _ host: HostWriter
    ) throws -> (key: APIKey, text: String) {
        guard creator.session != nil else { throw Problem.interactiveOnly }
        let now = origin.now
        var mistakes: [Mistake] = []
        for (index, scope) in new.scopes.enumerated() where !isWritten(scope) || !creator.holds(Permission(scope)) {
            mistakes.append(
                Mistake([.name("scopes"), .index(index)], .notAllowed, "must be a permission that you hold yourself"))
        }
        let expiresAt = new.expiresAt ?? now + usual
        if expiresAt <= now || expiresAt > now + longest {
            mistakes.append(
                Mistake([.name("expiresAt")], .range, "must be in the future, and within three years"))
        }
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        guard try APIKeyTable.count(of: creator.person, now: now, host) < limit else {
            throw Problem.conflict("RESOURCE_CONFLICT", "You have \(limit) API keys already; revoke one first.")
        }
        let id = Identifier.make("key", at: now)
        let text = APIKeyText.make(id: id)
        let key = APIKey(
            id: id, person: creator.person, name: new.name, scopes: Array(Set(new.scopes)).sorted(),
            methods: creator.methods, addresses: new.addresses, hash: APIKeyText.hash(text), createdAt: now,
            expiresAt: expiresAt)
        try APIKeyTable.add(key, host)
        let details: JSON = [
            "name": .string(key.name), "scopes": .array(key.scopes.map { .string($0) }),
            "expiresAt": .string(key.expiresAt.description),
        ]
        try audit("api-key.created", key, details, origin, host)
        return (key, text)
    }

    /// Gives a key a new text; the old one stays good for some hours, so that programs can be moved one by one.
    ///
    /// - Throws: ``Problem`` 404 when the person has no such key; ``StoreError``.
    static func rotate(
        _ id: String, of person: PersonID, overlapHours: Int, _ origin: Origin, _ host: HostWriter
    ) throws -> (key: APIKey, text: String) {
        let key = try usable(id, of: person, origin.now, host)
        let text = APIKeyText.make(id: id)
        let until = origin.now + .seconds(overlapHours * 3600)
        try APIKeyTable.replace(id, hash: APIKeyText.hash(text), previousUntil: until, host)
        AuthChange.announce(host)
        try audit("api-key.rotated", key, ["overlapHours": .integer(Int64(overlapHours))], origin, host)
        return (key, text)
    }

    /// Ends a key at once.
    ///
    /// - Parameter person: whose; anybody's when nil.
    /// - Throws: ``Problem`` 404 when there is no such key; ``StoreError``.
    static func revoke(_ id: String, of person: PersonID?, _ origin: Origin, _ host: HostWriter) throws {
        guard let key = try APIKeyTable.find(id, host), person == nil || key.person == person,
            try APIKeyTable.revoke(id, now: origin.now, host)
        else { throw Problem.notFound }
        AuthChange.announce(host)
        try audit("api-key.revoked", key, ["name": .string(key.name)], origin, host)
    }

    /// Whether a scope is written as permissions are, `verb:resource`: what is not could hold another one.
    private static func isWritten(_ scope: String) -> Bool {
        let words = scope.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return words.count == 2
            && words.allSatisfy { word in
                word.elementsEqual("*".utf8)
                    || !word.isEmpty
                        && word.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 0x2D }
            }
    }

    private static func usable(
        _ id: String, of person: PersonID, _ now: Instant, _ host: HostWriter
    ) throws -> APIKey {
        guard let key = try APIKeyTable.find(id, host), key.person == person, key.revokedAt == nil,
            now < key.expiresAt
        else { throw Problem.notFound }
        return key
    }

    private static func audit(
        _ action: String, _ key: APIKey, _ details: JSON, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try AuditTable.append(
            AuditEntry(action, on: Subject("api-key", id: key.id, owner: key.person), details: details), origin, host)
    }
}

extension Problem {
    /// 403 for an API key where a person must act.
    static let interactiveOnly = Problem(
        403, "INSUFFICIENT_PERMISSIONS", "An API key cannot do this; sign in as a person.")
    /// 401 for an API key whose checksum is wrong.
    static let apiKeyMistyped = Problem(
        401, "AUTH_TOKEN_INVALID", "The API key is incomplete or mistyped.")
}
