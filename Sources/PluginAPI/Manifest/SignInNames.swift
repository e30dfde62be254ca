/// What the fields of a sign-in are called on the wire, in each dialect as its seed has them.
public struct SignInNames: Sendable, Equatable {
    /// What people are found by.
    public enum Identifier: String, Sendable { case email, username }

    /// One member of the answer to a sign-in.
    public enum Part: Sendable, Equatable {
        case accessToken(String), refreshToken(String)
        /// Seconds until the access token expires.
        case expiresIn(String)
        /// `Bearer`
        case tokenType(String)
        case role(String), permissions(String)
        /// What the plugin tells of the account.
        case account
    }

    public let identifier: Identifier
    /// The answer's members, in order.
    public let parts: [Part]
    /// Whether names are in snake case.
    public let isSnakeCase: Bool
    /// What a refresh token is called when it is sent.
    public let refreshToken: String
    /// The least characters that a password at sign-in must have for its dialect's seed.
    public let shortestPassword: Int

    /// A dialect's names: seeds 000 §2.1 (envelope), 002 §1.2 (clinic), 003 (bare), 004 (status).
    public init(_ dialect: Dialect) {
        switch dialect {
        case .envelope:
            identifier = .email
            parts = [
                .accessToken("accessToken"), .refreshToken("refreshToken"), .expiresIn("expiresIn"),
                .tokenType("tokenType"), .account,
            ]
            shortestPassword = 1
        case .clinic, .problem:
            identifier = .email
            parts = [.accessToken("accessToken"), .refreshToken("refreshToken"), .expiresIn("expiresIn"), .account]
            shortestPassword = 8
        case .bare:
            identifier = .username
            parts = [.accessToken("access"), .refreshToken("refresh"), .account]
            shortestPassword = 1
        case .status:
            identifier = .username
            parts = [
                .accessToken("token"), .refreshToken("refreshToken"), .account, .role("role"),
                .permissions("permissions"), .expiresIn("expiresIn"),
            ]
            shortestPassword = 8
        }
        isSnakeCase = dialect == .bare
        refreshToken = dialect == .bare ? "refresh" : "refreshToken"
    }

    /// What the access token is called in answers.
    public var accessToken: String {
        for case .accessToken(let name) in parts { return name }
        return "accessToken"
    }

    /// A name as the dialect writes it: `newPassword`, or `new_password`.
    public func spelled(_ name: String) -> String {
        guard isSnakeCase else { return name }
        return name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}
