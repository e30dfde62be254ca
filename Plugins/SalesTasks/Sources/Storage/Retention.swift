internal import PluginAPI

extension SalesTasks {
    /// Deletes what is older than it may be (seed 004): calls after two years, what they add up to after five, rows that were
    /// not taken after 90 days; some at a time, and again soon when there is more.
    func trim(_ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    static let trimMore = JobName<Nothing>("trim-more")

    func trimAgain(_ nothing: Nothing, _ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    private func trimSome(_ tx: borrowing Transaction) throws {
        let most = 2000
        let today = Zone.utc.day(at: tx.now)
        let calls = Zone.utc.startOfDay(today.adding(years: -2)), totals = Zone.utc.startOfDay(today.adding(years: -5))
        try tx.run(
            """
            DELETE FROM salestasks_action WHERE call_id IN
            (SELECT id FROM salestasks_call WHERE ended_at < \(calls.microseconds) ORDER BY ended_at LIMIT \(most))
            """)
        try tx.run(
            """
            DELETE FROM salestasks_dispute WHERE call_id IN
            (SELECT id FROM salestasks_call WHERE ended_at < \(calls.microseconds) ORDER BY ended_at LIMIT \(most))
            """)
        var deleted = try tx.run(
            """
            DELETE FROM salestasks_call WHERE seq IN
            (SELECT seq FROM salestasks_call WHERE ended_at < \(calls.microseconds) ORDER BY ended_at LIMIT \(most))
            """)
        for level in TotalLevel.allCases {
            let number = level.number(of: totals)
            deleted += try tx.run(
                """
                DELETE FROM salestasks_total WHERE (level, start, rep_id) IN (
                    SELECT level, start, rep_id FROM salestasks_total WHERE level = \(level.rawValue)
                    AND start < \(number) LIMIT \(most))
                """)
        }
        deleted += try tx.run(
            """
            DELETE FROM salestasks_reject WHERE (import_id, row) IN (
                SELECT r.import_id, r.row FROM salestasks_import i JOIN salestasks_reject r ON r.import_id = i.id
                WHERE i.created_at < \((tx.now - .seconds(90 * 86_400)).microseconds) LIMIT \(most))
            """)
        if deleted >= most { try tx.schedule(Self.trimMore, at: tx.now, key: "", Nothing()) }
    }
}
