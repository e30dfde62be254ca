import PluginTestKit
import Testing

@Suite struct `Who sees a conversation` {
    @Test func `no customer is shown a note by any way`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let asked = await portal.ask("A question", as: ola.caller)
            let thread = try #require(asked.data["threadId"]?.string)
            let before = await portal.send("GET", Praxis.messages, as: ola.caller)
            let file = await portal.uploaded(as: sue.caller)
            portal.clock.advance(by: .seconds(60))
            let note = await portal.send(
                "POST", "\(Praxis.staff)/\(thread)/notes", ["text": "SECRET", "attachments": [.string(file)]],
                as: sue.caller)
            #expect(note.status == 201 && note.data["isNote"] == true, "\(note.text)")
            await portal.work()

            let after = await portal.send("GET", Praxis.messages, as: ola.caller)
            #expect(after.data == before.data)
            let paths = [
                Praxis.messages, "\(Praxis.messages)/threads/\(thread)", "/_portico/v1/me/conversations",
                "/_portico/v1/me/conversations/\(thread)", "/_portico/v1/me/conversations/\(thread)/messages",
                "/_portico/v1/me/conversations/unread", "/_portico/v1/me/notifications",
            ]
            for path in paths {
                let answer = await portal.send("GET", path, as: ola.caller)
                #expect(answer.status == 200, "\(path): \(answer.text)")
                #expect(!answer.text.contains("SECRET") && !answer.text.contains(note.id), "\(path)")
                #expect(!answer.text.contains(file), "\(path)")
            }
            let refused = [
                ("GET", "\(Praxis.messages)/\(note.id)"), ("POST", "\(Praxis.messages)/\(note.id)/read"),
                ("GET", "\(Praxis.files)/\(file)"), ("GET", "/_portico/v1/files/\(file)"),
                ("GET", "\(Praxis.staff)/\(thread)"), ("GET", "\(Praxis.staff)/\(thread)/messages"),
                ("GET", "\(Praxis.staff)/\(thread)/participants"),
                ("POST", "\(Praxis.staff)/\(thread)/take"), ("POST", "\(Praxis.staff)/\(thread)/close"),
            ]
            for (method, path) in refused {
                let answer = await portal.send(method, path, as: ola.caller)
                #expect(answer.status == 404, "\(path): \(answer.status) \(answer.text)")
            }
            #expect(await portal.send("GET", Praxis.staff, as: ola.caller).body["data"] == [])
            #expect(await portal.send("GET", "/_portico/v1/inbox", as: ola.caller).status == 403)
            let events = await portal.events
            #expect(events.count == 3 || !events.isEmpty)
            for event in events {
                #expect(!event.payload.text.contains("SECRET"), "\(event.name)")
                if event.name == MessagePosted.name { #expect(event.payload["messageId"]?.string != note.id) }
                if event.name == InboxChanged.name { #expect(!event.audience.text.contains(ola.id.rawValue)) }
            }
            #expect(await portal.outbox.messages.allSatisfy { !$0.body.contains("SECRET") })

            let seen = await portal.send("GET", "\(Praxis.staff)/\(thread)/messages", as: sue.caller)
            #expect(seen.body["data"]?[0]?["text"] == "SECRET" && seen.body["data"]?[0]?["isNote"] == true)
            #expect(await portal.send("GET", "\(Praxis.files)/\(file)", as: sue.caller).status == 200)
        }
    }

    @Test func `who has both roles is a customer in what is their own`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let both = try await portal.person(email: "both@example.com", roles: ["customer", "support"])
            let sue = try await portal.somebody("support", "Sue")
            // Held over the whole tenant, the permission begins threads in the inbox only: for somebody else.
            let asked = await portal.send(
                "POST", Praxis.staff, ["customer": .string(both.rawValue), "subject": "You", "message": "Hello"],
                as: sue.caller)
            #expect(asked.status == 201, "\(asked.text)")
            let note = await portal.send(
                "POST", "\(Praxis.staff)/\(asked.id)/notes", ["text": "SECRET"], as: sue.caller)
            #expect(note.status == 201)
            let own = await portal.send("GET", "\(Praxis.staff)/\(asked.id)/messages", as: .person(both))
            #expect(own.status == 404)
            let list = await portal.send("GET", Praxis.staff, as: .person(both))
            #expect(list.body["data"] == [], "\(list.text)")
            let thread = await portal.send("GET", "\(Praxis.messages)/threads/\(asked.id)", as: .person(both))
            #expect(thread.status == 200 && !thread.text.contains("SECRET"))
        }
    }

    @Test func `another's thread and another tenant's do not exist`() async throws {
        try await withPlugin(Praxis.self, tenants: ["test", "other"]) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let other = portal.at("other")
            let sue = try await other.somebody("support", "Sue")
            let asked = await portal.ask(as: ola.caller)
            let thread = try #require(asked.data["threadId"]?.string)
            for (method, path, body) in [
                ("GET", "\(Praxis.messages)/\(asked.id)", nil),
                ("POST", "\(Praxis.messages)/\(asked.id)/read", nil),
                ("GET", "\(Praxis.messages)/threads/\(thread)", nil),
                ("POST", "\(Praxis.messages)/threads/\(thread)/archive", nil),
                ("POST", Praxis.messages, ["threadId": .string(thread), "message": "Hi"]),
                ("GET", "/_portico/v1/me/conversations/\(thread)", nil),
                ("GET", "/_portico/v1/me/conversations/\(thread)/messages", nil),
                ("POST", "/_portico/v1/me/conversations/\(thread)/messages", ["text": "Hi"]),
                ("POST", "/_portico/v1/me/conversations/\(thread)/read", nil),
            ] as [(String, String, JSON?)] {
                let answer = await portal.send(method, path, body, as: kari.caller)
                #expect(answer.status == 404, "\(method) \(path): \(answer.status) \(answer.text)")
                let never = await portal.send(method, path.replacing(thread, with: "thr_none"), body, as: kari.caller)
                #expect(never.status == 404)
            }
            for path in ["", "/messages", "/participants"] {
                let answer = await other.send("GET", "\(Praxis.staff)/\(thread)\(path)", as: sue.caller)
                #expect(answer.status == 404)
            }
            #expect(await other.send("GET", Praxis.staff, as: sue.caller).body["data"] == [])
        }
    }

    @Test func `the subject decides which of the staff see it, as it is now`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sarah = try await portal.somebody("professional", "Sarah")
            let stranger = try await portal.somebody("professional", "Stan")
            let here = try await portal.person(email: "here@example.com", roles: ["branch"], branch: "north")
            let there = try await portal.person(email: "there@example.com", roles: ["branch"], branch: "south")
            await portal.send(
                "POST", "/v1/portal/cases",
                ["id": "C-1", "professional": .string(sarah.id.rawValue), "branch": "north"], as: ola.caller)
            let asked = await portal.ask(as: ola.caller, ["caseNumber": "C-1", "recipientType": "professional"])
            #expect(asked.status == 201, "\(asked.text)")
            let path = "\(Praxis.staff)/\(asked.data["threadId"]?.string ?? "")"
            for (caller, sees) in [
                (sarah.caller, true), (stranger.caller, false), (.person(here), true), (.person(there), false),
                (ola.caller, false),
            ] {
                let one = await portal.send("GET", path, as: caller)
                #expect(one.status == (sees ? 200 : 404), "\(one.text)")
                let list = await portal.send("GET", Praxis.staff, as: caller)
                #expect(list.body["data"]?.elements.count == (sees ? 1 : 0), "\(list.text)")
                let send = await portal.send("POST", "\(path)/messages", ["text": "Hi"], as: caller)
                #expect(send.status == (sees ? 201 : 404))
            }
        }
    }

    @Test func `attachments are read by who takes part, and by no others`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            let file = await portal.uploaded(as: ola.caller)
            #expect(await portal.send("GET", "\(Praxis.files)/\(file)", as: sue.caller).status == 404)
            let asked = await portal.ask(as: ola.caller, ["attachments": [.string(file)]])
            #expect(asked.status == 201)
            for base in [Praxis.files, "/_portico/v1/files"] {
                #expect(await portal.send("GET", "\(base)/\(file)", as: ola.caller).text == "Hello")
                #expect(await portal.send("GET", "\(base)/\(file)", as: sue.caller).text == "Hello")
                #expect(await portal.send("GET", "\(base)/\(file)", as: kari.caller).status == 404)
            }
            // It stays as it was sent, whoever asks.
            for caller in [ola.caller, sue.caller] {
                #expect(await portal.send("DELETE", "\(Praxis.files)/\(file)", as: caller).status == 404)
            }
        }
    }

    @Test func `who leaves, or loses the role, sees it no more`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            let thread = try #require(await portal.ask(as: ola.caller).data["threadId"]?.string)
            let people = "\(Praxis.staff)/\(thread)/participants"
            let joined = await portal.send(
                "POST", people, ["person": .string(kari.id.rawValue), "side": "customer"], as: sue.caller)
            #expect(joined.status == 200, "\(joined.text)")
            let seen = await portal.send("GET", "\(Praxis.messages)/threads/\(thread)", as: kari.caller)
            #expect(seen.status == 200 && seen.data["unreadCount"] == 1, "\(seen.text)")
            let staff = await portal.send("POST", people, ["person": .string(kari.id.rawValue)], as: sue.caller)
            #expect(staff.status == 400 && staff.body["error"]?["details"]?[0]?["field"] == "person", "\(staff.text)")
            #expect(await portal.send("DELETE", "\(people)/\(kari.id.rawValue)", as: sue.caller).status == 200)
            #expect(
                await portal.send("GET", "\(Praxis.messages)/threads/\(thread)", as: kari.caller).status == 404)
            await portal.send("POST", "\(Praxis.staff)/\(thread)/take", as: sue.caller)
            let admin = try await portal.somebody("admin", "Ada")
            let taken = await portal.send(
                "DELETE", "/_portico/v1/users/\(sue.id.rawValue)/roles/praxis/support", as: admin.caller)
            #expect((200..<300).contains(taken.status), "\(taken.text)")
            #expect(await portal.send("GET", "\(Praxis.staff)/\(thread)", as: sue.caller).status == 403)
            await portal.work()
            let before = await portal.outbox.messages.count
            await portal.send(
                "POST", Praxis.messages, ["threadId": .string(thread), "message": "Hi"], as: ola.caller)
            await portal.work()
            #expect(await portal.outbox.messages.count == before)
        }
    }
}
