import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Inviting a friend` {
    @Test func `sends one invitation, and whoever comes by it counts`() async throws {
        try await withPlugin(MedicalOpinion.self, tenant: ["registration": "open"]) { portal in
            let ana = Caller.person(
                try await portal.person(givenName: "Ana", email: "ana@test.example", roles: ["customer"]))
            let ben = Caller.person(try await portal.person(email: "ben@test.example", roles: ["customer"]))
            let path = "/v1/portal/referrals"
            let invited = await portal.send("POST", path, ["email": "friend@test.example"], as: ana)
            #expect(invited.status == 201)
            #expect(invited.body["data"]?["status"] == "invited")
            #expect(await portal.send("POST", path, ["email": "friend@test.example"], as: ana).status == 409)
            #expect(await portal.send("POST", path, ["email": "ana@test.example"], as: ana).status == 400)
            // Another customer invites them too: the same answer, and no second mail. Who has an account gets none.
            #expect(await portal.send("POST", path, ["email": "friend@test.example"], as: ben).status == 201)
            #expect(await portal.send("POST", path, ["email": "ben@test.example"], as: ana).status == 201)
            await portal.work()
            let mails = await portal.outbox.email.filter { $0.subject.contains("invites you") }
            #expect(mails.map(\.to) == ["friend@test.example"])
            #expect(mails.first?.body.contains("Ana uses Test Portal") == true)

            await portal.send(
                "POST", "/v1/portal/auth/register",
                ["email": "friend@test.example", "firstName": "Fay", "lastName": "Friend"])
            await portal.work()
            let letter = await portal.outbox.email.first {
                $0.to == "friend@test.example" && $0.body.contains("token=")
            }
            let token = try #require(letter?.body.split(separator: "token=").last?.prefix { !$0.isWhitespace })
            let accepted = await portal.send(
                "POST", "/v1/portal/auth/accept-invitation",
                ["token": .string(String(token)), "password": "Portal#2025demo"])
            #expect(accepted.status < 300, "\(accepted.text)")
            let journey = await portal.data("/v1/portal/journey", as: ana)
            #expect(journey["milestones"]?.elements.last?["type"] == "referred_friend")
            let list = await portal.data(path, as: ana)["referrals"]?.elements
            #expect(list?.first { $0["email"] == "friend@test.example" }?["status"] == "joined")
            let others = await portal.data("/v1/portal/journey", as: ben)["milestones"]?.elements
            #expect(others?.contains { $0["type"] == "referred_friend" } == false)
        }
    }
}
