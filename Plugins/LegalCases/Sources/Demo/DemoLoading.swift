public import PluginAPI

extension LegalCases {
    /// Loads clients and cases. What names an account that the tenant does not have is left out.
    public func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws {
        let document = try JSONDocument(Array(data.text.utf8))
        let demo = try DemoData.schema.decode(.json(document.root))
        for client in demo.clients {
            guard let person = try tx.person(withEmail: client.email) else { continue }
            try tx.add(client: person.id, companyName: client.companyName, address: client.address, by: nil)
        }
        for one in demo.cases {
            guard let client = try tx.person(withEmail: one.client)?.id,
                let lead = try tx.person(withEmail: one.lead)?.id,
                let type = settings.caseType(one.caseType)
            else { continue }
            try load(one, type, client, lead, tx)
        }
    }

    private func load(
        _ demo: DemoCase, _ type: CaseType, _ client: PersonID, _ lead: PersonID, _ tx: borrowing Transaction
    ) throws {
        let today = Zone.utc.day(at: tx.now)
        let new = NewCase(
            title: demo.title, caseType: demo.caseType, description: demo.description, client: nil, team: [],
            openDate: nil, parties: demo.parties)
        let id = try open(new, type, client, by: lead, on: today - demo.openedDaysAgo, team: [lead], tx)
        try tx.run(
            """
            UPDATE legalcases_matter SET state = \(demo.state), stage = \(demo.stage),
                closed_at = \(demo.state.status == .closed ? tx.now.microseconds : nil) WHERE id = \(id)
            """)
        guard let matter = try tx.matter(id) else { throw Problem.fault }
        for note in demo.notes {
            try tx.run(
                """
                INSERT INTO legalcases_note (matter_id, author, text, created_at)
                VALUES (\(id), \(lead), \(note), \(tx.now.microseconds))
                """)
        }
        for task in demo.tasks {
            _ = try tx.add(
                NewTask(
                    matter: id, client: client, title: task.title, description: task.description, side: task.side,
                    assignee: nil, dueDate: task.dueInDays.map { today + $0 }, template: nil, by: lead))
        }
        for deadline in demo.deadlines {
            let due = settings.calendar.end(of: deadline.days, from: today, counting: deadline.counting)
            try tx.run(
                """
                INSERT INTO legalcases_deadline (matter_id, title, due_date, trigger_date, days, counting, state,
                    created_by, created_at, updated_at)
                VALUES (\(id), \(deadline.title), \(due.description), \(today.description), \(deadline.days),
                    \(deadline.counting), 'open', \(lead), \(tx.now.microseconds), \(tx.now.microseconds))
                """)
        }
        for thread in demo.threads {
            let conversation = try tx.open(
                NewConversation(
                    "case", title: thread.subject, customer: client, about: matter.subject, staff: matter.team,
                    assignee: lead))
            for message in thread.messages {
                let sender = message.from == .client ? client : lead
                _ = try tx.post(
                    NewMessage(message.text, from: sender, on: message.from == .client ? .customer : .staff),
                    in: conversation.id)
            }
        }
    }
}
