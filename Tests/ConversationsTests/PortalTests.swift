import PluginTestKit
import Testing

@Suite struct `The message centre` {
    @Test func `has both sides writing, and counts what each has not read`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let asked = await portal.ask("When do you open?", as: ola.caller)
            #expect(asked.status == 201, "\(asked.text)")
            let thread = try #require(asked.data["threadId"]?.string)
            let queue = await portal.send("GET", "\(Praxis.staff)?assignee=none", as: sue.caller)
            #expect(queue.status == 200 && queue.body["data"]?.elements.count == 1, "\(queue.text)")
            #expect(queue.body["data"]?[0]?["waitingSince"]?.string == "\(portal.clock.now)")
            portal.clock.advance(by: .seconds(60))
            let taken = await portal.send("POST", "\(Praxis.staff)/\(thread)/take", as: sue.caller)
            #expect(taken.data["assignee"]?["name"] == "Sue Nordmann", "\(taken.text)")
            #expect(taken.data["unreadCount"] == 1)
            let answer = await portal.send(
                "POST", "\(Praxis.staff)/\(thread)/messages", ["text": "At nine."], as: sue.caller)
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.data["side"] == "staff")
            let after = await portal.send("GET", "\(Praxis.staff)/\(thread)", as: sue.caller)
            #expect(after.data["unreadCount"] == 0 && after.data["waitingSince"] == .null, "\(after.text)")

            let inbox = await portal.send("GET", Praxis.messages, as: ola.caller)
            #expect(inbox.data["summary"]?["unreadCount"] == 1 && inbox.data["summary"]?["totalMessages"] == 2)
            let newest = try #require(inbox.data["messages"]?[0])
            #expect(newest["status"] == "unread" && newest["preview"] == "At nine.")
            #expect(inbox.data["messages"]?[1]?["status"] == "read")
            let id = try #require(newest["id"]?.string)
            let unread = await portal.send("GET", "\(Praxis.messages)?status=unread", as: ola.caller)
            #expect(unread.data["messages"]?.elements.compactMap { $0["id"]?.string } == [id])
            let read = await portal.send("POST", "\(Praxis.messages)/\(id)/read", as: ola.caller)
            #expect(read.status == 200 && read.data["unreadCount"] == 0 && read.data["status"] == "read")
            let seen = await portal.send("GET", "\(Praxis.staff)/\(thread)/messages", as: sue.caller)
            #expect(seen.body["data"]?[0]?["readBy"]?[0]?["id"]?.string == ola.id.rawValue, "\(seen.text)")
            let reply = await portal.send(
                "POST", Praxis.messages, ["threadId": .string(thread), "message": "Thanks!"], as: ola.caller)
            #expect(reply.status == 201 && reply.data["threadId"]?.string == thread, "\(reply.text)")
            let again = await portal.send("GET", "\(Praxis.staff)/\(thread)", as: sue.caller)
            #expect(again.data["unreadCount"] == 1 && again.data["messageCount"] == 3)
        }
    }

    @Test func `looks as seed 000 shows it`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sarah = try await portal.somebody("professional", "Sarah")
            let opened = await portal.send(
                "POST", "/v1/portal/cases", ["id": "EU-2025-001234", "professional": .string(sarah.id.rawValue)],
                as: ola.caller)
            #expect(opened.status == 201)
            let file = await portal.uploaded(as: ola.caller)
            let asked = await portal.send(
                "POST", Praxis.messages,
                [
                    "recipientType": "professional", "recipientId": .string(sarah.id.rawValue),
                    "caseNumber": "EU-2025-001234", "subject": "Question about my diagnosis",
                    "message": "I have a question.", "attachments": [.string(file)], "priority": "high",
                ], as: ola.caller)
            #expect(asked.status == 201, "\(asked.text)")
            let thread = try #require(asked.data["threadId"]?.string)
            let answered = await portal.send(
                "POST", Praxis.messages, ["threadId": .string(thread), "message": "I've completed my review."],
                as: sarah.caller)
            #expect(answered.status == 201, "\(answered.text)")
            let list = await portal.send("GET", Praxis.messages, as: ola.caller)
            #expect(list.body.names == ["success", "data", "meta", "pagination"])
            #expect(list.data.names == ["messages", "summary", "pagination"])
            #expect(list.body["pagination"] == list.data["pagination"])
            #expect(list.data["pagination"] == ["page": 1, "limit": 20, "total": 2, "totalPages": 1])
            let message = try #require(list.data["messages"]?[0])
            #expect(
                message.names == [
                    "id", "threadId", "type", "from", "subject", "preview", "timestamp", "status", "priority",
                    "attachments", "actions",
                ])
            #expect(
                message["from"] == [
                    "type": "professional", "id": .string(sarah.id.rawValue), "name": "Sarah Nordmann",
                    "title": "Cardiologist",
                ])
            #expect(message["type"] == "case" && message["subject"] == "Question about my diagnosis")
            #expect(
                message["actions"] == [
                    ["type": "reply", "label": "Reply to Sarah Nordmann"],
                    ["type": "view_case", "label": "View Full Case", "url": "/portal/cases/EU-2025-001234"],
                ])
            let attachment = try #require(list.data["messages"]?[1]?["attachments"]?[0])
            #expect(
                attachment.names == ["id", "name", "size", "sizeBytes", "type", "downloadUrl"]
                    && attachment["id"]?.string == file)
            #expect(list.data["summary"]?.names == ["unreadCount", "totalMessages", "lastActivity"])
            let whole = await portal.send("GET", "\(Praxis.messages)/\(message["id"]?.string ?? "")", as: ola.caller)
            #expect(whole.data["message"] == "I've completed my review.")
            let opened2 = await portal.send("GET", "\(Praxis.messages)/threads/\(thread)", as: ola.caller)
            #expect(opened2.data["caseNumber"] == "EU-2025-001234" && opened2.data["messages"]?.elements.count == 2)
            #expect(opened2.body["pagination"] == opened2.data["pagination"])
            #expect(opened2.data["participants"]?.elements.count == 2)
        }
    }

    @Test func `refuses what is wrong, naming the field`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            await portal.send("POST", "/v1/portal/cases", ["id": "C-1"], as: kari.caller)
            let cases: [(JSON, String)] = [
                (["subject": "x", "message": ""], "message"),
                (["subject": "x", "message": .string(String(repeating: "x", count: 10_001))], "message"),
                (["message": "x"], "subject"),
                (["subject": "x", "message": "x", "priority": "dire"], "priority"),
                (["subject": "x", "message": "x", "recipientType": "friend"], "recipientType"),
                (["subject": "x", "message": "x", "caseNumber": "C-1"], "caseNumber"),
                (["subject": "x", "message": "x", "attachments": ["fil_none"]], "attachments[0]"),
                (["subject": "x", "message": "x", "extra": 1], "extra"),
            ]
            for (body, field) in cases {
                let refused = await portal.send("POST", Praxis.messages, body, as: ola.caller)
                #expect(refused.status == 400, "\(field): \(refused.text)")
                #expect(refused.body["error"]?["details"]?[0]?["field"]?.string == field, "\(refused.text)")
            }
            let file = await portal.uploaded(as: kari.caller)
            #expect(await portal.ask(as: ola.caller, ["attachments": [.string(file)]]).status == 400)
            let own = await portal.uploaded(as: ola.caller)
            let twice = await portal.ask(as: ola.caller, ["attachments": [.string(own), .string(own)]])
            #expect(twice.status == 400, "\(twice.text)")
            let total = await portal.send("GET", Praxis.messages, as: ola.caller).data["summary"]?["totalMessages"]
            #expect(total == 0)
            #expect(await portal.send("GET", Praxis.messages).status == 401)
        }
    }

    @Test func `answers a message that was sent twice with one key once`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let key = ["Idempotency-Key": "one"]
            let body: JSON = ["recipientType": "support", "subject": "x", "message": "Once"]
            let first = await portal.send("POST", Praxis.messages, body, as: ola.caller, headers: key)
            let again = await portal.send("POST", Praxis.messages, body, as: ola.caller, headers: key)
            #expect(first.status == 201 && again.bytes == first.bytes)
            let other = await portal.send(
                "POST", Praxis.messages, body.merged(with: ["message": "Twice"]), as: ola.caller, headers: key)
            #expect(other.status == 422)
            let list = await portal.send("GET", Praxis.messages, as: ola.caller)
            #expect(list.data["summary"]?["totalMessages"] == 1)
            let tag = try #require(list.headers["etag"])
            let same = await portal.send("GET", Praxis.messages, as: ola.caller, headers: ["If-None-Match": tag])
            #expect(same.status == 304)
        }
    }

    @Test func `keeps the order, page by page`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let thread = try #require(await portal.ask("m0", as: ola.caller).data["threadId"]?.string)
            for number in 1..<25 {
                portal.clock.advance(by: .seconds(2))
                let sent = await portal.send(
                    "POST", Praxis.messages, ["threadId": .string(thread), "message": .string("m\(number)")],
                    as: ola.caller)
                #expect(sent.status == 201)
            }
            var seen: [String] = []
            for page in 1...3 {
                let list = await portal.send("GET", "\(Praxis.messages)?limit=10&page=\(page)", as: ola.caller)
                seen += list.data["messages"]?.elements.compactMap { $0["preview"]?.string } ?? []
                #expect(list.body["pagination"]?["total"] == 25 && list.body["pagination"]?["totalPages"] == 3)
            }
            #expect(seen == (0..<25).reversed().map { "m\($0)" })
            let first = await portal.send(
                "GET", "\(Praxis.messages)/threads/\(thread)?limit=10&page=3", as: ola.caller)
            #expect(
                first.data["messages"]?.elements.compactMap { $0["message"]?.string }
                    == (20..<25).map { "m\($0)" })
        }
    }

    @Test func `puts a thread away until somebody writes again`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let thread = try #require(await portal.ask(as: ola.caller).data["threadId"]?.string)
            let away = await portal.send("POST", "\(Praxis.messages)/threads/\(thread)/archive", as: ola.caller)
            #expect(away.status == 204, "\(away.text)")
            #expect(await portal.send("GET", Praxis.messages, as: ola.caller).data["messages"] == [])
            await portal.send("POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Hi"], as: sue.caller)
            let back = await portal.send("GET", Praxis.messages, as: ola.caller)
            #expect(back.data["messages"]?.elements.count == 2 && back.data["summary"]?["unreadCount"] == 1)
        }
    }

    @Test func `keeps the promises of every plugin`() async {
        let findings = await conformance(of: Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let file = await portal.uploaded(as: ola.caller)
            let asked = await portal.ask(as: ola.caller, ["attachments": [.string(file)]])
            let thread = asked.data["threadId"]?.string ?? ""
            let staff = "\(Praxis.staff)/\(thread)"
            for (path, body) in [
                ("take", nil), ("messages", ["text": "Hi"]), ("notes", ["text": "Difficult."]), ("read", nil),
                ("priority", ["priority": "high"]), ("close", nil), ("reopen", nil), ("release", nil),
                ("assign", ["assignee": .string(sue.id.rawValue)]),
            ] as [(String, JSON?)] {
                await portal.send("POST", "\(staff)/\(path)", body, as: sue.caller)
            }
            for path in ["", "/messages", "/participants"] { await portal.send("GET", staff + path, as: sue.caller) }
            for path in ["", "/summary", "/replies"] {
                await portal.send("GET", Praxis.staff + path, as: sue.caller)
            }
            await portal.send("GET", Praxis.messages, as: ola.caller)
            await portal.send("GET", "\(Praxis.messages)/\(asked.id)", as: ola.caller)
            await portal.send("POST", "\(Praxis.messages)/\(asked.id)/read", as: ola.caller)
            await portal.send("GET", "\(Praxis.messages)/threads/\(thread)", as: ola.caller)
            await portal.send("POST", "\(Praxis.messages)/threads/\(thread)/archive", as: ola.caller)
        }
        #expect(findings == [])
    }
}
