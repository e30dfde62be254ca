internal import PluginAPI

/// An import as its table holds it.
struct ImportRow: Record {
    let id: String
    let task: String
    let fileName: String
    let state: ImportState
    let header: [String]
    let rows: Int
    let kept: Int
    let rejected: Int
    let makesTask: Bool
    let createdAt: Instant
    let finishedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        task = try row.get("task_id")
        fileName = try row.get("file_name")
        state = try row.get("state")
        header = TextList.list(try row.get("header"))
        rows = try row.get("rows")
        kept = try row.get("kept")
        rejected = try row.get("rejected")
        makesTask = try row.get("makes_task")
        createdAt = Instant(microseconds: try row.get("created_at"))
        finishedAt = (try row.get("finished_at") as Int64?).instant
    }
}

/// How far an import is.
enum ImportState: String, CaseIterable, Sendable, SQLConvertible {
    case running, done, discarded
}

extension Reading where Self: ~Copyable {
    /// An import by id.
    borrowing func importRow(_ id: String) throws(StoreError) -> ImportRow? {
        try first("SELECT * FROM salestasks_import WHERE id = \(id)")
    }

    /// The rows of an import that were not taken.
    borrowing func rejects(of importID: String) throws(StoreError) -> [RejectedRow] {
        try all("SELECT * FROM salestasks_reject WHERE import_id = \(importID) ORDER BY row")
    }
}

extension RejectedRow: Record {
    init(row: borrowing Row) throws(StoreError) {
        self.init(
            row: try row.get("row"), errors: TextList.list(try row.get("errors")),
            fields: TextList.list(try row.get("fields")))
    }
}

extension Transaction {
    /// Keeps some rows of a file: customers who are not known yet, and a place in the task's queue for each.
    ///
    /// - Returns: the rows that are not taken after all.
    borrowing func keep(_ customers: [NewCustomer], of importID: String, in task: String) throws(StoreError)
        -> [RejectedRow]
    {
        var rejected: [RejectedRow] = []
        for place in Set(customers.map(\.place.key)) {
            try run("INSERT INTO salestasks_place (id) VALUES (\(place)) ON CONFLICT DO NOTHING")
        }
        let phones = SQL.list(customers.map(\.phone))
        let forbidden = Set(try values("SELECT phone FROM salestasks_dnc WHERE phone IN \(phones)", as: Phone.self))
        var firstNew: Int?
        for customer in customers {
            guard !forbidden.contains(customer.phone) else {
                rejected.append(customer.rejected("phone: is on the do-not-call list"))
                continue
            }
            let (seq, isNew) = try keep(customer, of: importID)
            if isNew { firstNew = firstNew ?? seq }
            let added = try run(
                """
                INSERT INTO salestasks_work (id, task_id, customer_seq, state, priority, place, import_id, updated_at)
                VALUES (\(newID("wrk")), \(task), \(seq), 'importing', \(customer.priority.rank),
                    \(customer.place.key), \(importID), \(now.microseconds)) ON CONFLICT DO NOTHING
                """)
            if added == 0 { rejected.append(customer.rejected("phone: is in this task already")) }
        }
        // All at once, which takes the index a tenth of the time. New rows are the last ones.
        if let firstNew { try index(customers: "seq >= \(firstNew)") }
        return rejected
    }

    /// The row of a customer: a new one, or the one that has the number, in which what was empty is filled in.
    private borrowing func keep(_ customer: NewCustomer, of importID: String) throws(StoreError)
        -> (seq: Int, isNew: Bool)
    {
        let seq: Int? = try value(
            """
            INSERT INTO salestasks_customer
                (id, name, phone, email, description, place, metadata, import_id, created_at, updated_at)
            VALUES (\(newID("cus")), \(customer.name), \(customer.phone), \(customer.email), \(customer.description),
                \(customer.place.key), \(customer.metadata), \(importID), \(now.microseconds), \(now.microseconds))
            ON CONFLICT (phone) DO NOTHING RETURNING seq
            """)
        if let seq { return (seq, true) }
        guard let known: Int = try value("SELECT seq FROM salestasks_customer WHERE phone = \(customer.phone)") else {
            throw StoreError(.mismatch, "a customer's number was taken and is not there")
        }
        let lacks: Int? = try value(
            """
            SELECT 1 FROM salestasks_customer WHERE seq = \(known)
            AND (email IS NULL AND \(customer.email) IS NOT NULL
                OR description IS NULL AND \(customer.description) IS NOT NULL)
            """)
        guard lacks != nil else { return (known, false) }
        try unindex(customers: "seq = \(known)")
        try run(
            """
            UPDATE salestasks_customer SET email = coalesce(email, \(customer.email)),
                description = coalesce(description, \(customer.description)), updated_at = \(now.microseconds)
            WHERE seq = \(known)
            """)
        try index(customers: "seq = \(known)")
        return (known, false)
    }

    /// Keeps what was not taken, for the reject file.
    borrowing func keep(_ rejected: [RejectedRow], of importID: String) throws(StoreError) {
        for row in rejected {
            try run(
                """
                INSERT INTO salestasks_reject (import_id, row, errors, fields)
                VALUES (\(importID), \(row.row), \(TextList.text(row.errors)), \(TextList.text(row.fields)))
                ON CONFLICT DO NOTHING
                """)
        }
    }
}

extension NewCustomer {
    func rejected(_ error: String) -> RejectedRow { RejectedRow(row: row, errors: [error], fields: fields) }
}
