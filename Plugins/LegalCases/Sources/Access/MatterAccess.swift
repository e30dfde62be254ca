internal import PluginAPI

/// Who may see what of a case is decided here and nowhere else: its team, its client for what is theirs, and whoever holds a
/// permission over the whole firm.
extension Matter {
    /// Something of the case, as permissions are compared with it.
    func subject(_ kind: String, _ id: Int) -> Subject {
        Subject(kind, id: "\(id)", owner: client, assignees: team)
    }

    /// The case itself.
    var subject: Subject { subject("case", id) }
}

extension Reading where Self: ~Copyable {
    /// The cases that lie within a reach; nil for all.
    borrowing func matters(within reach: Reach) throws(StoreError) -> [Int]? {
        switch reach {
        case .tenant: nil
        case .assigned(let person): try values("SELECT matter_id FROM legalcases_team WHERE person_id = \(person)")
        case .own(let person): try values("SELECT id FROM legalcases_matter WHERE client_id = \(person)")
        case .branches: []
        }
    }
}

/// An input that names a case.
protocol NamesCase: Described {
    /// The case's.
    var id: Int { get }
}

extension LegalCases {
    /// The case that a route names, for deciding who may see it.
    func caseSubject(_ named: some NamesCase, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.matter(named.id)?.subject
    }

    /// A case that somebody names in an input, for one who may do something with it; all others are told that there is none.
    func matter(_ id: Int, within reach: Reach?, _ tx: borrowing some Reading & ~Copyable) throws -> Matter {
        guard let reach, let matter = try tx.matter(id), reach.covers(matter.subject) else { throw Problem.notFound }
        return matter
    }
}
