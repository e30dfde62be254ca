import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A case` {
    @Test func `travels from its customer to an expert and back, and neither skips a step`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let john = Caller.person(
                try await portal.person(email: "john@example.com", password: "Portal#2025demo", roles: ["customer"]))
            let other = Caller.person(try await portal.person(email: "eve@example.com", roles: ["customer"]))
            let desk = Caller.person(try await portal.person(email: "desk@example.com", roles: ["case_manager"]))
            let boss = Caller.person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
            let doctor = try await portal.person(
                givenName: "Sarah", familyName: "Johnson", email: "sarah@example.com", roles: ["expert"])
            let sarah = Caller.person(doctor)
            let made = await portal.send(
                "POST", "/v1/staff/professionals",
                [
                    "personId": .string(doctor.rawValue), "title": "Interventional Cardiology",
                    "specialties": ["cardiology"], "languages": ["en"],
                ], as: boss)
            #expect(made.status == 201)
            let sent = await portal.send(
                "POST", "/v1/portal/cases",
                ["specialty": "Cardiology", "question": "Is surgery needed?", "description": "MRI", "urgency": "high"],
                as: john)
            #expect(sent.status == 201)
            let number = sent.body["data"]?["caseNumber"]?.string ?? ""
            #expect(number == "EU-2027-000001")
            #expect(sent.body["data"]?["status"] == "submitted")
            #expect(await portal.send("GET", "/v1/portal/cases/\(number)", as: other).status == 404)
            #expect(await portal.send("GET", "/v1/staff/cases", as: john).status == 403)
            let early = await portal.send(
                "POST", "/v1/staff/cases/\(number)/status", ["status": "completed"], as: desk)
            #expect(early.status == 409)
            #expect(early.text.contains("professional_assigned"))
            let assigned = await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(doctor.rawValue)], as: desk)
            #expect(assigned.body["data"]?["status"] == "professional_assigned")
            #expect(assigned.body["data"]?["professional"]?["name"] == "Sarah Johnson")
            let read = await portal.send(
                "POST", "/v1/staff/cases/\(number)/status", ["status": "in_review"], as: sarah)
            #expect(read.body["data"]?["status"] == "in_review")
            let path = "/v1/staff/cases/\(number)/opinion"
            #expect(await portal.send("PUT", path, ["text": "A draft"], as: sarah).status == 200)
            #expect(await portal.send("POST", path, ["text": "Mine"], as: boss).status == 403)
            #expect(
                (await portal.send("GET", "/v1/portal/cases/\(number)", as: john)).body["data"]?["opinion"] == .null)
            let signed = await portal.send("POST", path, ["text": "No surgery."], as: sarah)
            #expect(signed.status == 201)
            #expect(signed.body["data"]?["status"] == "opinion_ready")
            #expect(await portal.send("POST", path, ["text": "Other"], as: sarah).status == 409)
            let own = await portal.send("GET", "/v1/portal/cases/\(number)", as: john)
            #expect(own.body["data"]?["opinion"]?["text"] == "No surgery.")
            let rating = await portal.send("POST", "/v1/portal/cases/\(number)/rating", ["rating": 5], as: john)
            #expect(rating.status == 201)
            #expect(
                await portal.send("POST", "/v1/portal/cases/\(number)/rating", ["rating": 4], as: john).status == 409)
            await portal.work()
            let told = await portal.outbox.email.filter { $0.to == "john@example.com" }
            #expect(told.contains { $0.subject == "Your opinion is ready" })
            #expect(!told.contains { $0.body.contains("surgery") })
            let journey = await portal.send("GET", "/v1/portal/journey", as: john)
            #expect(journey.body["data"]?["journey"]?["totalCases"] == 1)
            #expect(portal.faults == [])
        }
    }

    @Test func `is not signed long after its expert signed in`() async throws {
        try await withPlugin(MedicalOpinion.self, settings: ["signingMinutes": 5]) { portal in
            let john = Caller.person(try await portal.person(email: "john@example.com", roles: ["customer"]))
            let boss = Caller.person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
            let doctor = try await portal.person(email: "sarah@example.com", roles: ["expert"])
            let sarah = Caller.person(doctor)
            await portal.send(
                "POST", "/v1/staff/professionals",
                [
                    "personId": .string(doctor.rawValue), "title": "Cardiology", "specialties": ["Cardiology"],
                    "languages": ["en"],
                ], as: boss)
            let sent = await portal.send(
                "POST", "/v1/portal/cases", ["specialty": "Cardiology", "question": "Why?"], as: john)
            let number = sent.body["data"]?["caseNumber"]?.string ?? ""
            await portal.send(
                "POST", "/v1/staff/cases/\(number)/assign", ["professionalId": .string(doctor.rawValue)], as: boss)
            #expect(await portal.send("GET", "/v1/staff/cases/\(number)", as: sarah).status == 200)
            portal.clock.advance(by: .seconds(360))
            let late = await portal.send("POST", "/v1/staff/cases/\(number)/opinion", ["text": "x"], as: sarah)
            #expect(late.code == "SIGN_IN_AGAIN")
        }
    }

    @Test(arguments: CaseState.allCases) func `says of every state what is allowed`(state: CaseState) {
        for act in CaseAct.allCases {
            let isAllowed = act.transition.from.contains(state)
            #expect((try? act.applied(to: state)) == (isAllowed ? act.transition.to : nil))
        }
        #expect(CaseAct.refusal(in: state).status == 409)
    }

    /// A case that a customer sent, an administrator, and an expert who could answer it.
    private func sent(_ portal: Portal) async throws -> (
        customer: Caller, admin: Caller, expert: PersonID, number: String
    ) {
        let ana = Caller.person(try await portal.person(email: "ana@example.com", roles: ["customer"]))
        let boss = Caller.person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
        let doctor = try await portal.person(email: "sarah@example.com", roles: ["expert"])
        let expert: JSON = [
            "personId": .string(doctor.rawValue), "title": "Cardiology", "specialties": ["Cardiology"],
            "languages": ["en"],
        ]
        await portal.send("POST", "/v1/staff/professionals", expert, as: boss)
        let sent = await portal.send(
            "POST", "/v1/portal/cases", ["specialty": "Cardiology", "question": "Is surgery needed?"], as: ana)
        return (ana, boss, doctor, try #require(sent.body["data"]?["caseNumber"]?.string))
    }

    @Test func `that was reopened and answered again is rated again`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let (ana, boss, doctor, number) = try await sent(portal)
            let (staff, own) = ("/v1/staff/cases/\(number)", "/v1/portal/cases/\(number)")
            for stars in [2, 5] as [Int64] {
                await portal.send("POST", staff + "/assign", ["professionalId": .string(doctor.rawValue)], as: boss)
                await portal.send("POST", staff + "/opinion", ["text": "No."], as: .person(doctor))
                let rated = await portal.send("POST", own + "/rating", ["rating": .integer(stars)], as: ana)
                #expect(rated.status == 201, "\(rated.text)")
                #expect(rated.body["data"]?["rating"]?["rating"] == .integer(stars))
                #expect(await portal.send("POST", own + "/rating", ["rating": 1], as: ana).status == 409)
                await portal.send("POST", own + "/close", [:], as: ana)
                await portal.send("POST", staff + "/status", ["status": "in_triage"], as: boss)
                #expect(await portal.send("POST", own + "/rating", ["rating": 1], as: ana).status == 409)
                portal.clock.advance(by: .seconds(60))
            }
            #expect(portal.faults == [])
        }
    }

    @Test func `is read a second time, and then goes on where it was`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let (_, boss, doctor, number) = try await sent(portal)
            let path = "/v1/staff/cases/\(number)"
            await portal.send("POST", path + "/assign", ["professionalId": .string(doctor.rawValue)], as: boss)
            let early = await portal.send("POST", path + "/status", ["status": "second_read"], as: boss)
            #expect(early.status == 409, "\(early.text)")
            for state in ["in_review", "second_read", "in_review"] {
                let moved = await portal.send("POST", path + "/status", ["status": .string(state)], as: boss)
                #expect(moved.status == 200, "\(state): \(moved.text)")
                #expect(moved.body["data"]?["detailedStatus"] == .string(state))
                #expect(moved.body["data"]?["status"] == "in_review")
            }
        }
    }
}

@Suite struct `What a customer is and wants` {
    @Test func `is read and changed in the seed's shapes`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let john = Caller.person(
                try await portal.person(givenName: "John", email: "john@example.com", roles: ["customer"]))
            let changed = await portal.send(
                "PATCH", "/v1/portal/profile",
                [
                    "firstName": "Jon", "phone": "+12345678901",
                    "preferences": ["language": "en", "notifications": ["email": true, "sms": false]],
                ], as: john)
            #expect(changed.status == 200)
            #expect(changed.body["data"]?["customer"]?["firstName"] == "Jon")
            #expect(changed.body["data"]?["customer"]?["preferences"]?["notifications"]?["sms"] == false)
            for path in [
                "profile", "profile/communication-preferences", "notifications/preferences", "communications/history",
                "messages",
            ] { #expect(await portal.send("GET", "/v1/portal/\(path)", as: john).status == 200) }
            #expect(await portal.send("GET", "/v1/portal/accounts", as: john).status == 403)
            let device: JSON = [
                "platform": "ios", "deviceToken": "token", "deviceId": "phone", "appVersion": "1.2.3",
                "osVersion": "iOS 16.0", "preferences": ["badge": true],
            ]
            #expect(
                await portal.send("POST", "/v1/portal/notifications/register-device", device, as: john).status == 201)
            let gone = await portal.send(
                "DELETE", "/v1/portal/notifications/unregister-device?deviceId=phone", as: john)
            #expect(gone.status == 200)
            #expect(portal.faults == [])
        }
    }
}
