import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Messages about a case` {
    @Test func `go between the client and the team, in seed 003's shape`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.portal.send(
                "POST", "/api/portal/messages/",
                ["subject": "New Thread Subject", "case": .integer(Int64(firm.matter)), "message": "Initial"],
                as: firm.client)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.body["case"] == ["id": .integer(Int64(firm.matter)), "title": "Contract Dispute"])
            #expect(made.body["messages"]?[0]?["sender"]?["id"]?.integer != nil)
            let path = "/api/portal/messages/\(made.id)/"
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 404)
            #expect(await firm.portal.send("GET", path, as: firm.stranger).status == 404)
            let answer = await firm.portal.send("POST", path, ["content": "We look at it"], as: firm.attorney)
            #expect(answer.status == 201 && answer.body["sender"]?["name"] == "Jane Smith", "\(answer.text)")
            let list = await firm.portal.send("GET", "/api/portal/messages/", as: firm.client)
            #expect(list.body[0]?["unread_count"] == 1 && list.body[0]?["case"] == .integer(Int64(firm.matter)))
            await firm.portal.work()
            let now = await firm.portal.send("GET", "/api/portal/notifications/", as: firm.client)
            let notification = try #require(
                now.body.elements.first { $0["notification_type"] == "MESSAGE" }, "\(now.text)")
            #expect(notification["related_object_type"] == "MessageThread")
            #expect(notification["related_object_id"] == .integer(made.id) && notification["is_read"] == false)
            let events = await firm.portal.events.filter { $0.name == "legal-cases.message-created" }
            let threads = events.compactMap { $0.payload["thread_id"]?.integer }
            #expect(threads == [made.id, made.id])
            #expect(events.allSatisfy { ($0.payload["sender_id"]?.integer ?? 0) > 0 })
            #expect(events.allSatisfy { $0.payload["case_id"]?.integer == Int64(firm.matter) })
        }
    }

    @Test func `follow the team`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.portal.send(
                "POST", "/api/portal/messages/",
                ["subject": "A question", "case": .integer(Int64(firm.matter)), "message": "When?"], as: firm.client)
            let team = "/api/staff/cases/\(firm.matter)/team/"
            #expect(
                await firm.portal.send("PUT", team + "\(firm.outsiderID.rawValue)/", [:], as: firm.attorney).status
                    == 200)
            let path = "/api/portal/messages/\(made.id)/"
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 200)
            #expect(
                await firm.portal.send("DELETE", team + "\(firm.outsiderID.rawValue)/", as: firm.attorney).status == 204
            )
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 404)
            #expect(await firm.portal.send("POST", path, ["content": "Me again"], as: firm.outsider).status == 404)
        }
    }

    @Test func `are about one's own cases`() async throws {
        try await withDocumentFirm { firm in
            for matter in [Int64(firm.matter), 999] {
                let refused = await firm.portal.send(
                    "POST", "/api/portal/messages/",
                    ["subject": "x", "case": .integer(matter), "message": "y"], as: firm.stranger)
                #expect(refused.status == 400 && refused.body["error"]?["details"]?["case"] != nil, "\(refused.text)")
            }
        }
    }
}

@Suite struct `Notifications` {
    @Test func `are marked as read by their numbers, and all at once`() async throws {
        try await withDocumentFirm { firm in
            await firm.upload("a", title: "First")
            await firm.upload("b", title: "Second")
            await firm.portal.work()
            let path = "/api/portal/notifications/"
            let list = await firm.portal.send("GET", path, as: firm.client)
            let numbers = list.body.elements.compactMap { $0["id"]?.integer }
            #expect(numbers.count == 2 && Set(numbers).count == 2 && numbers == numbers.sorted(by: >))
            #expect(
                list.body[0]?["notification_type"] == "DOCUMENT" && list.body[0]?["related_object_type"] == "Document")
            let first = try #require(numbers.first)
            #expect(await firm.portal.send("POST", path + "\(first)/read/", as: firm.stranger).status == 404)
            let read = await firm.portal.send("POST", path + "\(first)/read/", as: firm.client)
            #expect(read.status == 200 && read.body["is_read"] == true && read.body["id"]?.integer == first)
            #expect(await firm.portal.send("GET", path + "?unread=true", as: firm.client).body.elements.count == 1)
            let all = await firm.portal.send("PATCH", path + "read-all/", as: firm.client)
            #expect(all.status == 200 && all.body["updated"] == 1, "\(all.text)")
            #expect(await firm.portal.send("GET", path + "?unread=true", as: firm.client).body == [])
        }
    }
}
