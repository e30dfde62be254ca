import Database
import PluginAPI

extension TenantAuth {
    /// Gives new tokens for a refresh token, which is spent by it. Needs no access token.
    ///
    /// A token that was spent before ends its whole session, since two parties hold it; unless the same client shows it
    /// again within 10 seconds while its successor is unused.
    ///
    /// - Throws: ``Problem``: 401, the same for tokens that are unknown, spent or over; 409 with `Retry-After` in the
    ///   case above. ``PoolFull``, before anything is spent; ``StoreError``.
    func refresh(_ token: String, origin: Origin) async throws -> TokenAnswer {
        let (shown, email) = try Self.required(
            try await judged(token, origin) { shown, host in
                (shown, try People.person(shown.live.person, host)?.email)
            })
        guard let definition = definition(of: shown.plugin),
            let role = Roles.role(shown.role, shown.live.held, in: definition, methods: shown.live.methods)
        else { throw Problem.tokenInvalid }
        let branch = Roles.branch(of: role, shown.live.held, in: definition)
        let bearer = Bearer(
            session: shown.session, person: shown.live.person, role: role,
            permissions: Self.permissions(
                shown.live.held, of: shown.live.person, in: definition, methods: shown.live.methods,
                demand: settings.secondFactorFor),
            lifetimes: Lifetimes(definition.dialect, settings), sessionEnds: shown.live.expiresAt, branch: branch,
            claims: Self.claims(definition.dialect, person: shown.live.person, email: email, branch: branch))
        let answer = try await tokens(for: bearer, now: origin.now)
        // It may have been spent while the signature was made.
        return try Self.required(
            try await judged(token, origin) { shown, host in
                try RefreshTokens.rotate(token, to: answer.refreshToken, session: shown.session, origin, host)
                return answer
            })
    }

    /// Ends the session of a refresh token, or all of its person, at once.
    ///
    /// A spent token ends its own session only.
    ///
    /// - Throws: ``Problem`` 401, the same for tokens that are unknown or whose session is over; ``StoreError``.
    func logout(_ token: String, allDevices: Bool, origin: Origin) async throws {
        let epoch = epoch
        let isKnown = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            switch try RefreshTokens.judge(token, origin, host) {
            case .good(let shown) where allDevices:
                try Sessions.endAll(of: shown.live.person, reason: "logout", origin, host)
            case .good(let shown):
                try Sessions.end(shown.session, of: shown.live.person, reason: "logout", origin, host)
            case .raced(let session, let person):
                try Sessions.end(session, of: person, reason: "logout", origin, host)
            case .reused(let session, let person):
                try Sessions.end(session, of: person, reason: "reuse", origin, host)
            case .refused: return false
            }
            host.afterCommit { epoch.raise() }
            return true
        }
        guard isKnown else { throw Problem.tokenInvalid }
    }

    /// Judges a token and, when it is good, does something in the same transaction.
    private func judged<T: Sendable>(
        _ token: String, _ origin: Origin, _ body: @escaping @Sendable (RefreshTokens.Shown, HostWriter) throws -> T
    ) async throws -> Judged<T> {
        let epoch = epoch
        return try await database.write(as: .host) { session in
            let host = HostWriter(session)
            switch try RefreshTokens.judge(token, origin, host) {
            case .good(let shown): return .good(try body(shown, host))
            case .refused: return .refused
            case .raced: return .raced
            case .reused(let session, let person):
                // A result and no error, because an error would undo it.
                try Sessions.end(session, of: person, reason: "reuse", origin, host)
                host.afterCommit { epoch.raise() }
                return .refused
            }
        }
    }

    private enum Judged<T: Sendable>: Sendable {
        case good(T), refused, raced
    }

    private static func required<T>(_ judged: Judged<T>) throws(Problem) -> T {
        switch judged {
        case .good(let value): return value
        case .refused: throw .tokenInvalid
        case .raced:
            throw Problem(
                409, "RESOURCE_CONFLICT", "This token was used a moment ago; take the answer to that.", retryAfter: 1)
        }
    }
}
