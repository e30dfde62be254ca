internal import PluginAPI

/// What the answer of `/admin/login` tells of whoever signed in (seed 004).
struct AdminSignedIn: Described {
    let adminId: PersonID
    let username: String

    static let schema = Schema<AdminSignedIn>.object(
        AdminSignedIn.init(adminId:username:), Field("adminId", \.adminId, PersonID.schema),
        Field("username", \.username, .string(0...254)))
}

/// What the answer of `/user/login` tells of whoever signed in (seed 004).
struct RepresentativeSignedIn: Described {
    let salesId: PersonID
    let name: String
    let skillsScore: SkillsScore

    static let schema = Schema<RepresentativeSignedIn>.object(
        RepresentativeSignedIn.init(salesId:name:skillsScore:), Field("salesId", \.salesId, PersonID.schema),
        Field("name", \.name, .string(0...201)), Field("skillsScore", \.skillsScore, SkillsScore.schema))
}

extension SalesTasks {
    func admin(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> AdminSignedIn {
        guard let person = try tx.person(signedIn.person) else { throw Problem.notFound }
        return AdminSignedIn(adminId: person.id, username: person.username ?? person.email?.text ?? person.name)
    }

    func representative(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> RepresentativeSignedIn {
        RepresentativeSignedIn(
            salesId: signedIn.person, name: try tx.name(of: signedIn.person),
            skillsScore: try tx.skills(of: signedIn.person))
    }

    /// Representatives who signed in were at work then, whether they called anybody or not.
    func signedIn(_ event: PersonSignedIn, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard event.plugin == Self.manifest.id, event.role == Role.representative.name else { return }
        try tx.noteRepresentative(event.person)
        try tx.notePresence(of: event.person, at: event.at)
    }
}
