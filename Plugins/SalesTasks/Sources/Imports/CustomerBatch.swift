internal import PluginAPI

/// Rows of a file are kept by few statements for each batch and not by some for each row: SQLite secures every statement in a
/// transaction by itself, which takes the longer the more the transaction has changed.
extension Transaction {
    /// Keeps some rows of a file, no two of one number: customers who are not known yet, and a place in the task's queue for
    /// each.
    ///
    /// - Returns: the rows that are not taken after all.
    borrowing func keep(_ customers: [NewCustomer], of importID: String, in task: String) throws(StoreError)
        -> [RejectedRow]
    {
        guard !customers.isEmpty else { return [] }
        let places = TextList.text(Array(Set(customers.map(\.place.key))))
        try run(
            "INSERT INTO salestasks_place (id) SELECT value FROM json_each(\(places)) WHERE true ON CONFLICT DO NOTHING"
        )
        let phones = TextList.text(customers.map(\.phone.text))
        let forbidden = Set(
            try values(
                "SELECT phone FROM salestasks_dnc WHERE phone IN (SELECT value FROM json_each(\(phones)))",
                as: Phone.self))
        let allowed = customers.filter { !forbidden.contains($0.phone) }
        let known = try known(phones)
        try add(allowed.filter { known[$0.phone] == nil }, of: importID)
        try fillIn(allowed, known)
        let queued = Set(
            known.isEmpty
                ? []
                : try values(
                    """
                    SELECT c.phone FROM json_each(\(phones)) j CROSS JOIN salestasks_customer c ON c.phone = j.value
                    CROSS JOIN salestasks_work w ON w.task_id = \(task) AND w.customer_seq = c.seq
                    """, as: Phone.self))
        try queue(allowed.filter { !queued.contains($0.phone) }, of: importID, in: task)
        return customers.compactMap { customer in
            if forbidden.contains(customer.phone) { return customer.rejected("phone: is on the do-not-call list") }
            if queued.contains(customer.phone) { return customer.rejected("phone: is in this task already") }
            return nil
        }
    }

    /// Those of some numbers who are customers already.
    private borrowing func known(_ phones: String) throws(StoreError) -> [Phone: KnownCustomer] {
        let rows: [KnownCustomer] = try all(
            """
            SELECT c.seq, c.phone, c.email IS NULL AS lacks_email, c.description IS NULL AS lacks_description
            FROM json_each(\(phones)) j CROSS JOIN salestasks_customer c ON c.phone = j.value
            """)
        return Dictionary(rows.map { ($0.phone, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Adds customers whose numbers nobody has, and indexes them all at once. New rows are the last ones.
    private borrowing func add(_ customers: [NewCustomer], of importID: String) throws(StoreError) {
        guard !customers.isEmpty else { return }
        let last: Int = try value("SELECT coalesce(max(seq), 0) FROM salestasks_customer") ?? 0
        var rows = JSONWriter()
        rows.beginArray()
        for customer in customers {
            rows.beginArray()
            rows.value(newID("cus"))
            rows.value(customer.name)
            rows.value(customer.phone.text)
            rows.value(optional: customer.email?.text)
            rows.value(optional: customer.description)
            rows.value(customer.place.key)
            rows.value(customer.metadata)
            rows.endArray()
        }
        rows.endArray()
        try run(
            """
            INSERT INTO salestasks_customer
                (id, name, phone, email, description, place, metadata, import_id, created_at, updated_at)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                \(importID), \(now.microseconds), \(now.microseconds)
            FROM json_each(\(String(decoding: rows.bytes, as: UTF8.self)))
            """)
        try index(customers: "seq > \(last)")
    }

    /// Fills in what was empty of customers who are known.
    private borrowing func fillIn(_ customers: [NewCustomer], _ known: [Phone: KnownCustomer]) throws(StoreError) {
        guard !known.isEmpty else { return }
        for customer in customers {
            guard let before = known[customer.phone],
                before.lacksEmail && customer.email != nil || before.lacksDescription && customer.description != nil
            else { continue }
            try unindex(customers: "seq = \(before.seq)")
            try run(
                """
                UPDATE salestasks_customer SET email = coalesce(email, \(customer.email)),
                    description = coalesce(description, \(customer.description)), updated_at = \(now.microseconds)
                WHERE seq = \(before.seq)
                """)
            try index(customers: "seq = \(before.seq)")
        }
    }

    /// Gives customers their places in a task's queue, in the order of the file.
    private borrowing func queue(_ customers: [NewCustomer], of importID: String, in task: String) throws(StoreError) {
        guard !customers.isEmpty else { return }
        var rows = JSONWriter()
        rows.beginArray()
        for customer in customers {
            rows.beginArray()
            rows.value(newID("wrk"))
            rows.value(customer.phone.text)
            rows.value(customer.priority.rank)
            rows.value(customer.place.key)
            rows.endArray()
        }
        rows.endArray()
        try run(
            """
            INSERT INTO salestasks_work (id, task_id, customer_seq, state, priority, place, import_id, updated_at)
            SELECT j.value ->> 0, \(task), c.seq, 'importing', j.value ->> 2, j.value ->> 3, \(importID),
                \(now.microseconds)
            FROM json_each(\(String(decoding: rows.bytes, as: UTF8.self))) j
            CROSS JOIN salestasks_customer c ON c.phone = j.value ->> 1
            """)
    }

    /// Keeps what was not taken, for the reject file.
    borrowing func keep(_ rejected: [RejectedRow], of importID: String) throws(StoreError) {
        guard !rejected.isEmpty else { return }
        var rows = JSONWriter()
        rows.beginArray()
        for row in rejected {
            rows.beginArray()
            rows.value(row.row)
            rows.value(TextList.text(row.errors))
            rows.value(TextList.text(row.fields))
            rows.endArray()
        }
        rows.endArray()
        try run(
            """
            INSERT INTO salestasks_reject (import_id, row, errors, fields)
            SELECT \(importID), value ->> 0, value ->> 1, value ->> 2
            FROM json_each(\(String(decoding: rows.bytes, as: UTF8.self))) WHERE true ON CONFLICT DO NOTHING
            """)
    }
}

/// A customer of before, as far as an import looks at them.
private struct KnownCustomer: Record {
    let seq: Int
    let phone: Phone
    let lacksEmail: Bool
    let lacksDescription: Bool

    init(row: borrowing Row) throws(StoreError) {
        seq = try row.get("seq")
        phone = try row.get("phone")
        lacksEmail = try row.get("lacks_email")
        lacksDescription = try row.get("lacks_description")
    }
}

extension JSONWriter {
    fileprivate mutating func value(optional text: String?) {
        if let text { value(text) } else { null() }
    }
}

extension NewCustomer {
    func rejected(_ error: String) -> RejectedRow { RejectedRow(row: row, errors: [error], fields: fields) }
}
