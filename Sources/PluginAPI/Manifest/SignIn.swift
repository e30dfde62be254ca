/// A way to sign in that the host provides and a plugin mounts at its own paths, in its own dialect.
public struct SignIn<P: Plugin>: Sendable {
    /// The paths the sign-in answers at.
    public let paths: SignInPaths
    /// The role in this plugin that the sign-in is for; the token's `role` claim.
    public let role: String
    /// The name of the answer's member that holds the account: `customer`.
    public let member: String
    /// What that member looks like.
    public let account: JSONSchema
    /// Writes the member for a person.
    public let describe: @Sendable (P, PersonID, borrowing ReadTransaction, inout JSONWriter) throws -> Void
    /// Makes the plugin's own record for a person who signs in for the first time where registration is open.
    public let enrol: @Sendable (P, PersonID, borrowing Transaction) throws -> Void

    /// By a code texted to a phone (seed 001, contract §3).
    ///
    /// - Parameter account: the account as the answer shows it, under the name `member`.
    public static func phone<Account: Described>(
        _ paths: SignInPaths, role: String, member: String,
        account: @escaping @Sendable (P) -> @Sendable (PersonID, borrowing ReadTransaction) throws -> Account,
        enrol: @escaping @Sendable (P) -> @Sendable (PersonID, borrowing Transaction) throws -> Void
    ) -> SignIn {
        SignIn(
            paths: paths, role: role, member: member, account: Account.schema.document,
            describe: { plugin, person, tx, writer in
                Account.schema.encode(try account(plugin)(person, tx), into: &writer)
            },
            enrol: { plugin, person, tx in try enrol(plugin)(person, tx) })
    }
}

/// Where a sign-in by texted code answers. Each is a POST.
public struct SignInPaths: Sendable, Equatable {
    /// Asks for a code: `{phone}` → 202.
    public let request: String
    /// Proves it: `{phone, code}` → tokens.
    public let verify: String
    /// `{refreshToken}` → new tokens.
    public let refresh: String
    /// `{refreshToken, allDevices?}` → 204.
    public let logout: String

    public init(request: String, verify: String, refresh: String, logout: String) {
        self.request = request
        self.verify = verify
        self.refresh = refresh
        self.logout = logout
    }

    /// All four.
    public var all: [String] { [request, verify, refresh, logout] }
}
