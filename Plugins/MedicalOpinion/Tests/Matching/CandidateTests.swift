import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Candidates for a case` {
    @Test func `are ranked with their reasons, and a licence counts where the company asks for it`() async throws {
        try await withPlugin(MedicalOpinion.self, settings: ["licenceRequired": true]) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            let omar = try await cast.expert("Omar", "Haddad", ["Oncology", "Cardiology"])
            let number = await cast.sentCase()
            // Nobody knows where John lives, so nobody is without a licence for it.
            var found = await cast.candidates(for: number)
            #expect(found.map(\.id) == [sarah.rawValue, omar.rawValue])
            #expect(found.allSatisfy { $0.shown["fits"] == true })
            let moved = await portal.send(
                "PATCH", "/v1/portal/profile",
                ["address": ["street": "1 Main St", "city": "Boston", "state": "MA", "country": "US"]], as: cast.john)
            #expect(moved.status == 200, "\(moved.text)")
            found = await cast.candidates(for: number)
            #expect(found.allSatisfy { $0.shown["barredBy"] == "no_licence" })
            let assign = "/v1/staff/cases/\(number)/assign"
            let early = await portal.send("POST", assign, ["professionalId": .string(omar.rawValue)], as: cast.desk)
            #expect(early.status == 409)
            #expect(early.code == "LICENCE_REQUIRED")
            let licences = "/v1/staff/professionals/\(omar.rawValue)/licences"
            let wrong = await portal.send(
                "POST", licences, ["country": "US", "region": "CA-ON", "number": "1", "validUntil": "2029-01-01"],
                as: cast.boss)
            #expect(wrong.status == 400)
            #expect(wrong.text.contains("region"))
            for country in ["XX", "USA", ""] {
                let bad: JSON = ["country": .string(country), "number": "1", "validUntil": "2029-01-01"]
                #expect(await portal.send("POST", licences, bad, as: cast.boss).status == 400)
            }
            let licence: JSON = ["country": "us", "region": "us-ma", "number": "MA 1", "validUntil": "2027-01-01"]
            let old = await portal.send("POST", licences, licence, as: cast.boss)
            #expect(old.status == 201, "\(old.text)")
            #expect(old.body["data"]?["valid"] == false)
            #expect(await portal.send("POST", licences, licence, as: cast.desk).status == 403)
            #expect(await portal.send("POST", licences, licence, as: .person(omar)).status == 403)
            #expect(await portal.send("GET", licences, as: .person(sarah)).status == 404)
            let renewed = await portal.send(
                "POST", licences, ["country": "US", "region": "US-MA", "number": "MA 1", "validUntil": "2029-01-01"],
                as: cast.boss)
            #expect(renewed.body["data"]?["id"] == old.body["data"]?["id"])
            let own = await portal.send("GET", licences, as: .person(omar))
            #expect(own.body["data"]?["licences"]?.elements.count == 1)
            #expect(own.body["data"]?["licences"]?[0]?["valid"] == true)
            let answer = await portal.send("GET", "/v1/staff/cases/\(number)/candidates", as: cast.desk)
            #expect(answer.body["data"]?["jurisdiction"] == "US-MA")
            #expect(answer.body["data"]?["candidates"]?[0]?["professional"]?["id"] == .string(omar.rawValue))
            #expect(answer.body["data"]?["candidates"]?[0]?["fits"] == true)
            #expect(answer.text.contains("Licensed in US-MA until 2029-01-01."))
            let given = await portal.send("POST", assign, ["professionalId": .string(omar.rawValue)], as: cast.desk)
            #expect(given.status == 200, "\(given.text)")
            let path = "\(licences)/\(old.body["data"]?["id"]?.string ?? "")"
            #expect(await portal.send("DELETE", path, as: cast.boss).status == 204)
            #expect(await portal.send("DELETE", path, as: cast.boss).status == 404)
            #expect(await portal.send("GET", "/v1/staff/cases/\(number)/candidates", as: .person(omar)).status == 403)
        }
    }

    @Test func `are left out by who treated the patient, by ties and by what the staff record`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            let omar = try await cast.expert("Omar", "Haddad")
            let mei = try await cast.expert("Mei", "Tanaka")
            let bare = await portal.send(
                "POST", "/v1/portal/cases",
                ["specialty": "Cardiology", "question": "Why?", "treatingDoctors": [[:]]], as: cast.john)
            #expect(bare.status == 400)
            #expect(bare.text.contains("treatingDoctors"))
            let number = await cast.sentCase([
                "treatingDoctors": [["name": "Dr. Omar Haddad"], ["institution": "St. Mary's Hospital, Leeds"]]
            ])
            let shown = await portal.send("GET", "/v1/portal/cases/\(number)", as: cast.john)
            #expect(shown.body["data"]?["treatingDoctors"]?[0]?["name"] == "Dr. Omar Haddad")
            let ties = "/v1/staff/professionals/\(mei.rawValue)/affiliations"
            let tie: JSON = ["kind": "institution", "name": "Saint Marys Leeds", "relation": "consultant"]
            #expect(await portal.send("POST", ties, tie, as: .person(sarah)).status == 404)
            #expect(await portal.send("POST", ties, tie, as: cast.desk).status == 403)
            let declared = await portal.send("POST", ties, tie, as: .person(mei))
            #expect(declared.status == 201, "\(declared.text)")
            let found = await cast.candidates(for: number)
            #expect(found.first?.id == sarah.rawValue)
            func conflicts(_ id: PersonID) -> [String] {
                found.first { $0.id == id.rawValue }?.shown["conflicts"]?.elements.compactMap { $0["kind"]?.string }
                    ?? []
            }
            #expect(conflicts(omar) == ["treated_before"])
            #expect(conflicts(mei) == ["institution"])
            #expect(conflicts(sarah) == [])
            let all = "/v1/staff/cases/\(number)/conflicts"
            let kept = await portal.send(
                "POST", all, ["professionalId": .string(sarah.rawValue), "reason": "Old friends"], as: cast.desk)
            #expect(kept.status == 201, "\(kept.text)")
            let refused = await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(sarah.rawValue)], as: cast.boss)
            #expect(refused.code == "CONFLICT_OF_INTEREST")
            #expect((await portal.send("GET", all, as: cast.desk)).text.contains("Old friends"))
            #expect(await portal.send("GET", all, as: .person(sarah)).status == 403)
            #expect(await portal.send("DELETE", all + "/\(sarah.rawValue)", as: cast.desk).status == 204)
            let id = declared.body["data"]?["id"]?.string ?? ""
            #expect(await portal.send("DELETE", ties + "/\(id)", as: .person(mei)).status == 204)
            #expect((await cast.candidates(for: number)).filter { $0.shown["fits"] == true }.count == 2)
            let given = await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(sarah.rawValue)], as: cast.boss)
            #expect(given.status == 200)
        }
    }

    @Test func `say when they take cases, and see how they were rated`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            let omar = try await cast.expert("Omar", "Haddad")
            let path = "/v1/staff/professionals/\(sarah.rawValue)/availability"
            let away: JSON = ["awayFrom": "2027-01-01", "awayUntil": "2027-12-31", "capacity": 3]
            #expect(await portal.send("PUT", path, away, as: .person(omar)).status == 404)
            #expect(await portal.send("PUT", path, away, as: cast.desk).status == 403)
            for bad in [
                ["awayUntil": "2027-12-31"], ["awayFrom": "2027-12-31", "awayUntil": "2027-01-01"], ["capacity": 0],
            ] as [JSON] { #expect(await portal.send("PUT", path, bad, as: .person(sarah)).status == 400) }
            let set = await portal.send("PUT", path, away, as: .person(sarah))
            #expect(set.status == 200, "\(set.text)")
            #expect(set.body["data"]?["availableToday"] == false)
            #expect(set.body["data"]?["capacity"] == 3)
            let number = await cast.sentCase()
            #expect((await cast.candidates(for: number)).first?.id == omar.rawValue)
            #expect(await portal.send("PUT", path, ["accepting": true], as: cast.boss).status == 200)
            #expect((await portal.send("GET", path, as: .person(sarah))).body["data"]?["availableToday"] == true)
            let assign: JSON = ["professionalId": .string(sarah.rawValue)]
            await portal.send("POST", "/v1/staff/cases/\(number)/assign", assign, as: cast.desk)
            let me = "/v1/staff/professionals/me"
            let before = await portal.send("GET", me, as: .person(sarah))
            #expect(before.body["data"]?["rating"] == ["count": 0, "mean": .null])
            #expect(before.body["data"]?["professional"]?["load"] == 1)
            let other = await cast.sentCase()
            await portal.send("POST", "/v1/staff/cases/\(other)/assign", assign, as: cast.desk)
            // A fresh sign-in for a signature is the story's business; here the opinions are there already.
            for (number, rating) in [(number, 5), (other, 4)] {
                let signed = await portal.send(
                    "POST", "/v1/staff/cases/\(number)/opinion", ["text": "No."], as: .person(sarah))
                #expect(signed.status == 201, "\(signed.text)")
                await portal.send(
                    "POST", "/v1/portal/cases/\(number)/rating", ["rating": .integer(Int64(rating))], as: cast.john)
            }
            let after = await portal.send("GET", me, as: .person(sarah))
            #expect(after.body["data"]?["rating"]?["count"] == 2)
            #expect(after.body["data"]?["rating"]?["mean"]?.text == "4.5")
            #expect(await portal.send("GET", me, as: cast.boss).status == 404)
            // What was said of an opinion stays its writer's when the case goes on with another.
            for (act, body) in [
                ("status", ["status": "completed"]), ("status", ["status": "in_triage"]),
                ("assign", ["professionalId": .string(omar.rawValue)]),
            ] as [(String, JSON)] {
                let moved = await portal.send("POST", "/v1/staff/cases/\(other)/\(act)", body, as: cast.desk)
                #expect(moved.status == 200, "\(moved.text)")
            }
            #expect((await portal.send("GET", me, as: .person(omar))).body["data"]?["rating"]?["count"] == 0)
            #expect((await portal.send("GET", me, as: .person(sarah))).body["data"]?["rating"]?["count"] == 2)
            let one = "/v1/staff/professionals/\(sarah.rawValue)"
            #expect(await portal.send("GET", one, as: .person(omar)).status == 404)
            let changed = await portal.send(
                "PATCH", one, ["languages": ["de", "en"], "specialties": ["oncology"]], as: cast.boss)
            #expect(changed.body["data"]?["professional"]?["specialties"] == ["Oncology"])
            #expect(changed.body["data"]?["professional"]?["title"] == "Consultant")
            #expect(await portal.send("PATCH", one, ["specialties": ["Magic"]], as: cast.boss).status == 400)
        }
    }

    @Test func `have licences whose end is told ahead, once`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            let licences = "/v1/staff/professionals/\(sarah.rawValue)/licences"
            await portal.send(
                "POST", licences, ["country": "CH", "number": "1", "validUntil": "2027-04-01"], as: cast.boss)
            await portal.send(
                "POST", licences, ["country": "DE", "number": "2", "validUntil": "2029-04-01"], as: cast.boss)
            for _ in 1...2 { await portal.run(job: "licences-ending") }
            for address in ["boss@example.com", "sarah@clinic.example"] {
                let told = await cast.mail(to: address).filter { $0.body.contains("2027-04-01") }
                #expect(told.count == 1, "\(address)")
            }
            #expect(await cast.mail(to: "desk@example.com").isEmpty)
        }
    }
}
