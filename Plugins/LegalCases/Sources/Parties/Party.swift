internal import PluginAPI

/// Who somebody is in a case.
enum PartyRole: String, CaseIterable, Sendable, SQLConvertible {
    case client = "CLIENT"
    case opponent = "OPPONENT"
    case opposingCounsel = "OPPOSING_COUNSEL"
    case witness = "WITNESS"
    /// A company of the same group, a family member, a guarantor.
    case related = "RELATED"
    case other = "OTHER"
}

/// Somebody who has to do with a case.
struct Party: Record {
    let id: Int
    let matter: Int
    let name: String
    let role: PartyRole
    let note: String
    let createdAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        name = try row.get("name")
        role = try row.get("role")
        note = try row.get("note")
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}

/// A party as answers show it.
struct PartyShown: Described {
    let id: Int
    let name: String
    let role: PartyRole
    let note: String

    static let schema = Schema<PartyShown>.object(
        PartyShown.init(id:name:role:note:), Field("id", \.id, .number), Field("name", \.name, .string(1...300)),
        Field("role", \.role, .oneOf), Field("note", \.note, .string(0...2000)))
}

extension PartyShown {
    init(_ party: Party) { self.init(id: party.id, name: party.name, role: party.role, note: party.note) }
}

/// A party that is added.
struct NewParty: Described {
    let name: String
    let role: PartyRole
    let note: String

    static let schema = Schema<NewParty>.object(
        NewParty.init(name:role:note:), Field("name", \.name, .string(1...300)), Field("role", \.role, .oneOf),
        Field("note", \.note, .string(0...2000), default: ""))
}

extension Reading where Self: ~Copyable {
    /// The parties of a case.
    borrowing func parties(of matter: Int) throws(StoreError) -> [Party] {
        try all("SELECT * FROM legalcases_party WHERE matter_id = \(matter) ORDER BY id LIMIT 1000")
    }
}

extension Transaction {
    /// Adds a party, to be found by its name from then on.
    @discardableResult
    borrowing func add(_ new: NewParty, to matter: Int, person: PersonID?) throws(StoreError) -> Int {
        let id: Int? = try value(
            """
            INSERT INTO legalcases_party (matter_id, name, role, note, person_id, created_at)
            VALUES (\(matter), \(new.name), \(new.role), \(new.note), \(person), \(now.microseconds)) RETURNING id
            """)
        guard let id else { return 0 }
        for word in PartyName(new.name).keys {
            try run("INSERT INTO legalcases_party_word (word, party_id) VALUES (\(word), \(id)) ON CONFLICT DO NOTHING")
        }
        return id
    }

    /// A client is a party of their case, by their own name and their company's.
    borrowing func add(client person: PersonID, to matter: Int) throws(StoreError) {
        let company = try client(of: person)?.companyName ?? ""
        for name in [try self.person(person)?.name ?? "", company] where !name.isEmpty {
            try add(NewParty(name: name, role: .client, note: ""), to: matter, person: person)
        }
    }
}
