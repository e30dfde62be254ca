internal import Matching
internal import PluginAPI

/// What the firm keeps of a client beside the account.
struct ClientRow: Record {
    let id: Int
    let person: PersonID
    let companyName: String
    let address: String

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        person = try row.get("person_id")
        companyName = try row.get("company_name")
        address = try row.get("address")
    }
}

extension Reading where Self: ~Copyable {
    borrowing func client(_ id: Int) throws(StoreError) -> ClientRow? {
        try first("SELECT * FROM legalcases_client WHERE id = \(id)")
    }

    borrowing func client(of person: PersonID) throws(StoreError) -> ClientRow? {
        try first("SELECT * FROM legalcases_client WHERE person_id = \(person)")
    }

    /// A client as answers show them; nil when their account is gone.
    borrowing func shown(_ client: ClientRow) throws(StoreError) -> ClientShown? {
        guard let account = try person(client.person) else { return nil }
        return ClientShown(
            id: client.id, user: UserShown(account, number: try number(of: account.id)),
            companyName: client.companyName, phone: account.phone?.text ?? "", address: client.address)
    }

    /// A client as permissions are compared with them: whoever works on a case of theirs, or has brought them, may see them.
    borrowing func subject(of client: ClientRow) throws(StoreError) -> Subject {
        let working: [PersonID] = try values(
            """
            SELECT t.person_id FROM legalcases_matter m JOIN legalcases_team t ON t.matter_id = m.id
            WHERE m.client_id = \(client.person)
            UNION SELECT created_by FROM legalcases_client WHERE id = \(client.id) AND created_by IS NOT NULL
            """)
        return Subject("client", id: "\(client.id)", owner: client.person, assignees: Set(working))
    }
}

extension Transaction {
    /// Keeps what the firm knows of a client.
    borrowing func add(client person: PersonID, companyName: String, address: String, by author: PersonID?)
        throws(StoreError)
    {
        try numbered(person)
        try run(
            """
            INSERT INTO legalcases_client (person_id, company_name, address, name_key, created_by, created_at, updated_at)
            VALUES (\(person), \(companyName), \(address), '', \(author), \(now.microseconds), \(now.microseconds))
            """)
        try setNameKey(of: person)
    }

    /// Names by which clients are looked up, since the account's name is out of the plugin's reach.
    borrowing func setNameKey(of person: PersonID) throws(StoreError) {
        guard let account = try self.person(person), let client = try client(of: person) else { return }
        let key = FoldedText("\(account.familyName) \(account.givenName) \(client.companyName)").text
        try run("UPDATE legalcases_client SET name_key = \(key) WHERE id = \(client.id)")
    }
}

extension PersonalData {
    /// What is kept of people beside their cases.
    static let people: [PersonalData] = [
        PersonalData(table: "legalcases_person", person: "person_id", exported: ["id"], erasure: .delete),
        PersonalData(
            table: "legalcases_client", person: "person_id",
            exported: ["id", "company_name", "address", "created_at"], erasure: .delete),
    ]
}
