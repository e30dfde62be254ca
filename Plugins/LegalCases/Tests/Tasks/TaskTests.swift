import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A task of a client` {
    private func add(_ firm: DocumentFirm, _ more: JSON = [:]) async -> Answer {
        let basis: JSON = [
            "case": .integer(Int64(firm.matter)), "title": "Review Contract", "due_date": "2027-03-20",
            "description": "Please review the contract and provide feedback",
        ]
        return await firm.portal.send("POST", "/api/staff/tasks/", basis.merged(with: more), as: firm.attorney)
    }

    private func act(_ firm: DocumentFirm, _ id: Int64, _ act: String, _ body: JSON? = nil) async -> Answer {
        await firm.portal.send("POST", "/api/staff/tasks/\(id)/\(act)/", body, as: firm.attorney)
    }

    private func complete(_ firm: DocumentFirm, _ id: Int64, _ body: JSON = [:]) async -> Answer {
        await firm.portal.send("POST", "/api/portal/tasks/\(id)/complete/", body, as: firm.client)
    }

    @Test func `is shown as seed 003 shows it`() async throws {
        try await withDocumentFirm { firm in
            let made = await add(firm)
            #expect(made.status == 201, "\(made.text)")
            let list = await firm.portal.send("GET", "/api/portal/tasks/", as: firm.client)
            #expect(
                list.body == [
                    [
                        "id": .integer(made.id), "title": "Review Contract",
                        "description": "Please review the contract and provide feedback", "status": "PENDING",
                        "due_date": "2027-03-20",
                        "case": ["id": .integer(Int64(firm.matter)), "title": "Contract Dispute"],
                        "detailed_status": "pending", "is_overdue": false,
                    ]
                ], "\(list.text)")
            #expect(await firm.titles(firm.client) == ["New task: Review Contract"])
            for caller in [firm.stranger, firm.outsider] {
                #expect(await firm.portal.send("GET", "/api/portal/tasks/\(made.id)/", as: caller).status >= 403)
            }
            #expect(await firm.portal.send("GET", "/api/portal/tasks/\(made.id)/", as: firm.stranger).status == 404)
            #expect(await firm.portal.send("GET", "/api/staff/tasks/\(made.id)/", as: firm.outsider).status == 404)
            #expect(await firm.portal.send("GET", "/api/staff/tasks/", as: firm.outsider).body == [])
        }
    }

    @Test func `is answered, returned, answered again and accepted`() async throws {
        try await withDocumentFirm { firm in
            let id = await add(firm).id
            let begun = await firm.portal.send("POST", "/api/portal/tasks/\(id)/start/", as: firm.client)
            #expect(begun.body["status"] == "IN_PROGRESS" && begun.body["detailed_status"] == "in_progress")
            let done = await complete(firm, id, ["answer": "I agree."])
            #expect(done.status == 200 && done.body["status"] == "COMPLETED", "\(done.text)")
            #expect(done.body["detailed_status"] == "submitted")
            #expect(await complete(firm, id).status == 409)
            let returned = await act(firm, id, "return", ["note": "Page 3 is missing."])
            #expect(returned.body["status"] == "PENDING" && returned.body["detailed_status"] == "returned")
            let seen = await firm.portal.send("GET", "/api/portal/tasks/\(id)/", as: firm.client)
            #expect(seen.body["answers"]?[0]?["note"] == "Page 3 is missing.", "\(seen.text)")
            #expect(seen.body["answers"]?[0]?["outcome"] == "returned")
            #expect(seen.body["answers"]?[0]?["by"]?["name"] == "John Doe")
            #expect(await complete(firm, id, ["answer": "Here it is."]).status == 200)
            let accepted = await act(firm, id, "accept")
            #expect(accepted.body["detailed_status"] == "accepted" && accepted.body["status"] == "COMPLETED")
            #expect(accepted.body["answers"]?.elements.map { $0["outcome"]?.string } == ["returned", "accepted"])
            #expect(await act(firm, id, "return", ["note": "Once more"]).status == 409)
            #expect(
                await firm.titles(firm.client).sorted() == [
                    "New task: Review Contract", "Task done: Review Contract", "Task returned: Review Contract",
                ])
            let answered = "Task answered: Review Contract"
            #expect(await firm.titles(firm.attorney) == [answered, answered])
        }
    }

    @Test func `is answered with files, which become documents that are found by their words`() async throws {
        try await withDocumentFirm { firm in
            let id = await add(firm).id
            let file = await firm.portal.send(
                "POST", "/api/portal/files",
                form: [.file("file", "agreement.txt", Array("Clause seven".utf8), type: "text/plain")], as: firm.client)
            #expect(file.status == 201, "\(file.text)")
            let name = try #require(file.body["id"]?.string)
            let brought = await firm.bring("an older agreement", title: "Older")
            let letter = await firm.upload("letter", title: "Letter")
            let wrong = await complete(
                firm, id, ["attachments": [.string(name), "fil_unknown"], "documents": [.integer(letter.id)]])
            #expect(wrong.status == 400 && wrong.body["error"]?["details"]?["documents[0]"] != nil, "\(wrong.text)")
            let unknown = await complete(firm, id, ["attachments": [.string(name), "fil_unknown"]])
            #expect(unknown.body["error"]?["details"]?["attachments[1]"] != nil, "\(unknown.text)")
            let done = await complete(
                firm, id,
                ["attachments": [.string(name)], "documents": [.integer(brought.id)], "answer": "See there"])
            #expect(done.status == 200, "\(done.text)")
            #expect(done.body["documents"]?.elements.map { $0["title"]?.string } == ["Older", "agreement.txt"])
            let staff = await firm.portal.send("GET", "/api/staff/tasks/\(id)/", as: firm.attorney)
            #expect(staff.body["documents"]?.elements.count == 2)
            #expect(staff.body["answers"]?[0]?["text"] == "See there")
            await firm.portal.work()
            let found = await firm.portal.send(
                "GET", "/api/staff/documents/?search=clause%20seven%20", as: firm.attorney)
            #expect(
                found.body[0]?["title"] == "agreement.txt" && found.body[0]?["task"] == .integer(id), "\(found.text)")
            let direct = await firm.portal.send("GET", "/api/portal/files/\(name)", as: firm.client)
            #expect(direct.status == 404, "as a document it is read by its document")
        }
    }

    @Test func `reminds before it is due, and tells the team when it is not done`() async throws {
        try await withDocumentFirm(settings: ["taskReminderDays": [3, 1]]) { firm in
            let late = await add(firm, ["title": "Late"]).id
            let early = await add(firm, ["title": "Early"]).id
            await firm.portal.work()
            let day: Instant = Zone.utc.startOfDay(try #require(Day(iso8601: "2027-03-17")))
            firm.portal.clock.set(day + .seconds(9 * 3600 + 60))
            #expect(await firm.titles(firm.client).filter { $0.hasPrefix("Due") }.count == 2)
            _ = await complete(firm, early)
            firm.portal.clock.advance(by: .seconds(2 * 86_400))
            let due = await firm.titles(firm.client).filter { $0.hasPrefix("Due 2027-03-20") }
            #expect(due.count { $0.hasSuffix("Late") } == 2 && due.count { $0.hasSuffix("Early") } == 1, "\(due)")
            firm.portal.clock.advance(by: .seconds(2 * 86_400))
            #expect(await firm.titles(firm.attorney).filter { $0.hasPrefix("Overdue") } == ["Overdue: Late"])
            let shown = await firm.portal.send("GET", "/api/portal/tasks/\(late)/", as: firm.client)
            #expect(shown.body["is_overdue"] == true && shown.body["status"] == "PENDING")
            let overdue = await firm.portal.send("GET", "/api/staff/tasks/?overdue=true", as: firm.attorney)
            #expect(overdue.body.elements.map { $0["id"]?.integer } == [late])
            let others = await firm.portal.send("GET", "/api/staff/tasks/?overdue=false", as: firm.attorney)
            #expect(others.body.elements.map { $0["id"]?.integer } == [early])
        }
    }

    @Test func `has reminders that move with its day and end with it`() async throws {
        try await withDocumentFirm(settings: ["taskReminderDays": [1]]) { firm in
            let id = await add(firm).id
            let changed = await firm.portal.send(
                "PATCH", "/api/staff/tasks/\(id)/", ["due_date": "2027-03-30"], as: firm.attorney)
            #expect(changed.body["due_date"] == "2027-03-30", "\(changed.text)")
            firm.portal.clock.advance(by: .seconds(20 * 86_400))
            #expect(await !firm.titles(firm.client).contains { $0.hasPrefix("Due") })
            #expect(await act(firm, id, "cancel").status == 200)
            let cancelled = await firm.portal.send("GET", "/api/portal/tasks/\(id)/", as: firm.client)
            #expect(cancelled.body["status"] == "CANCELLED")
            firm.portal.clock.advance(by: .seconds(10 * 86_400))
            #expect(await !firm.titles(firm.client).contains { $0.hasPrefix("Due") })
            #expect(await !firm.titles(firm.attorney).contains { $0.hasPrefix("Overdue") })
        }
    }

    @Test func `of the staff is seen by the staff alone`() async throws {
        try await withDocumentFirm { firm in
            let made = await add(firm, ["side": "staff", "assignee": .string(firm.attorneyID.rawValue)])
            #expect(made.status == 201 && made.body["assignee"]?["name"] == "Jane Smith", "\(made.text)")
            #expect(await firm.portal.send("GET", "/api/portal/tasks/", as: firm.client).body == [])
            #expect(await firm.portal.send("GET", "/api/portal/tasks/\(made.id)/", as: firm.client).status == 404)
            #expect(await complete(firm, made.id).status == 404)
            #expect(await firm.titles(firm.client) == [])
            let wrong = await add(firm, ["side": "staff", "assignee": "usr_nobody"])
            #expect(wrong.status == 400 && wrong.body["error"]?["details"]?["assignee"] != nil, "\(wrong.text)")
            #expect(await add(firm, ["assignee": .string(firm.attorneyID.rawValue)]).status == 400)
            let done = await act(firm, made.id, "submit", ["answer": "Done"])
            #expect(done.status == 200 && done.body["detailed_status"] == "submitted", "\(done.text)")
            let events = await firm.portal.events.filter { $0.name.hasPrefix("legal-cases.task") }
            #expect(events.count == 2)
            for event in events {
                let people = (event.audience["people"]?.elements ?? []).compactMap(\.string)
                #expect(!people.contains(firm.clientID.rawValue))
            }
        }
    }
}

@Suite struct `Tasks of a stage` {
    private static let types: JSON = [
        [
            "code": "CIVIL", "name": "Civil", "prefix": "CD",
            "stages": [
                [
                    "name": "Filing",
                    "tasks": [
                        ["title": "Sign the engagement letter", "dueInDays": 7], ["title": "File", "side": "staff"],
                    ],
                ], ["name": "Trial"],
            ],
        ]
    ]

    @Test func `are set when a case enters it, and once`() async throws {
        try await withDocumentFirm(settings: ["caseTypes": Self.types]) { firm in
            for stage in ["Filing", "Trial", "Filing"] {
                let entered = await firm.portal.send(
                    "PUT", "/api/staff/cases/\(firm.matter)/stage/", ["stage": .string(stage)], as: firm.attorney)
                #expect(entered.status == 200, "\(entered.text)")
            }
            let list = await firm.portal.send("GET", "/api/portal/tasks/", as: firm.client)
            #expect(list.body.elements.map { $0["title"]?.string } == ["Sign the engagement letter"])
            #expect(list.body[0]?["due_date"] == "2027-03-15", "\(list.text)")
            let all = await firm.portal.send("GET", "/api/staff/tasks/", as: firm.attorney)
            #expect(all.body.elements.map { $0["title"]?.string } == ["Sign the engagement letter", "File"])
            #expect(await firm.titles(firm.client) == ["New task: Sign the engagement letter"])
        }
    }

    @Test func `remind nobody once the case is closed, and nobody who has left its team`() async throws {
        try await withDocumentFirm { firm in
            for title in ["One", "Two"] {
                let body: JSON = [
                    "case": .integer(Int64(firm.matter)), "title": .string(title), "due_date": "2027-03-10",
                ]
                await firm.portal.send("POST", "/api/staff/tasks/", body, as: firm.attorney)
            }
            let left = await firm.portal.send(
                "DELETE", "/api/staff/cases/\(firm.matter)/team/\(firm.attorneyID.rawValue)/", as: firm.admin)
            #expect(left.status == 204, "\(left.text)")
            firm.portal.clock.advance(by: .seconds(4 * 86_400))
            #expect(await !firm.titles(firm.attorney).contains { $0.hasPrefix("Overdue") })
            #expect(await firm.titles(firm.admin).count { $0.hasPrefix("Overdue") } == 2)
            let other = try await DocumentFirm.addCase(
                "Other", of: firm.record, team: [firm.attorneyID], firm.portal, as: firm.admin)
            let body: JSON = ["case": .integer(Int64(other)), "title": "Three", "due_date": "2027-03-20"]
            await firm.portal.send("POST", "/api/staff/tasks/", body, as: firm.attorney)
            try await DocumentFirm.close(other, firm.portal, as: firm.attorney)
            firm.portal.clock.advance(by: .seconds(10 * 86_400))
            #expect(await !firm.titles(firm.client).contains { $0.hasPrefix("Due 2027-03-20") })
        }
    }
}

@Suite struct `The states of tasks` {
    @Test func `lead to each other as the table says and no other way`() {
        for state in TaskState.allCases {
            for act in TaskState.Act.allCases {
                let rows = TaskState.transitions.filter { $0.from == state && $0.act == act }
                #expect(rows.count <= 1)
                #expect(state.after(act) == rows.first?.to)
            }
        }
        #expect(TaskState.transitions.filter { $0.from == .accepted }.isEmpty)
        #expect(TaskState.open == [.pending, .inProgress, .returned])
    }

    @Test func `have seed 003's words`() {
        let words = TaskState.allCases.map { $0.status.rawValue }
        #expect(words == ["PENDING", "IN_PROGRESS", "COMPLETED", "COMPLETED", "PENDING", "CANCELLED"])
    }
}
