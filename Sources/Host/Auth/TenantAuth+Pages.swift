import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// A session of pages that was just begun.
    struct PageSession: Sendable {
        let id: String
        let person: PersonID
        /// How it was made (RFC 8176).
        let methods: Set<String>
        /// The cookie's value, which is nowhere else.
        let secret: String
        /// How long the browser keeps it, in seconds; nil until it is closed.
        let maxAge: Int?
    }

    /// The length of a cookie's value: 256 bits as base64url.
    static let cookieLength = 43

    /// Begins a session for a person who has proven who they are. The session that the browser had before ends, so that no
    /// cookie that was planted there lives on under the new name.
    ///
    /// - Parameters:
    ///   - methods: how they have proven it (RFC 8176).
    ///   - earlier: the value of the session cookie that the browser sent.
    ///   - isStillGood: asked in the transaction that keeps the session.
    /// - Throws: ``Problem`` 401 when it is not; ``StoreError``.
    func startPageSession(
        _ person: PersonID, methods: Set<String>, isRemembered: Bool, replacing earlier: String?, origin: Origin,
        isStillGood: @escaping @Sendable (HostWriter) throws -> Bool = { _ in true }
    ) async throws -> PageSession {
        let lifetimes = PageLifetimes(settings, isRemembered: isRemembered)
        let made = PageSession(
            id: Sessions.newID(at: origin.now), person: person, methods: methods, secret: Random.token(bytes: 32),
            maxAge: lifetimes.cookie)
        let session = Sessions.New(
            id: made.id, person: person, plugin: Owner.host.id, role: "", methods: methods,
            expiresAt: origin.now + .seconds(lifetimes.absolute))
        let before = earlier.map { SessionCookies.hash(Array($0.utf8)[...]) }
        let isKept = try await database.write(as: .host) { write in
            let host = HostWriter(write)
            guard try isStillGood(host) else { return false }
            if let before, let old = try SessionCookies.find(before, host),
                let owner = try Sessions.person(of: old.session, host)
            {
                try Sessions.end(old.session, of: owner, reason: "sign-in", origin, host)
            }
            try Sessions.add(session, origin, host)
            try SessionCookies.add(made.secret, session: made.id, idle: lifetimes.idle, host)
            return true
        }
        guard isKept else { throw Problem.tokenInvalid }
        return made
    }

    /// Ends one of a person's sessions at once.
    ///
    /// - Throws: ``Problem`` 404 when the person has no such session; ``StoreError``.
    func endSession(_ id: String, of person: PersonID, reason: String, origin: Origin) async throws {
        let isTheirs = try await database.write(as: .host) { write in
            let host = HostWriter(write)
            guard try Sessions.person(of: id, host) == person else { return false }
            try Sessions.end(id, of: person, reason: reason, origin, host)
            return true
        }
        guard isTheirs else { throw Problem.notFound }
    }

    /// Ends a person's sessions at once, all or all but one.
    ///
    /// - Throws: ``StoreError``.
    func endSessions(of person: PersonID, except current: String?, origin: Origin) async throws {
        try await database.write(as: .host) {
            try Sessions.endAll(of: person, except: current, reason: "revoked", origin, HostWriter($0))
        }
    }

    /// A person's sessions that live, the last used first.
    ///
    /// - Parameter page: from 1.
    /// - Throws: ``StoreError``.
    func sessions(
        of person: PersonID, slot: Int, now: Instant, page: Int = 1, limit: Int = 100
    ) async throws -> (sessions: [ListedSession], total: Int) {
        try await database.read(slot: slot, as: .host) {
            try Sessions.live(
                of: person, idle: settings.pageIdleSeconds, now: now, page: page, limit: limit, HostReader($0))
        }
    }
}
