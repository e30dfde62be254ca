public import StoreAPI

/// Which objects a permission covers for one principal.
public enum Reach: Sendable, Equatable {
    /// Every object of the tenant.
    case tenant
    /// Objects of these branches.
    case branches(Set<String>)
    /// Objects assigned to the person.
    case assigned(PersonID)
    /// The person's own objects, or those of the person acted for.
    case own(PersonID)

    /// Whether a subject lies within.
    public func covers(_ subject: Subject) -> Bool {
        switch self {
        case .tenant: true
        case .branches(let branches): subject.branch.map { branches.contains($0) } ?? false
        case .assigned(let person): subject.assignees.contains(person)
        case .own(let person): subject.owner == person
        }
    }

    /// The wider of two reaches; branches add up.
    func union(_ other: Reach) -> Reach {
        if case .branches(let mine) = self, case .branches(let others) = other { return .branches(mine.union(others)) }
        return width >= other.width ? self : other
    }

    private var width: Int {
        switch self {
        case .tenant: 3
        case .branches: 2
        case .assigned: 1
        case .own: 0
        }
    }

    /// The reach as a condition over a table's columns, for lists; a column that the table lacks covers nothing.
    public func condition(owner: StaticString? = nil, branch: StaticString? = nil, assignee: StaticString? = nil) -> SQL
    {
        switch self {
        case .tenant: return "1 = 1"
        case .branches(let branches):
            guard let branch else { return "1 = 0" }
            return SQL(column: branch) + "IN \(SQL.list(branches.sorted()))"
        case .assigned(let person):
            guard let assignee else { return "1 = 0" }
            return SQL(column: assignee) + "= \(person)"
        case .own(let person):
            guard let owner else { return "1 = 0" }
            return SQL(column: owner) + "= \(person)"
        }
    }
}

/// What a request or an event is about, as far as deciding who may see it needs.
public struct Subject: Sendable, Equatable {
    /// What kind of object: `appointment`.
    public let kind: String
    /// Its id.
    public let id: String
    /// Whose it is.
    public let owner: PersonID?
    /// Where it belongs.
    public let branch: String?
    /// Who works on it.
    public let assignees: Set<PersonID>

    public init(
        _ kind: String, id: String, owner: PersonID? = nil, branch: String? = nil, assignees: Set<PersonID> = []
    ) {
        self.kind = kind
        self.id = id
        self.owner = owner
        self.branch = branch
        self.assignees = assignees
    }
}
