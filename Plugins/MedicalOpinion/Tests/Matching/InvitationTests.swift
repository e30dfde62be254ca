import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `An invitation` {
    @Test func `shows an abstract only, and acceptance makes the case the expert's`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            await portal.send(
                "PATCH", "/v1/portal/profile",
                [
                    "dateOfBirth": "1980-05-01",
                    "address": ["street": "1 Main St", "city": "Boston", "state": "MA", "country": "us"],
                ], as: cast.john)
            let number = await cast.sentCase(["urgency": "high", "description": "Stenosis of 80 %"])
            let path = "/v1/staff/cases/\(number)/invitations"
            let named: JSON = ["professionalId": .string(sarah.rawValue), "abstract": "Mr Doe has chest pain."]
            let leak = await portal.send("POST", path, named, as: cast.desk)
            #expect(leak.status == 400)
            #expect(leak.text.contains("abstract"))
            let id = await cast.invite(
                sarah, to: number, ["abstract": "Chest pain, one vessel.", "sex": "male", "hours": 6])
            #expect(await cast.state(of: number) == "awaiting_expert")
            let again: JSON = ["professionalId": .string(sarah.rawValue)]
            #expect(await portal.send("POST", path, again, as: cast.desk).code == "DUPLICATE_ENTRY")
            #expect(await portal.send("POST", path, again, as: .person(sarah)).status == 403)
            let list = await portal.send("GET", "/v1/staff/invitations", as: .person(sarah))
            let seen = list.body["data"]?["invitations"]?[0]
            #expect(seen?["id"]?.string == id)
            #expect(seen?["abstract"] == "Chest pain, one vessel.")
            #expect(seen?["patient"] == ["ageBand": "40-49", "sex": "male", "country": "US"])
            #expect(seen?["caseNumber"] == .null)
            for secret in [number, "Doe", "surgery", "Stenosis", "john@", "Boston", "1980"] {
                #expect(!list.text.contains(secret), "\(secret)")
            }
            #expect(await portal.send("GET", "/v1/staff/cases/\(number)", as: .person(sarah)).status == 404)
            #expect((await portal.send("GET", "/v1/staff/cases", as: .person(sarah))).body["data"]?["cases"] == [])
            let mail = await cast.mail(to: "sarah@clinic.example")
            #expect(mail.map(\.subject) == ["You are asked for an opinion"])
            #expect(!mail.contains { $0.body.contains(number) || $0.body.contains("Cardiology") })
            let accept = "/v1/staff/invitations/\(id)/accept"
            #expect(await portal.send("POST", accept, as: cast.boss).status == 403)
            #expect(await portal.send("POST", accept, as: cast.john).status == 403)
            let omar = try await cast.expert("Omar", "Haddad")
            #expect(await portal.send("POST", accept, as: .person(omar)).status == 404)
            let accepted = await portal.send("POST", accept, as: .person(sarah))
            #expect(accepted.status == 200, "\(accepted.text)")
            #expect(accepted.body["data"]?["status"] == "professional_assigned")
            #expect(accepted.body["data"]?["professional"]?["name"] == "Sarah Johnson")
            #expect(await portal.send("GET", "/v1/staff/cases/\(number)", as: .person(sarah)).status == 200)
            #expect(await portal.send("POST", accept, as: .person(sarah)).code == "INVITATION_ANSWERED")
            #expect((await cast.mail(to: "desk@example.com")).contains { $0.subject.contains("takes case \(number)") })
            #expect((await cast.mail(to: "john@example.com")).contains { $0.body.contains("Sarah Johnson") })
            #expect(!(await portal.jobs).contains { $0.name.contains("invitation-expired") })
        }
    }

    @Test func `is won by one of several, and the others hear a clear word`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            var experts: [(person: PersonID, invitation: String)] = []
            let number = await cast.sentCase()
            for name in ["Sarah", "Omar", "Mei", "Lena"] {
                let person = try await cast.expert(name, "Expert")
                experts.append((person, await cast.invite(person, to: number)))
            }
            let answers = await withTaskGroup(of: PluginTestKit.Answer.self) { group in
                for (person, invitation) in experts {
                    group.addTask {
                        await portal.send("POST", "/v1/staff/invitations/\(invitation)/accept", as: .person(person))
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            #expect(answers.filter { $0.code == "CASE_GIVEN_TO_ANOTHER" }.count == 3)
            let list = await portal.send("GET", "/v1/staff/cases/\(number)/invitations", as: cast.desk)
            let states = list.body["data"]?["invitations"]?.elements.compactMap { $0["state"]?.string } ?? []
            #expect(states.sorted() == ["accepted", "withdrawn", "withdrawn", "withdrawn"])
        }
    }

    @Test func `that is declined puts the case back, and a conflict of interest is never forgotten`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let (sarah, omar) = (try await cast.expert("Sarah", "Johnson"), try await cast.expert("Omar", "Haddad"))
            let number = await cast.sentCase()
            let first = await cast.invite(sarah, to: number, ["abstract": "Chest pain."])
            let second = await cast.invite(omar, to: number)
            let decline = "/v1/staff/invitations/\(first)/decline"
            #expect(await portal.send("POST", decline, ["reason": "bored"], as: .person(sarah)).status == 400)
            let no = await portal.send(
                "POST", decline, ["reason": "conflict_of_interest", "comment": "My cousin"], as: .person(sarah))
            #expect(no.status == 200, "\(no.text)")
            #expect(no.body["data"]?["state"] == "declined")
            // Another one is still asked.
            #expect(await cast.state(of: number) == "awaiting_expert")
            await portal.send(
                "POST", "/v1/staff/invitations/\(second)/decline", ["reason": "no_time"], as: .person(omar))
            #expect(await cast.state(of: number) == "in_triage")
            let told = await cast.mail(to: "desk@example.com").map(\.subject)
            #expect(told.filter { $0.contains("does not take case \(number)") }.count == 2)
            let found = await cast.candidates(for: number)
            #expect(found.first { $0.id == sarah.rawValue }?.shown["barredBy"] == "conflict_of_interest")
            #expect(found.first { $0.id == omar.rawValue }?.shown["barredBy"] == .null)
            let path = "/v1/staff/cases/\(number)"
            for act in ["assign", "invitations"] {
                let refused = await portal.send(
                    "POST", "\(path)/\(act)", ["professionalId": .string(sarah.rawValue)], as: cast.desk)
                #expect(refused.code == "CONFLICT_OF_INTEREST", "\(act)")
            }
            #expect(await portal.send("DELETE", "\(path)/conflicts/\(sarah.rawValue)", as: cast.boss).status == 409)
            // No time then may be time now, and the abstract need not be written again.
            let third = await portal.send(
                "POST", path + "/invitations", ["professionalId": .string(omar.rawValue)], as: cast.desk)
            #expect(third.body["data"]?["abstract"] == "Chest pain.")
        }
    }

    @Test func `ends with its time, with the case, and when the staff say so`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let (sarah, omar) = (try await cast.expert("Sarah", "Johnson"), try await cast.expert("Omar", "Haddad"))
            let number = await cast.sentCase()
            func accept(_ id: String, _ person: PersonID) async -> PluginTestKit.Answer {
                await portal.send("POST", "/v1/staff/invitations/\(id)/accept", as: .person(person))
            }
            let late = await cast.invite(sarah, to: number, ["hours": 2])
            portal.clock.advance(by: .seconds(2 * 3600))
            #expect(await accept(late, sarah).code == "INVITATION_EXPIRED")
            await portal.work()
            #expect(await cast.state(of: number) == "in_triage")
            #expect(
                (await cast.mail(to: "desk@example.com")).contains { $0.subject.contains("has not answered about") })
            let back = await cast.invite(omar, to: number)
            let withdrawn = await portal.send("POST", "/v1/staff/invitations/\(back)/withdraw", as: cast.desk)
            #expect(withdrawn.body["data"]?["caseStatus"] == "in_triage")
            #expect(await accept(back, omar).code == "INVITATION_WITHDRAWN")
            #expect(
                await portal.send("POST", "/v1/staff/invitations/\(back)/withdraw", as: cast.desk).status == 409)
            let given = await cast.invite(omar, to: number)
            await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(sarah.rawValue)], as: cast.desk)
            #expect(await accept(given, omar).code == "CASE_GIVEN_TO_ANOTHER")
            let gone = await cast.sentCase()
            let over = await cast.invite(omar, to: gone)
            await portal.send("POST", "/v1/portal/cases/\(gone)/cancel", as: cast.john)
            #expect(await accept(over, omar).code == "CASE_WITHDRAWN")
            #expect(
                await portal.send(
                    "POST", "/v1/staff/cases/\(gone)/invitations", ["professionalId": .string(omar.rawValue)],
                    as: cast.desk
                ).status == 409)
            let states = (await portal.send("GET", "/v1/staff/invitations?state=withdrawn", as: .person(omar)))
                .body["data"]?["invitations"]?.elements.count
            #expect(states == 3)
            #expect((await cast.mail(to: "omar@clinic.example")).contains { $0.subject == "An invitation is over" })
            let recorded = await cast.sentCase()
            let spoilt = await cast.invite(omar, to: recorded)
            await portal.send(
                "POST", "/v1/staff/cases/\(recorded)/conflicts",
                ["professionalId": .string(omar.rawValue), "reason": "Neighbours"], as: cast.desk)
            #expect(await accept(spoilt, omar).status == 409)
            #expect(await cast.state(of: recorded) == "in_triage")
        }
    }

    @Test func `does not stop the clock of the case`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let sarah = try await cast.expert("Sarah", "Johnson")
            let number = await cast.sentCase()
            portal.clock.advance(by: .seconds(23 * 3600))
            _ = await cast.invite(sarah, to: number, ["hours": 100])
            portal.clock.advance(by: .seconds(3600))
            #expect((await cast.mail(to: "desk@example.com")).contains { $0.subject == "Case \(number) is overdue" })
        }
    }
}
