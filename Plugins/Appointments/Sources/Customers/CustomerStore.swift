internal import PluginAPI

extension Reading where Self: ~Copyable {
    /// What the clinic keeps of a person; nil for those who are no customers.
    borrowing func customer(of person: PersonID) throws(StoreError) -> CustomerRow? {
        try first(CustomerRow.select + "WHERE person_id = \(person)")
    }

    /// A customer's profile; nil for those who are no customers.
    borrowing func profile(of person: PersonID) throws(StoreError) -> Profile? {
        guard let row = try customer(of: person), let account = try self.person(person) else { return nil }
        return Profile(row, account)
    }
}

extension Transaction {
    /// Makes a customer of a person; who is one already stays as they are.
    borrowing func enrol(_ person: PersonID) throws(StoreError) {
        let key = try self.person(person).map { NameKey.of($0) } ?? ""
        try run(
            """
            INSERT INTO appointments_customer (id, person_id, name_key, created_at, updated_at)
            VALUES (\(newID("cus")), \(person), \(key), \(now.microseconds), \(now.microseconds))
            ON CONFLICT (person_id) DO NOTHING
            """)
    }

    /// Changes what the clinic keeps of a person.
    borrowing func changeCustomer(of person: PersonID, _ columns: [SQL]) throws(StoreError) {
        let key = try self.person(person).map { NameKey.of($0) } ?? ""
        let changes = SQL.joined(columns + ["name_key = \(key)", "updated_at = \(now.microseconds)"], by: ", ")
        try run("UPDATE appointments_customer SET \(changes) WHERE person_id = \(person)")
    }
}

extension Reading where Self: ~Copyable {
    /// What the clinic keeps of a patient.
    borrowing func customer(_ id: String) throws(StoreError) -> CustomerRow? {
        try first(CustomerRow.select + "WHERE id = \(id)")
    }
}
