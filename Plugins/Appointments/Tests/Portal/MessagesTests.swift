import PluginTestKit
import Testing

@Suite struct `A customer's chat with the clinic` {
    @Test func `reaches the people of their branch, who answer`() async throws {
        try await withClinic { portal in
            let ola = try await portal.customer()
            let profile = await portal.send(
                "PUT", "/api/customer/profile", ["preferredBranchId": "brn_berlin"], as: ola)
            let here = try await portal.person(email: "here@example.com", roles: ["STAFF"], branch: "brn_berlin")
            let there = try await portal.person(email: "there@example.com", roles: ["STAFF"], branch: "brn_newyork")
            let admin = try await portal.person(email: "admin@example.com", roles: ["ADMIN"])
            let hasBranch = profile.status == 200
            let sent = await portal.send("POST", "/api/customer/messages", ["text": "Do you open on Monday?"], as: ola)
            #expect(sent.status == 201, "\(sent.text)")
            let id = try #require(sent.body["conversationId"]?.string)
            for (person, sees) in [(here, hasBranch), (there, false), (admin, true)] {
                let list = await portal.send("GET", "/v1/messages?assignee=none", as: .person(person))
                #expect(list.status == 200)
                #expect(list.body["data"]?.elements.count == (sees ? 1 : 0), "\(list.text)")
                let one = await portal.send("GET", "/v1/messages/\(id)", as: .person(person))
                #expect(one.status == (sees ? 200 : 404))
            }
            await portal.send("POST", "/v1/messages/\(id)/notes", ["text": "SECRET"], as: .person(admin))
            let answer = await portal.send("POST", "/v1/messages/\(id)/messages", ["text": "Yes."], as: .person(admin))
            #expect(answer.status == 201, "\(answer.text)")
            let chat = await portal.send("GET", "/api/customer/messages", as: ola)
            #expect(chat.body["data"]?.elements.map { $0["text"] } == ["Yes.", "Do you open on Monday?"])
            #expect(!chat.text.contains("SECRET"))
            await portal.work()
            #expect(await portal.outbox.sms.map(\.to) == ["+15550100001"])
        }
    }
}
