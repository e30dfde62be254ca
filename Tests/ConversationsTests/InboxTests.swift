import PluginTestKit
import Testing

@Suite struct `The staff's inbox` {
    @Test func `is a queue: what waits longest comes first`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let sue = try await portal.somebody("support", "Sue")
            let sam = try await portal.somebody("support", "Sam")
            var threads: [String] = []
            for name in ["Ann", "Ben", "Cid"] {
                let one = try await portal.somebody("customer", name)
                threads.append(try #require(await portal.ask(as: one.caller).data["threadId"]?.string))
                portal.clock.advance(by: .seconds(60))
            }
            func list(_ query: String) async -> [String] {
                let answer = await portal.send("GET", "\(Praxis.staff)?\(query)", as: sue.caller)
                #expect(answer.status == 200, "\(answer.text)")
                return answer.body["data"]?.elements.compactMap { $0["id"]?.string } ?? []
            }
            #expect(await list("assignee=none") == threads)
            #expect(await list("order=recent") == threads.reversed())
            // Who was answered does not wait.
            await portal.send("POST", "\(Praxis.staff)/\(threads[0])/messages", ["text": "Hi"], as: sue.caller)
            #expect(await list("assignee=none&waiting=true") == [threads[1], threads[2]])
            #expect(await list("assignee=none") == [threads[1], threads[2], threads[0]])

            let path = "\(Praxis.staff)/\(threads[1])"
            #expect(await portal.send("POST", "\(path)/take", as: sue.caller).status == 200)
            let late = await portal.send("POST", "\(path)/take", as: sam.caller)
            #expect(late.status == 409 && late.code == "ALREADY_ASSIGNED")
            #expect(await portal.send("POST", "\(path)/take", as: sue.caller).status == 200)
            #expect(await list("assignee=me") == [threads[1]])
            let given = await portal.send(
                "POST", "\(path)/assign", ["assignee": .string(sam.id.rawValue)], as: sue.caller)
            #expect(given.data["assignee"]?["id"]?.string == sam.id.rawValue, "\(given.text)")
            #expect(await list("assignee=\(sam.id.rawValue)") == [threads[1]])
            let customer = try await portal.somebody("customer", "Dan")
            let wrong = await portal.send(
                "POST", "\(path)/assign", ["assignee": .string(customer.id.rawValue)], as: sue.caller)
            #expect(wrong.status == 400 && wrong.body["error"]?["details"]?[0]?["field"] == "assignee")
            let counts = await portal.send("GET", "\(Praxis.staff)/summary", as: sam.caller)
            #expect(counts.data == ["waiting": 2, "unassigned": 2, "mine": 1, "open": 3], "\(counts.text)")
            #expect(await portal.send("POST", "\(path)/release", as: sam.caller).data["assignee"] == .null)
            #expect(await list("assignee=none").contains(threads[1]))
            let entries = await portal.audit.filter { $0.subjectID == threads[1] }.map(\.action)
            #expect(
                entries == [
                    "conversation.opened", "conversation.assigned", "conversation.assigned", "conversation.released",
                ])
        }
    }

    @Test func `closes until somebody writes, and archives for good`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let thread = try #require(await portal.ask(as: ola.caller).data["threadId"]?.string)
            let path = "\(Praxis.staff)/\(thread)"
            let closed = await portal.send("POST", "\(path)/close", as: sue.caller)
            #expect(closed.data["state"] == "closed" && closed.data["waitingSince"] == .null)
            #expect(await portal.send("GET", Praxis.staff, as: sue.caller).body["data"] == [])
            let list = await portal.send("GET", "\(Praxis.staff)?state=closed,archived", as: sue.caller)
            #expect(list.body["data"]?.elements.count == 1)
            await portal.send("POST", "\(path)/notes", ["text": "Done."], as: sue.caller)
            #expect(await portal.send("GET", path, as: sue.caller).data["state"] == "closed")
            let reply: JSON = ["threadId": .string(thread), "message": "One more thing"]
            #expect(await portal.send("POST", Praxis.messages, reply, as: ola.caller).status == 201)
            #expect(await portal.send("GET", path, as: sue.caller).data["state"] == "open")
            #expect(await portal.send("POST", "\(path)/archive", as: sue.caller).data["state"] == "archived")
            let late = await portal.send("POST", Praxis.messages, reply, as: ola.caller)
            #expect(late.status == 409 && late.code == "CONVERSATION_ARCHIVED")
            let own = await portal.send("GET", "\(Praxis.messages)/threads/\(thread)", as: ola.caller)
            #expect(own.status == 200 && own.data["messages"]?[0]?["actions"] == [])
            // Kept for a day, as its kind says.
            portal.clock.advance(by: .seconds(86_399))
            await portal.work()
            #expect(await portal.send("GET", path, as: sue.caller).status == 200)
            portal.clock.advance(by: .seconds(2))
            await portal.work()
            #expect(await portal.send("GET", path, as: sue.caller).status == 404)
            #expect(await portal.send("GET", Praxis.messages, as: ola.caller).data["messages"] == [])
        }
    }

    @Test func `of the host shows all plugins, and keeps canned replies`() async throws {
        try await withPlugins([Praxis.self, Salon.self]) { portal in
            let ola = try await portal.somebody("customer")
            let ada = try await portal.somebody("admin", "Ada")
            let sue = try await portal.somebody("support", "Sue")
            let asked = await portal.ask(as: ola.caller)
            let chat = await portal.send("POST", Salon.chat, ["text": "Hello"], as: ola.caller)
            #expect(chat.status == 201, "\(chat.text)")
            let base = "/_portico/v1/inbox"
            #expect(await portal.send("GET", base, as: sue.caller).status == 403)
            let all = await portal.send("GET", base, as: ada.caller)
            #expect(Set(all.body["data"]?.elements.compactMap { $0["plugin"]?.string } ?? []) == ["praxis", "salon"])
            let some = await portal.send("GET", "\(base)?plugin=salon", as: ada.caller)
            #expect(some.body["data"]?.elements.count == 1)
            let thread = asked.data["threadId"]?.string ?? ""
            let answer = await portal.send("POST", "\(base)/\(thread)/messages", ["text": "Yes?"], as: ada.caller)
            #expect(answer.status == 201, "\(answer.text)")
            let note = await portal.send("POST", "\(base)/\(thread)/notes", ["text": "Hm."], as: ada.caller)
            #expect(note.status == 201)
            let given = await portal.send(
                "POST", "\(base)/\(thread)/assign", ["assignee": .string(sue.id.rawValue)], as: ada.caller)
            #expect(given.status == 200, "\(given.text)")
            let none = await portal.send(
                "POST", "\(base)/\(chat.data["conversationId"]?.string ?? "")/assign",
                ["assignee": .string(sue.id.rawValue)], as: ada.caller)
            #expect(none.status == 400 && none.headers["content-type"] == "application/problem+json", "\(none.text)")
            // One plugin knows nothing of another's.
            let foreign = await portal.send(
                "GET", "\(Praxis.staff)/\(chat.data["conversationId"]?.string ?? "")", as: sue.caller)
            #expect(foreign.status == 404)
            let own = await portal.send("GET", "/_portico/v1/me/conversations", as: ola.caller)
            #expect(own.body["data"]?.elements.count == 2, "\(own.text)")

            let replies = "\(base)/replies"
            #expect(await portal.send("POST", replies, ["title": "x", "text": "y"], as: sue.caller).status == 403)
            let added = await portal.send(
                "POST", replies, ["title": "Hours", "text": "We open at nine.", "plugin": "praxis"], as: ada.caller)
            #expect(added.status == 201, "\(added.text)")
            let unknown = await portal.send(
                "POST", replies, ["title": "x", "text": "y", "plugin": "nobody"], as: ada.caller)
            #expect(unknown.status == 400 && unknown.body["errors"]?[0]?["field"] == "plugin")
            let general = await portal.send("POST", replies, ["title": "Bye", "text": "Bye."], as: ada.caller)
            func titles(_ path: String, _ caller: Caller) async -> [String] {
                let answer = await portal.send("GET", path, as: caller)
                return answer.body["data"]?.elements.compactMap { $0["title"]?.string } ?? []
            }
            #expect(await titles("\(Praxis.staff)/replies", sue.caller) == ["Bye", "Hours"])
            let stylist = try await portal.somebody("STAFF", "Stan")
            #expect(await titles("\(Salon.inbox)/replies", stylist.caller) == ["Bye"])
            #expect(await portal.send("GET", "\(Praxis.staff)/replies", as: ola.caller).status == 404)
            let changed = await portal.send(
                "PUT", "\(replies)/\(general.id)", ["title": "Goodbye", "text": "Bye."], as: ada.caller)
            #expect(changed.body["title"] == "Goodbye", "\(changed.text)")
            #expect(await portal.send("DELETE", "\(replies)/\(added.id)", as: ada.caller).status == 204)
            #expect(await portal.send("DELETE", "\(replies)/\(added.id)", as: ada.caller).status == 404)
            #expect(await titles("\(Praxis.staff)/replies", sue.caller) == ["Goodbye"])
        }
    }
}
