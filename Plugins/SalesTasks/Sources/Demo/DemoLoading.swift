public import PluginAPI

extension SalesTasks {
    /// Loads representatives, tasks, customers and calls. Who has no account in the tenant is left out.
    public func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws {
        let document = try JSONDocument(Array(data.text.utf8))
        let demo = try DemoData.schema.decode(.json(document.root))
        for representative in demo.representatives {
            guard let person = try tx.person(withEmail: representative.email) else { continue }
            let skills = TextList.text(representative.skills)
            try tx.run(
                """
                INSERT INTO salestasks_rep (id, team, skills, created_at)
                VALUES (\(person.id), \(representative.team), \(skills), \(tx.now.microseconds))
                """)
        }
        for number in demo.doNotCall {
            try tx.forbidCalls(to: number.phone, because: number.reason, by: PersonID(rawValue: "demo"))
        }
        for task in demo.tasks { try load(task, tx) }
    }

    private func load(_ demo: DemoTask, _ tx: borrowing Transaction) throws {
        let person = PersonID(rawValue: "demo")
        let id = tx.newID("tsk")
        try tx.add(demo.facts, id: id, state: .active, isReady: true, by: person, at: tx.now)
        var assigned: [PersonID] = []
        for email in demo.assigned {
            if let person = try tx.person(withEmail: email), try tx.representative(person.id) != nil {
                assigned.append(person.id)
            }
        }
        try tx.assign(assigned, to: id)
        try tx.addScripts(demo.script, generates: demo.script == nil, of: id, by: person)
        let importID = tx.newID("imp")
        _ = try tx.keep(demo.customers.enumerated().map { $1.new(row: $0 + 2) }, of: importID, in: id)
        let task = try tx.task(named: id)
        try tx.deal(importID, of: task)
        for call in demo.calls { try load(call, task, tx) }
    }

    private func load(_ demo: DemoCall, _ task: TaskRow, _ tx: borrowing Transaction) throws {
        let work: WorkRow? = try tx.first(
            """
            SELECT w.* FROM salestasks_work w JOIN salestasks_customer c ON c.seq = w.customer_seq
            WHERE c.phone = \(demo.phone) AND w.task_id = \(task.id)
            """)
        guard let work, let rep = work.owner, let time = TimeOfDay(hour: demo.time / 60 % 24, minute: demo.time % 60)
        else { return }
        let zone = Zone.utc
        let start = zone.firstInstant(notBefore: LocalTime(zone.day(at: tx.now) - demo.daysAgo, time))
        let end = start + .seconds(demo.minutes * 60)
        let details = CallDetails(
            startTime: start, endTime: end, duration: Double(demo.minutes), customerInsights: demo.insights,
            sentiment: demo.sentiment, outcome: nil, disposition: demo.disposition, nextFollowUpDate: nil,
            notes: demo.notes, recordedIssues: [], audioQuality: .good,
            customerFeedback: demo.rating.map { CustomerFeedback(rating: $0, comments: nil) })
        let new = CallCompletion(
            taskId: task.id, salesId: rep, customerId: "", clientCallId: nil, callDetails: details)
        _ = try record(new, demo.disposition, work, task, tx)
    }
}

extension DemoCustomer {
    fileprivate func new(row: Int) -> NewCustomer {
        NewCustomer(
            row: row, name: name, phone: phone, email: email, priority: priority, description: description,
            place: CallingPlace([timeZone]), metadata: "{}", fields: [])
    }
}
