internal import PluginAPI

/// People as clients of seed 003 know them: by whole numbers and names.
struct PersonNamed: Described {
    /// nil for an account that has never had to do with a case.
    let id: Int?
    let name: String

    static let schema = Schema<PersonNamed>.object(
        PersonNamed.init(id:name:), Field("id", \.id, .optional(.number)), Field("name", \.name, .string(0...500)))
}

extension Reading where Self: ~Copyable {
    /// A person's number; nil while they have none.
    borrowing func number(of person: PersonID) throws(StoreError) -> Int? {
        try value("SELECT id FROM legalcases_person WHERE person_id = \(person)")
    }

    /// A person as answers show them; nil for nobody, and for an account that is gone.
    borrowing func named(_ person: PersonID?) throws(StoreError) -> PersonNamed? {
        guard let person, let account = try self.person(person) else { return nil }
        return PersonNamed(id: try number(of: person), name: account.name)
    }
}

extension Transaction {
    /// A person's number, from now on.
    @discardableResult
    borrowing func numbered(_ person: PersonID) throws(StoreError) -> Int {
        if let known = try number(of: person) { return known }
        return try value("INSERT INTO legalcases_person (person_id) VALUES (\(person)) RETURNING id") ?? 0
    }
}

extension LegalCases {
    /// Whoever has been here has a number.
    func signedIn(_ event: PersonSignedIn, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard event.plugin == Self.manifest.id, try tx.person(event.person) != nil else { return }
        try tx.numbered(event.person)
    }
}
