/// Who may use a route; every route says it.
public struct Need<P: Plugin, Input: Sendable>: Sendable {
    let access: Access
    @usableFromInline let subject: (@Sendable (P, Input, borrowing ReadTransaction) throws -> Subject?)?

    /// Anybody, signed in or not; the reason goes into the documents.
    public static func anyone(because reason: StaticString) -> Need {
        Need(access: .anyone("\(reason)"), subject: nil)
    }

    /// Anybody who is signed in.
    public static var member: Need { Need(access: .member, subject: nil) }

    /// Who holds a permission at any scope; the handler limits lists to ``Call/reach``.
    public static func permission(_ permission: Permission) -> Need {
        Need(access: .permission(permission), subject: nil)
    }

    /// Who holds a permission that reaches the object in question; all others are told that it does not exist.
    ///
    /// - Parameter subject: finds the object; nil when there is none.
    public static func permission(
        _ permission: Permission,
        of subject: @escaping @Sendable (P) -> @Sendable (Input, borrowing ReadTransaction) throws -> Subject?
    ) -> Need {
        Need(access: .permission(permission)) { plugin, input, tx in try subject(plugin)(input, tx) }
    }
}

/// Who may use a route, without its types.
public enum Access: Sendable, Equatable {
    /// Anybody, for the reason given.
    case anyone(String)
    case member
    case permission(Permission)
}
