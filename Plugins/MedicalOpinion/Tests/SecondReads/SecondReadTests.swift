import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A second read` {
    /// A case in review with a draft, and another expert.
    private func withReader(
        settings: JSON = [:], _ body: (SignedCase, PersonID) async throws -> Void
    ) async throws {
        try await withPlugin(MedicalOpinion.self, settings: settings) { portal in
            let made = try await SignedCase.made(in: portal, isSigned: false)
            let second = try await portal.person(
                givenName: "Amir", familyName: "Khan", email: "amir@example.com", roles: ["expert"])
            await portal.send(
                "POST", "/v1/staff/professionals",
                [
                    "personId": .string(second.rawValue), "title": "Cardiologist", "specialties": ["Cardiology"],
                    "languages": ["en"],
                ], as: made.desk)
            await portal.send("POST", made.staffPath + "/status", ["status": "in_review"], as: made.sarah)
            await portal.send("PUT", made.staffPath + "/opinion", ["text": "No surgery, I think."], as: made.sarah)
            // So many requests in a second are more than one may send.
            portal.clock.advance(by: .seconds(2))
            try await body(made, second)
            #expect(portal.faults == [])
        }
    }

    @Test func `is asked, signed, heard by the first expert and the desk, and shown once it is released`() async throws
    {
        try await withReader { made, second in
            let (portal, amir) = (made.portal, Caller.person(second))
            let path = made.staffPath + "/second-read"
            #expect(await portal.send("GET", made.staffPath, as: amir).status == 404)
            let asked = await portal.send(
                "POST", path, ["professionalId": .string(second.rawValue)], as: made.desk)
            #expect(asked.status == 201, "\(asked.text)")
            let case1 = await portal.send("GET", made.staffPath, as: amir)
            #expect(case1.status == 200 && case1.body["data"]?["detailedStatus"] == "second_read")
            let list = await portal.send("GET", "/v1/staff/second-reads", as: amir)
            #expect(list.body["data"]?["reads"]?[0]?["caseNumber"] == .string(made.number))
            let seen = await portal.send("GET", path, as: amir)
            #expect(seen.body["data"]?["draft"]?["text"] == "No surgery, I think.")
            #expect((await portal.send("GET", path, as: made.desk)).body["data"]?["draft"] == .null)
            // The first expert does not sign for the second, nor the second for the first, nor moves the case.
            let said: JSON = ["agrees": false, "text": "I would watch it for a month."]
            #expect(await portal.send("POST", path + "/opinion", said, as: made.sarah).status == 403)
            #expect(await portal.send("POST", made.staffPath + "/opinion", ["text": "x"], as: amir).status == 404)
            #expect(
                await portal.send("POST", made.staffPath + "/status", ["status": "in_review"], as: amir).status == 404)
            #expect(await portal.send("POST", path + "/release", as: made.desk).status == 409)
            portal.clock.advance(by: .seconds(2))
            let signed = await portal.send("POST", path + "/opinion", said, as: amir)
            #expect(signed.status == 201, "\(signed.text)")
            #expect(signed.body["data"]?["draftVersion"] == 1)
            #expect(await portal.send("GET", made.staffPath, as: amir).status == 404)
            let heard = await portal.send("GET", path, as: made.sarah)
            #expect(heard.body["data"]?["reads"]?[0]?["agrees"] == false)
            #expect(heard.body["data"]?["reads"]?[0]?["text"] == "I would watch it for a month.")
            let own = made.path + "/second-read"
            #expect(await portal.send("GET", own, as: made.john).status == 404)
            #expect(await portal.send("POST", path + "/release", as: made.sarah).status == 200)
            #expect(await portal.send("GET", own, as: made.john).status == 404, "nothing is delivered yet")
            portal.clock.advance(by: .seconds(2))
            try await made.sign()
            let shown = await portal.send("GET", own, as: made.john)
            #expect(shown.body["data"]?["signedBy"] == "Amir Khan, Cardiologist")
            let page = await portal.send(
                "GET", "/portal/cases/\(made.number)", as: made.john, headers: ["Accept": "text/html"])
            #expect(page.text.contains("A second expert does not agree in everything."))
            await portal.work()
            let letters = await portal.outbox.email
            #expect(letters.contains { $0.to == "amir@example.com" && $0.subject == "You are asked for a second read" })
            #expect(letters.contains { $0.to == "sarah@example.com" && $0.subject.contains("was read a second time") })
            #expect(!letters.contains { $0.body.contains("month") || $0.body.contains("urgery") })
        }
    }

    @Test func `is not shown where nobody releases it`() async throws {
        try await withReader { made, second in
            let (portal, amir) = (made.portal, Caller.person(second))
            let path = made.staffPath + "/second-read"
            await portal.send("POST", path, ["professionalId": .string(second.rawValue)], as: made.desk)
            await portal.send("POST", path + "/opinion", ["agrees": true, "text": "Quite so."], as: amir)
            portal.clock.advance(by: .seconds(2))
            try await made.sign()
            #expect(await portal.send("GET", made.path + "/second-read", as: made.john).status == 404)
            let page = await portal.send(
                "GET", "/portal/cases/\(made.number)", as: made.john, headers: ["Accept": "text/html"])
            #expect(page.status == 200 && !page.text.contains("Quite so."))
            let file = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            #expect(try !Oracle.text(file.bytes).contains("Quite so."))
        }
    }

    @Test func `is taken back, or asked of another, and then closed to whoever was asked`() async throws {
        try await withReader { made, second in
            let (portal, amir) = (made.portal, Caller.person(second))
            let path = made.staffPath + "/second-read"
            let ask: JSON = ["professionalId": .string(second.rawValue)]
            #expect(await portal.send("DELETE", path, as: made.desk).status == 409)
            #expect(await portal.send("POST", path, ask, as: amir).status == 403)
            #expect(
                await portal.send("POST", path, ["professionalId": .string(made.expert.rawValue)], as: made.desk).status
                    == 409)
            #expect(
                await portal.send("POST", path, ["professionalId": .string(made.patient.rawValue)], as: made.desk)
                    .status
                    == 400)
            #expect(await portal.send("POST", path, ask, as: made.desk).status == 201)
            portal.clock.advance(by: .seconds(2))
            let again = await portal.send("POST", path, ask, as: made.desk)
            #expect(again.status == 201, "\(again.text)")
            let reads = await portal.send("GET", path, as: made.desk)
            #expect(reads.body["data"]?["reads"]?.elements.map { $0["state"] } == ["asked", "withdrawn"])
            #expect(await portal.send("DELETE", path, as: made.desk).status == 200)
            #expect(await portal.send("GET", path, as: amir).status == 404)
            let case1 = await portal.send("GET", made.staffPath, as: made.desk)
            #expect(case1.body["data"]?["detailedStatus"] == "in_review")
            #expect(
                await portal.send("POST", path + "/opinion", ["agrees": true, "text": "x"], as: amir).status == 404)
        }
    }

    @Test func `needs a fresh sign-in to be signed`() async throws {
        try await withReader(settings: ["signingMinutes": 5]) { made, second in
            let (portal, amir) = (made.portal, Caller.person(second))
            let path = made.staffPath + "/second-read"
            await portal.send("POST", path, ["professionalId": .string(second.rawValue)], as: made.desk)
            #expect(await portal.send("GET", path, as: amir).status == 200)
            portal.clock.advance(by: .seconds(360))
            let late = await portal.send("POST", path + "/opinion", ["agrees": true, "text": "x"], as: amir)
            #expect(late.code == "SIGN_IN_AGAIN")
        }
    }
}
