/// Who may use a route, and whose things it is about; every route says it.
///
/// A permission may reach the whole tenant, a branch, what is assigned to a person, or their own things. How a route keeps
/// to that is part of what it needs, so that no handler can forget it: see ``Extent``.
public struct Need<P: Plugin, Input: Sendable>: Sendable {
    let access: Access
    let extent: Extent?
    @usableFromInline let subject: (@Sendable (P, Input, borrowing ReadTransaction) throws -> Subject?)?

    /// Anybody, signed in or not; the reason goes into the documents.
    public static func anyone(because reason: StaticString) -> Need {
        Need(access: .anyone("\(reason)"), extent: nil, subject: nil)
    }

    /// Anybody who is signed in. Where the path names an object, the handler finds it by ``Member/id``.
    public static var member: Need { Need(access: .member, extent: nil, subject: nil) }

    /// Who holds a permission over the whole tenant. Whoever holds it for less is refused, so that the handler need not
    /// think of reach.
    public static func permission(_ permission: Permission) -> Need {
        Need(access: .permission(permission), extent: .whole, subject: nil)
    }

    /// Who holds a permission that reaches the object in question; all others are told that it does not exist.
    ///
    /// - Parameter subject: finds the object; nil when there is none.
    public static func permission(
        _ permission: Permission,
        of subject: @escaping @Sendable (P) -> @Sendable (Input, borrowing ReadTransaction) throws -> Subject?
    ) -> Need {
        Need(access: .permission(permission), extent: .object) { plugin, input, tx in try subject(plugin)(input, tx) }
    }

    /// Who holds a permission at any reach, for lists: the handler answers only what ``Call/reach`` covers. An answer for
    /// which the reach was not asked is withheld.
    public static func listing(_ permission: Permission) -> Need {
        Need(access: .permission(permission), extent: .listing, subject: nil)
    }

    /// Who holds a permission at any reach, for what the caller does and sees of their own: the handler goes by
    /// ``Member/id``. An answer for which it was not asked is withheld.
    public static func own(_ permission: Permission) -> Need {
        Need(access: .permission(permission), extent: .own, subject: nil)
    }
}

/// Who may use a route, without its types.
public enum Access: Sendable, Equatable {
    /// Anybody, for the reason given.
    case anyone(String)
    case member
    case permission(Permission)
}

/// How a route keeps to the reach of its permission.
public enum Extent: String, Sendable {
    /// Only whoever holds it over the whole tenant is let in.
    case whole
    /// The object is found and compared before the handler runs.
    case object
    /// The handler asks for the reach and answers what it covers.
    case listing
    /// The handler goes by the caller's own account.
    case own
}
