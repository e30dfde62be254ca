import Crypto
import PluginAPI

extension TenantAuth {
    /// A session for which tokens are to be made, before or after it is kept.
    struct Bearer: Sendable {
        let session: String
        let person: PersonID
        let role: String
        let permissions: [String]
        let lifetimes: Lifetimes
        let sessionEnds: Instant
        /// The branch in which the role holds; nil is everywhere.
        var branch: String?
        /// Claims that the dialect's seed has beyond those of every token.
        var claims: [(name: String, value: String)] = []
    }

    /// The session's next two tokens; nothing of them is kept yet.
    ///
    /// Signing comes before the transaction that spends a code or a refresh token: when the pool is full, nothing is
    /// spent and the client can try again.
    func tokens(for bearer: Bearer, now: Instant) async throws -> TokenAnswer {
        let ends = min(now + .seconds(bearer.lifetimes.access), bearer.sessionEnds)
        let token = AccessToken(
            issuer: tenant.origin, subject: bearer.person, session: bearer.session, issuedAt: now, expiresAt: ends,
            role: bearer.role, permissions: bearer.permissions, further: bearer.claims)
        return TokenAnswer(
            accessToken: try await sign(token), refreshToken: Random.token(bytes: 32),
            expiresIn: Int(ends.seconds - now.seconds), permissions: bearer.permissions,
            signedIn: SignedIn(person: bearer.person, role: bearer.role, branch: bearer.branch))
    }

    /// What a dialect's seed has in its tokens beyond the claims of every token: seed 004 `userId`, seed 002 `email` and
    /// `practiceId`, the branch.
    static func claims(
        _ dialect: Dialect, person: PersonID, email: Email?, branch: String?
    ) -> [(name: String, value: String)] {
        switch dialect {
        case .status: [("userId", person.rawValue)]
        case .clinic:
            [("email", email?.text), ("practiceId", branch)].compactMap { name, value in value.map { (name, $0) } }
        case .envelope, .bare, .problem: []
        }
    }

    /// The names of what a person may do in a plugin, for the token.
    static func permissions(
        _ held: [HeldRole], of person: PersonID, in plugin: PluginDefinition, methods: Set<String>,
        demand: SecondFactorDemand
    ) -> [String] {
        Roles.grants(held, of: person, in: plugin, methods: methods, demand: demand).map(\.permission.name)
    }

    func definition(of plugin: String) -> PluginDefinition? { definitions.first { $0.id == plugin } }
}
