import Testing

@Suite struct `A case at the law firm` {
    @Test func `goes from intake to its end, and tells whom it concerns alone`() async throws {
        let firm = try LawFirm()
        defer { withExtendedLifetime(firm) {} }
        let receiver = try Receiver.ofWebhooks()
        let process = try await PorticoProcess.start(firm.place, ["--allow-private-targets"])
        let (admin, attorney) = (
            try await LegalPerson("admin", at: process), try await LegalPerson("jane.smith", at: process)
        )
        let (paralegal, outsider) = (
            try await LegalPerson("pat", at: process), try await LegalPerson("omar", at: process)
        )
        let (client, stranger) = (
            try await LegalPerson("erin.park", at: process), try await LegalPerson("client_username", at: process)
        )
        try await admin.post("/api/staff/webhooks/", #"{"endpoint": "\#(receiver.address)", "events": ["*"]}"#)

        // Intake: the other side is a client of the firm's under a slightly different name.
        let record = try await attorney.get("/api/staff/clients/?search=erin")[0].id
        let opened = try await attorney.post(
            "/api/staff/cases/",
            """
            {"title": "Kiln supply", "case_type": "CIVIL", "client": \(record),
             "parties": [{"name": "ACME Incorporated", "role": "OPPONENT"}]}
            """)
        let number = try opened.id
        let staff = "/api/staff/cases/\(number)/"
        let portal = "/api/portal/cases/\(number)/"
        try await attorney.post(staff + "check-conflicts/", "{}", 200)
        let early = try await attorney.send(.post(staff + "engage/", "{}"))
        #expect(early.status == 409 && early.json["error"]["code"] == "conflict_check_needed", "\(early.text)")
        let decision = #"{"decision": "cleared", "note": "Both have agreed."}"#
        #expect(try await attorney.send(.post(staff + "conflicts/decide/", decision)).status == 403)
        _ = try await eventually("word of the conflict to whoever decides") {
            try await admin.get("/api/portal/notifications/").elements.first {
                $0["related_object_type"] == "Case" && $0["related_object_id"] == opened["id"]
            }
        }
        let check = try await admin.get(staff + "conflicts/")[0]
        #expect(check["needs_review"] == .bool(true))
        #expect(check["hits"].elements.contains { $0["other_party"] == "Acme Inc." }, "\(check)")
        try await admin.post(staff + "conflicts/decide/", decision, 200)
        try await attorney.post(staff + "engage/", "{}", 200)
        try await attorney.post(staff + "open/", "{}", 200)

        // The paralegal sees the case once they are on its team.
        #expect(try await paralegal.status(staff) == 404)
        let me = try await paralegal.get("/_portico/v1/me")
        let id = try #require(me["id"].string, "\(me)")
        try await attorney.put(staff + "team/\(id)/")
        #expect(try await paralegal.status(staff) == 200)
        try await paralegal.post(staff + "notes/", #"{"text": "They would settle."}"#)

        let uploaded = try await paralegal.upload(
            "Twelve kilns by May.", "Contract", to: number, at: "/api/staff/documents/"
        ).json(if: 201)
        let document = "/api/portal/documents/\(try uploaded.id)/download/"
        #expect(try await client.send(.get(document)).text == "Twelve kilns by May.")

        let task = try await attorney.post(
            "/api/staff/tasks/", #"{"case": \#(number), "title": "Review Contract", "due_date": "2040-01-30"}"#)
        let answer = #"{"answer": "Section 4 is wrong."}"#
        let done = try await client.post("/api/portal/tasks/\(try task.id)/complete/", answer, 200)
        #expect(done["status"] == "COMPLETED" && done["detailed_status"] == "submitted")
        try await attorney.post("/api/staff/tasks/\(try task.id)/accept/", "{}", 200)

        let thread = try await client.post(
            "/api/portal/messages/", #"{"subject": "Delivery", "case": \#(number), "message": "When?"}"#)
        let messages = "/api/portal/messages/\(try thread.id)/"
        let reply = try await attorney.post(messages, #"{"content": "In May."}"#)
        #expect(reply["sender"]["name"] == "Jane Smith")
        let listed = try await client.get("/api/portal/messages/").elements.first { $0["id"] == thread["id"] }
        #expect(listed?["unread_count"] == 1 && listed?["case"] == opened["id"])

        // Nobody else finds any of it.
        for other in [outsider, stranger] {
            for path in [staff, portal, messages, document, staff + "notes/"] {
                let status = try await other.status(path)
                #expect([403, 404].contains(status), "\(path): \(status)")
            }
        }
        #expect(try await outsider.get("/api/staff/cases/") == .array([]))
        #expect(try await client.status(staff + "notes/") == 403)

        // What the client is told arrives in its own time.
        let kinds: Set<JSON> = ["CASE", "DOCUMENT", "TASK", "MESSAGE"]
        let notifications = "/api/portal/notifications/"
        _ = try await eventually("a notification of each kind") {
            let told = try await client.get(notifications).elements
            return kinds.isSubset(of: told.map { $0["notification_type"] }) ? told : nil
        }
        try await client.post(notifications + "read-all/", "{}", 200)
        #expect(try await client.get(notifications + "?unread=true") == .array([]))
        #expect(try await outsider.get(notifications) == .array([]))

        try await attorney.post(staff + "close/", #"{"reason": "Settled"}"#, 200)
        let closed = try await client.get(portal)
        #expect(closed["status"] == "CLOSED" && closed["documents"][0]["title"] == "Contract")
        #expect(closed["tasks"][0]["status"] == "COMPLETED" && closed["assigned_attorney"]["name"] == "Jane Smith")
        let late = try await client.upload("Late.", "Late", to: number, at: "/api/portal/documents/")
        #expect(late.status == 409, "\(late.text)")

        // Seed 003's four events, each with its numbers.
        func arrived(_ event: String, _ fields: [String: JSON]) async throws {
            _ = try await eventually("\(event) at the receiver") {
                receiver.messages.first { message in
                    message.body["event"].string == event
                        && fields.allSatisfy { message.body["data"][$0.key] == $0.value }
                }
            }
        }
        try await arrived("document.uploaded", ["document_id": uploaded["id"], "case_id": opened["id"]])
        try await arrived("task.assigned", ["task_id": task["id"], "case_id": opened["id"]])
        try await arrived(
            "message.created",
            [
                "message_id": reply["id"], "thread_id": thread["id"], "sender_id": reply["sender"]["id"],
                "case_id": opened["id"],
            ])
        try await arrived("case.updated", ["case_id": opened["id"], "status": "CLOSED"])
        await receiver.stop()
    }
}
