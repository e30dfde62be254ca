/// A way to sign in that the host provides and a plugin mounts at its own paths, in its own dialect.
///
/// The host does the work; the plugin says where, for whom, and what the answer tells of the account.
public struct SignIn<P: Plugin>: Sendable {
    /// What it is, without its plugin's type.
    public let declaration: SignInDeclaration
    /// Writes what the answer tells of whoever signed in.
    public let describe: @Sendable (P, SignedIn, borrowing ReadTransaction, inout JSONWriter) throws -> Void
    /// Makes the plugin's own record for a person who signs in for the first time where registration is open.
    public let enrol: @Sendable (P, PersonID, borrowing Transaction) throws -> Void

    /// By a code texted to a phone (seed 001, contract §3).
    ///
    /// - Parameters:
    ///   - role: the role the sign-in is for, and what a new account gets where registration is open.
    ///   - account: the account as the answer shows it, under the name `member`.
    ///   - enrol: makes the plugin's record of a new account.
    public static func phone<Account: Described>(
        _ paths: PhoneSignInPaths, role: String, member: String,
        account: @escaping @Sendable (P) -> @Sendable (PersonID, borrowing ReadTransaction) throws -> Account,
        enrol: @escaping @Sendable (P) -> @Sendable (PersonID, borrowing Transaction) throws -> Void
    ) -> SignIn {
        SignIn(
            declaration: SignInDeclaration(
                method: .phone, roles: [role], registers: role, paths: paths.steps,
                account: .member(member, Account.schema.document)),
            describe: { plugin, signedIn, tx, writer in
                Account.schema.encode(try account(plugin)(signedIn.person, tx), into: &writer)
            },
            enrol: { plugin, person, tx in try enrol(plugin)(person, tx) })
    }

    /// By a password (contract §3), with an answer that tells of the account.
    ///
    /// - Parameters:
    ///   - roles: the roles the sign-in is for. A person gets the first they have; one without any of them is refused
    ///     like a wrong password.
    ///   - member: under which name the answer shows the account; nil puts its members beside the tokens, as seed 004
    ///     does.
    ///   - account: the account as the answer shows it.
    public static func password<Account: Described>(
        _ paths: PasswordSignInPaths, roles: [String], member: String?,
        account: @escaping @Sendable (P) -> @Sendable (SignedIn, borrowing ReadTransaction) throws -> Account
    ) -> SignIn {
        SignIn(
            declaration: SignInDeclaration(
                method: .password, roles: roles, registers: nil, paths: paths.steps,
                account: member.map { .member($0, Account.schema.document) } ?? .beside(Account.schema.document)),
            describe: { plugin, signedIn, tx, writer in
                Account.schema.encode(try account(plugin)(signedIn, tx), into: &writer)
            }, enrol: { _, _, _ in })
    }

    /// By a password, with an answer of tokens alone (seed 003).
    public static func password(_ paths: PasswordSignInPaths, roles: [String]) -> SignIn {
        SignIn(
            declaration: SignInDeclaration(
                method: .password, roles: roles, registers: nil, paths: paths.steps, account: .none),
            describe: { _, _, _, _ in }, enrol: { _, _, _ in })
    }

    /// The same sign-in, where people may also register by themselves, if their tenant allows it.
    ///
    /// - Parameters:
    ///   - role: what a new account gets; one of the roles the sign-in is for.
    ///   - path: takes registrations.
    ///   - enrol: makes the plugin's record of a new account.
    public func registering(
        at path: String, as role: String,
        enrol: @escaping @Sendable (P) -> @Sendable (PersonID, borrowing Transaction) throws -> Void
    ) -> SignIn {
        var declaration = declaration
        declaration.registers = role
        declaration.paths.append((.register, path))
        return SignIn(declaration: declaration, describe: describe) { plugin, person, tx in
            try enrol(plugin)(person, tx)
        }
    }
}

/// Who has just signed in.
public struct SignedIn: Sendable, Equatable {
    public let person: PersonID
    /// The role that the sign-in gave; the token's `role` claim.
    public let role: String
    /// The branch in which the role holds; nil is everywhere.
    public let branch: String?

    /// The host makes one.
    public init(person: PersonID, role: String, branch: String?) {
        self.person = person
        self.role = role
        self.branch = branch
    }
}
