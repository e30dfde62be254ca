import PluginTestKit
import Testing

@Suite struct `Threads and chats` {
    @Test func `threads look as seed 003 shows them`() async throws {
        try await withPlugin(Kanzlei.self) { portal in
            let john = try await portal.somebody("client", "John")
            let jane = try await portal.somebody("attorney", "Jane")
            let begun = await portal.send(
                "POST", "\(Kanzlei.messages)/",
                ["subject": "New Thread Subject", "case": 1, "message": "Initial message content"], as: john.caller)
            #expect(begun.status == 201, "\(begun.text)")
            #expect(begun.body.names == ["id", "subject", "case", "created_at", "updated_at", "messages"])
            #expect(begun.body["case"] == ["id": 1, "title": "Contract Dispute"])
            let number = try #require(begun.body["id"]?.integer)
            let message = try #require(begun.body["messages"]?[0])
            #expect(message.names == ["id", "sender", "content", "created_at", "is_read"])
            #expect(message["sender"] == ["id": 5, "name": "John Nordmann"])
            #expect(message["content"] == "Initial message content" && message["is_read"] == false)
            let list = await portal.send("GET", "\(Kanzlei.messages)/", as: john.caller)
            #expect(
                list.body[0]?.names == ["id", "subject", "case", "created_at", "updated_at", "unread_count"])
            #expect(list.body[0]?["case"] == 1 && list.body[0]?["unread_count"] == 0)

            let queue = await portal.send("GET", Kanzlei.staff, as: jane.caller)
            #expect(queue.status == 200 && queue.body[0]?["waiting_since"]?.string != nil, "\(queue.text)")
            let id = try #require(queue.body[0]?["id"]?.string)
            let answer = await portal.send(
                "POST", "\(Kanzlei.staff)/\(id)/messages", ["text": "Please review"], as: jane.caller)
            #expect(answer.status == 201 && answer.body["is_note"] == false, "\(answer.text)")
            let own = await portal.send("GET", "\(Kanzlei.messages)/\(number)/", as: john.caller)
            #expect(
                own.body["messages"]?.elements.map { $0["is_read"] } == [true, false], "\(own.text)")
            #expect(own.body["messages"]?[1]?["sender"] == ["id": 3, "name": "Jane Nordmann"])
            let sent = await portal.send(
                "POST", "\(Kanzlei.messages)/\(number)", ["content": "This is my message content"], as: john.caller)
            #expect(sent.status == 201 && sent.body.names == ["id", "sender", "content", "created_at", "is_read"])
            let read = await portal.send("POST", "\(Kanzlei.messages)/\(number)/read/", as: john.caller)
            #expect(read.status == 200 && read.body["unread_count"] == 0, "\(read.text)")
            let missing = await portal.send("GET", "\(Kanzlei.messages)/999/", as: john.caller)
            #expect(missing.status == 404 && missing.body["error"]?["code"]?.string != nil)
            let wrong = await portal.send("POST", "\(Kanzlei.messages)/", ["subject": "x"], as: john.caller)
            #expect(wrong.status == 400 && wrong.body["error"]?["details"]?["message"]?.elements.count == 1)
            let page = await portal.send("GET", "\(Kanzlei.messages)/?page=1&page_size=1", as: john.caller)
            #expect(page.body.elements.count == 1 && page.headers["link"] == nil)
        }
    }

    @Test func `keep every promise in the bare dialect`() async {
        let findings = await conformance(of: Kanzlei.self) { portal in
            let john = try await portal.somebody("client", "John")
            let jane = try await portal.somebody("attorney", "Jane")
            let begun = await portal.send(
                "POST", "\(Kanzlei.messages)/", ["subject": "S", "case": 1, "message": "M"], as: john.caller)
            let number = begun.body["id"]?.integer ?? 0
            await portal.send("GET", "\(Kanzlei.messages)/", as: john.caller)
            await portal.send("GET", "\(Kanzlei.messages)/\(number)/", as: john.caller)
            await portal.send("POST", "\(Kanzlei.messages)/\(number)/", ["content": "x"], as: john.caller)
            await portal.send("POST", "\(Kanzlei.messages)/\(number)/read/", as: john.caller)
            let id = await portal.send("GET", Kanzlei.staff, as: jane.caller).body[0]?["id"]?.string ?? ""
            await portal.send("POST", "\(Kanzlei.staff)/\(id)/notes", ["text": "x"], as: jane.caller)
            for path in ["", "/messages", "/participants"] {
                await portal.send("GET", "\(Kanzlei.staff)/\(id)\(path)", as: jane.caller)
            }
        }
        #expect(findings == [])
    }

    @Test func `a chat is one thread that goes on`() async throws {
        try await withPlugin(Salon.self) { portal in
            let ola = try await portal.somebody("customer")
            let stan = try await portal.somebody("STAFF", "Stan")
            let none = await portal.send("GET", Salon.chat, as: ola.caller)
            #expect(none.body["data"] == [] && none.body["pagination"]?["total"] == 0, "\(none.text)")
            let file = await portal.uploaded(as: ola.caller, at: "/api/customer/files")
            let first = await portal.send(
                "POST", Salon.chat, ["text": "Hello", "attachments": [.string(file)]], as: ola.caller)
            #expect(first.status == 201, "\(first.text)")
            #expect(
                first.body.names == [
                    "id", "conversationId", "from", "text", "sentAt", "isMine", "isRead", "priority", "attachments",
                    "readBy",
                ])
            let id = first.body["conversationId"]?.string ?? ""
            let second = await portal.send("POST", Salon.chat, ["text": "Anybody?"], as: ola.caller)
            #expect(second.body["conversationId"]?.string == id)
            await portal.send("POST", "\(Salon.inbox)/\(id)/messages", ["text": "Yes!"], as: stan.caller)
            let unread = await portal.send("GET", "\(Salon.chat)/unread", as: ola.caller)
            #expect(unread.body["unreadCount"] == 1)
            let list = await portal.send("GET", Salon.chat, as: ola.caller)
            #expect(list.body["data"]?.elements.map { $0["text"] } == ["Yes!", "Anybody?", "Hello"])
            #expect(list.body["data"]?.elements.map { $0["isRead"] } == [false, true, true])
            #expect(await portal.send("POST", "\(Salon.chat)/read", as: ola.caller).body["unreadCount"] == 0)
            await portal.send("POST", "\(Salon.inbox)/\(id)/archive", as: stan.caller)
            let anew = await portal.send("POST", Salon.chat, ["text": "New"], as: ola.caller)
            #expect(anew.status == 201 && anew.body["conversationId"]?.string != id)
        }
    }

    @Test func `keep every promise in the clinic's dialect`() async {
        let findings = await conformance(of: Salon.self) { portal in
            let ola = try await portal.somebody("customer")
            let stan = try await portal.somebody("STAFF", "Stan")
            let sent = await portal.send("POST", Salon.chat, ["text": "Hello"], as: ola.caller)
            let id = sent.body["conversationId"]?.string ?? ""
            await portal.send("GET", Salon.chat, as: ola.caller)
            let own = await portal.send("POST", Salon.own, ["subject": "S", "text": "T"], as: ola.caller)
            for path in ["", "/messages"] {
                await portal.send("GET", "\(Salon.own)/\(own.body["id"]?.string ?? "")\(path)", as: ola.caller)
            }
            await portal.send("POST", "\(Salon.own)/\(id)/messages", ["text": "x"], as: ola.caller)
            await portal.send("POST", "\(Salon.own)/\(id)/archive", as: ola.caller)
            await portal.send("GET", "\(Salon.own)?archived=true", as: ola.caller)
            await portal.send("POST", "\(Salon.own)/\(id)/unarchive", as: ola.caller)
            await portal.send("POST", "\(Salon.inbox)/\(id)/messages", ["text": "Yes!"], as: stan.caller)
            await portal.send("POST", "\(Salon.own)/\(id)/read", as: ola.caller)
        }
        #expect(findings == [])
    }
}
