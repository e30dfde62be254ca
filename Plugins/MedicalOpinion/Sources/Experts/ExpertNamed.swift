internal import PluginAPI

/// One expert in a path.
struct ExpertNamed: Described {
    let id: PersonID
    static let schema = Schema<ExpertNamed>.object(
        ExpertNamed.init(id:), Field("id", \.id, PersonID.schema, in: .path))
}

/// An input that names an expert.
protocol NamesExpert: Described {
    var id: PersonID { get }
}

extension ExpertNamed: NamesExpert {}

/// Why something is not kept of an expert.
enum ExpertRefusal: Refusal {
    case tooMany
    var problem: Problem { .conflict("RESOURCE_CONFLICT", "There are 200 of them already; remove one first.") }
}

extension MedicalOpinion {
    /// What decides who may see an expert's things: they themselves, and whoever sees all experts.
    func expertSubject(_ named: some NamesExpert, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.isExpert(named.id) ? Self.subject(ofExpert: named.id) : nil
    }

    static func subject(ofExpert id: PersonID) -> Subject { Subject("expert", id: id.rawValue, assignees: [id]) }
}

extension Reading where Self: ~Copyable {
    borrowing func isExpert(_ id: PersonID) throws(StoreError) -> Bool {
        let found: Int? = try value("SELECT 1 FROM medicalopinion_expert WHERE person_id = \(id)")
        return found != nil
    }
}
