/// Something a role may allow, named `verb:resource` (seed 002 §2.2): `read:appointments`, with `*` for all of one part.
public struct Permission: Sendable, Hashable {
    /// `read:appointments`
    public let name: String
    /// What it allows, for the admin who builds roles.
    public let summary: String

    /// Whether it stands for several.
    private let isPattern: Bool

    public init(_ name: String, _ summary: String = "") {
        self.name = name
        self.summary = summary
        isPattern = name.utf8.last == UInt8(ascii: "*") || name.utf8.first == UInt8(ascii: "*")
    }

    public static func == (left: Permission, right: Permission) -> Bool { left.name == right.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Whether holding this one means holding the other: `read:*` covers `read:appointments`.
    public func covers(_ other: Permission) -> Bool {
        if name == other.name { return true }
        guard isPattern else { return false }
        let mine = parts, others = other.parts
        return (mine.verb == "*" || mine.verb == others.verb)
            && (mine.resource == "*" || mine.resource == others.resource)
    }

    /// True when the name is two words of lower-case letters, digits, `-`, or `*`, with a colon between.
    var isWellFormed: Bool {
        let words = name.split(separator: ":", omittingEmptySubsequences: false)
        return words.count == 2
            && words.allSatisfy { word in
                word == "*"
                    || !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
            }
    }

    private var parts: (verb: Substring, resource: Substring) {
        let verb = name.prefix { $0 != ":" }
        return (verb, name.dropFirst(verb.count + 1))
    }
}

/// How far a role lets a permission reach.
public enum Scope: String, Sendable, CaseIterable {
    /// Every object of the tenant.
    case tenant
    /// Objects of the branches the person belongs to.
    case branch
    /// Objects assigned to the person.
    case assigned
    /// The person's own objects.
    case own
}

/// A role that a plugin brings; tenants may add their own from the same permissions.
public struct Role: Sendable, Equatable {
    /// The word in the token's `role` claim: `ADMIN`, `customer`.
    public let name: String
    /// What it is for.
    public let summary: String
    /// What it allows and how far.
    public let allows: [Allowance]
    /// What a session must have been made with to hold the role.
    public let needs: Proof
    /// Whether its holders also run the tenant itself through the host's API: people, roles, settings, audit.
    public let administersTenant: Bool

    /// How strong a session's sign-in must be for a role (contract §3).
    public enum Proof: String, Sendable {
        /// Any way of signing in, a texted code too.
        case any
        /// A password or an OIDC sign-in; a texted code never yields the role.
        case passwordOrFederated
    }

    /// A permission with the scope a role gives it.
    public struct Allowance: Sendable, Equatable {
        public let permission: Permission
        public let scope: Scope

        public init(_ permission: Permission, _ scope: Scope) {
            self.permission = permission
            self.scope = scope
        }
    }

    public init(
        _ name: String, _ summary: String, needs: Proof, allows: [Allowance], administersTenant: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.needs = needs
        self.allows = allows
        self.administersTenant = administersTenant
    }
}
