internal import PluginAPI

extension Reading where Self: ~Copyable {
    /// The call that was recorded before, by the client's own id of it, or by its start.
    borrowing func known(_ new: CallCompletion, _ work: WorkRow) throws(StoreError) -> CallRow? {
        if let client = new.clientCallId {
            let row: CallRow? = try first(
                "SELECT * FROM salestasks_call WHERE rep_id = \(new.salesId) AND client_id = \(client)")
            if let row { return row }
        }
        return try first(
            """
            SELECT * FROM salestasks_call WHERE work_seq = \(work.seq) AND rep_id = \(new.salesId)
            AND started_at = \(new.callDetails.startTime.microseconds)
            """)
    }
}

extension Transaction {
    /// Keeps a call.
    borrowing func add(_ new: CallCompletion, _ facts: CallFacts, _ followUp: Instant?, _ work: WorkRow)
        throws(StoreError) -> String
    {
        let id = newID("call")
        let details = new.callDetails
        try run(
            """
            INSERT INTO salestasks_call (id, client_id, work_seq, task_id, customer_seq, rep_id, started_at, ended_at,
                milliseconds, disposition, outcome, sentiment, insights, notes, issues, audio, rating, comments,
                follow_up_at, quality, mood, expected_minutes, created_at)
            VALUES (\(id), \(new.clientCallId), \(work.seq), \(work.task), \(work.customer), \(new.salesId),
                \(details.startTime.microseconds), \(details.endTime.microseconds), \(facts.milliseconds),
                \(facts.disposition), \(facts.disposition.outcome), \(facts.sentiment), \(facts.insights),
                \(facts.notes), \(CallRow.text(facts.issues)), \(facts.audio), \(facts.rating),
                \(details.customerFeedback?.comments), \(followUp?.microseconds), \(facts.quality), \(facts.mood),
                \(facts.expectedMinutes), \(now.microseconds))
            """)
        try notePrevious(of: id, to: work.customer, at: details.endTime)
        return id
    }

    /// Notes when the customer was called before a call, and with the call behind it that this was before. Calls are recorded
    /// in any order.
    private borrowing func notePrevious(of id: String, to customer: Int, at end: Instant) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_call SET previous_at = (SELECT max(p.ended_at) FROM salestasks_call p
                WHERE p.customer_seq = \(customer) AND p.ended_at <= \(end.microseconds) AND p.id <> \(id))
            WHERE id = \(id)
            """)
        try run(
            """
            UPDATE salestasks_call SET previous_at = \(end.microseconds) WHERE seq = (
                SELECT n.seq FROM salestasks_call n WHERE n.customer_seq = \(customer)
                AND n.ended_at > \(end.microseconds) ORDER BY n.ended_at, n.seq LIMIT 1)
            """)
    }

    /// Keeps what is to be done after a call.
    borrowing func add(_ actions: [NextAction], of call: String, for rep: PersonID) throws(StoreError) {
        for (number, action) in actions.enumerated() {
            try run(
                """
                INSERT INTO salestasks_action (id, call_id, rep_id, type, description, deadline, number)
                VALUES (\(newID("act")), \(call), \(rep), \(action.type), \(action.description),
                    \(action.deadline.microseconds), \(number))
                """)
        }
    }

    /// Closes a customer's place in a task. Who held it last is kept.
    borrowing func close(_ work: WorkRow, as state: WorkState) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_work SET state = \(state), attempts = attempts + 1, lease_until = NULL,
                updated_at = \(now.microseconds) WHERE seq = \(work.seq)
            """)
    }

    /// Lets a customer wait for the next call.
    borrowing func reopen(_ work: WorkRow, as state: WorkState, at due: Instant, attempts: Int, owner: PersonID?)
        throws(StoreError)
    {
        try run(
            """
            UPDATE salestasks_work SET state = \(state), due_at = \(due.microseconds), attempts = \(attempts),
                owner = \(owner?.rawValue ?? ""), lease_rep = NULL, lease_until = NULL,
                updated_at = \(now.microseconds) WHERE seq = \(work.seq)
            """)
    }

    /// Takes a customer out of every queue: the number is somebody else's.
    borrowing func suppress(customer: Int) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_work SET state = 'suppressed', updated_at = \(now.microseconds)
            WHERE customer_seq = \(customer) AND state IN ('queued', 'callback', 'leased')
            """)
    }
}
