internal import PluginAPI

extension SalesTasks {
    /// `DELETE /admin/customers/{id}`: nothing stays that says who it was. Calls stay as numbers, without what was noted and
    /// of nobody: their references become negative, which no row has, so that whoever gets the place is not taken for them. A
    /// number that must not be called stays on the list.
    func eraseCustomer(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let row = try tx.customer(named.id) else { throw Problem.notFound }
        let held: Int? = try tx.value(
            "SELECT 1 FROM salestasks_work WHERE customer_seq = \(row.seq) AND state IN ('leased', 'importing')")
        guard held == nil else { throw CustomerRefusal.inHands }
        try tx.run(
            """
            DELETE FROM salestasks_action WHERE call_id IN
            (SELECT id FROM salestasks_call WHERE customer_seq = \(row.seq))
            """)
        try tx.run(
            """
            UPDATE salestasks_dispute SET reason = '', explanation = NULL WHERE call_id IN
            (SELECT id FROM salestasks_call WHERE customer_seq = \(row.seq))
            """)
        try tx.run(
            """
            UPDATE salestasks_call SET customer_seq = -customer_seq, work_seq = -work_seq, insights = '', notes = NULL, comments = NULL, issues = '[]'
            WHERE customer_seq = \(row.seq)
            """)
        try tx.forgetContact(with: row.seq)
        let tasks: [String] = try tx.values("SELECT task_id FROM salestasks_work WHERE customer_seq = \(row.seq)")
        try tx.run("DELETE FROM salestasks_work WHERE customer_seq = \(row.seq)")
        try tx.unindex(customers: "seq = \(row.seq)")
        try tx.run("DELETE FROM salestasks_customer WHERE seq = \(row.seq)")
        try tx.audit(AuditEntry("customer.erased", on: Subject("customer", id: named.id)))
        for task in tasks {
            if let task = try tx.task(task), try tx.customers(of: task.id).total > 0 { try completeIfOver(task, tx) }
        }
        return NoContent()
    }
}
