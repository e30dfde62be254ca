internal import Documents
internal import PluginAPI

extension SalesTasks {
    /// `GET /admin/tasks/{id}/results.csv`
    func results(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Content {
        let task = try tx.task(named: named.id)
        var writer = CSVWriter(marksEncoding: true)
        writer.row([
            "name", "phone", "email", "priority", "state", "attempts", "disposition", "calledAt", "notes", "salesId",
        ])
        let rows: [ResultRow] = try tx.all(
            """
            SELECT c.name, c.phone, c.email, w.priority, w.state, w.attempts, l.disposition, l.ended_at, l.notes,
                l.rep_id
            FROM salestasks_work w JOIN salestasks_customer c ON c.seq = w.customer_seq
            LEFT JOIN salestasks_call l ON l.seq = (SELECT max(x.seq) FROM salestasks_call x WHERE x.work_seq = w.seq)
            WHERE w.task_id = \(task.id) AND w.state <> 'importing' ORDER BY w.seq LIMIT 20000
            """)
        for row in rows { writer.row(row.fields) }
        return Content(
            .bytes(writer.bytes), mediaType: "text/csv; charset=utf-8", fileName: "results-\(task.id).csv")
    }
}

/// A customer of a task with the last call.
private struct ResultRow: Record {
    let fields: [String]

    init(row: borrowing Row) throws(StoreError) {
        let email: String? = try row.get(at: 2)
        let disposition: String? = try row.get(at: 6)
        let at = (try row.get(at: 7) as Int64?).instant
        let notes: String? = try row.get(at: 8), rep: String? = try row.get(at: 9)
        fields = [
            try row.get(at: 0), try row.get(at: 1), email ?? "",
            Priority(rank: try row.get(at: 3)).rawValue, try row.get(at: 4), "\(try row.get(at: 5, as: Int.self))",
            disposition ?? "", at?.description ?? "", notes ?? "", rep ?? "",
        ]
    }
}
