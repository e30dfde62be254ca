import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Whoever looks after a case` {
    @Test func `hears when it is late: the desk, and its expert where it has one`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            _ = try await portal.person(email: "second@example.com", roles: ["case_manager"])
            let sarah = try await cast.expert("Sarah", "Johnson")
            let number = await cast.sentCase()
            portal.clock.advance(by: .seconds(24 * 3600))
            for address in ["desk@example.com", "second@example.com"] {
                #expect((await cast.mail(to: address)).map(\.subject) == ["Case \(number) is overdue"])
            }
            #expect((await cast.mail(to: "boss@example.com")).isEmpty)
            await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(sarah.rawValue)], as: cast.desk)
            portal.clock.advance(by: .seconds(72 * 3600))
            #expect((await cast.mail(to: "sarah@clinic.example")).map(\.subject) == ["Case \(number) is overdue"])
            #expect((await cast.mail(to: "desk@example.com")).count == 2)
            let back = await portal.send(
                "POST", "/v1/staff/cases/\(number)/status", ["status": "awaiting_expert"], as: .person(sarah))
            #expect(back.status == 200, "\(back.text)")
            #expect((await cast.mail(to: "desk@example.com")).last?.subject == "Case \(number) needs an expert")
            for (status, state) in [("in_triage", "in_triage"), ("awaiting_expert", nil)] as [(String, String?)] {
                let moved = await portal.send(
                    "POST", "/v1/staff/cases/\(number)/status", ["status": .string(status)], as: cast.desk)
                #expect(moved.body["data"]?["detailedStatus"]?.string == state, "\(moved.text)")
            }
        }
    }

    @Test func `is chosen for premium customers by how much there is to do, and hears of their things first`()
        async throws
    {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let second = try await portal.person(
                givenName: "Kim", familyName: "Second", email: "second@example.com", roles: ["case_manager"])
            func premium(_ customer: PersonID) async -> JSON? {
                let answer = await portal.send(
                    "PATCH", "/v1/staff/customers/\(customer.rawValue)", ["plan": "premium"], as: cast.boss)
                #expect(answer.status == 200, "\(answer.text)")
                return answer.body["data"]?["customer"]?["caseManager"]?["id"]
            }
            let ana = try await portal.person(givenName: "Ana", email: "ana@example.com", roles: ["customer"])
            let (first, other) = (await premium(cast.johnID), await premium(ana))
            #expect(first != nil && other != nil && first != other, "each has one")
            #expect(await premium(ana) == other, "and keeps them")
            let path = "/v1/staff/customers/\(ana.rawValue)"
            for bad in [["caseManagerId": .string(cast.johnID.rawValue)], [:]] as [JSON] {
                #expect(await portal.send("PATCH", path, bad, as: cast.desk).status == 400)
            }
            let set = await portal.send("PATCH", path, ["caseManagerId": .string(second.rawValue)], as: cast.desk)
            #expect(set.body["data"]?["customer"]?["caseManager"]?["name"] == "Kim Second")
            let number = await cast.sentCase(of: .person(ana))
            let shown = await portal.send("GET", "/v1/portal/cases/\(number)", as: .person(ana))
            #expect(shown.body["data"]?["caseManager"]?["name"] == "Kim Second")
            let page = await portal.send(
                "GET", "/portal/cases/\(number)", as: .person(ana), headers: ["Accept": "text/html"])
            #expect(page.text.contains("Kim Second"))
            #expect((await cast.mail(to: "second@example.com")).map(\.subject) == ["A new case \(number)"])
            let own = await portal.send("GET", "/v1/staff/cases?caseManagerId=\(second.rawValue)", as: cast.desk)
            #expect(own.body["data"]?["cases"]?.elements.count == 1)
            portal.clock.advance(by: .seconds(24 * 3600))
            let late = "Case \(number) is overdue"
            #expect((await cast.mail(to: "second@example.com")).map(\.subject).contains(late))
            #expect((await cast.mail(to: "desk@example.com")).isEmpty, "the others are not told yet")
            portal.clock.advance(by: .seconds(4 * 3600))
            #expect((await cast.mail(to: "desk@example.com")).map(\.subject) == [late])
            #expect((await cast.mail(to: "second@example.com")).filter { $0.subject == late }.count == 1)
            let asked = await portal.send(
                "POST", "/v1/portal/messages",
                ["recipientType": "support", "subject": "A question", "message": "When?"], as: .person(ana))
            #expect(asked.status == 201, "\(asked.text)")
            let inbox = await portal.send("GET", "/v1/staff/inbox", as: cast.boss)
            #expect(inbox.text.contains(second.rawValue), "\(inbox.text)")
            await portal.send("PATCH", path, ["plan": "free"], as: cast.boss)
            let profile = await portal.send("GET", path, as: cast.boss)
            #expect(profile.body["data"]?["customer"]?["caseManager"] == nil)
        }
    }
}
