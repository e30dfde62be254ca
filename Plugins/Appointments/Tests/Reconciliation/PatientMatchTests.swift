import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Patients who are there twice` {
    @Test func `are suggested to staff, who decide`() async throws {
        try await withClinic { portal in
            let admin = try await Self.person(portal, "ADMIN", nil)
            let ids = try await Self.addPatients(portal, as: admin)
            let begun = await portal.send("POST", "/v1/reconciliations", [:], as: admin)
            #expect(begun.status == 202 && begun.body["state"] == "waiting" && begun.body["algorithm"] == "HYBRID")
            let path = "/v1/reconciliations/" + (begun.body["id"]?.string ?? "")
            await portal.work()
            let done = await portal.send("GET", path, as: admin)
            #expect(done.body["state"] == "done" && done.body["patients"] == 5 && done.body["found"] == 2)
            #expect(await portal.send("GET", "/v1/reconciliations", as: admin).body["data"] == [done.body])

            let list = await portal.send("GET", "/v1/matches?status=SUGGESTED", as: admin)
            guard case .array(let matches)? = list.body["data"] else { throw Unexpected() }
            let pairs = matches.map { match in
                Set([match["leftPatientId"]?.string ?? "", match["rightPatientId"]?.string ?? ""])
            }
            #expect(Set(pairs) == [[ids[0], ids[1]], [ids[3], ids[4]]])
            #expect(list.body["pagination"]?["total"] == 2)
            #expect(matches.allSatisfy { $0["fields"]?["lastName"] == 1 && $0["decidedBy"] == .null })

            let first = "/v1/matches/" + (matches.first?["id"]?.string ?? "")
            let confirmed = await portal.send("POST", first + "/confirm", as: admin)
            #expect(confirmed.status == 200 && confirmed.body["status"] == "CONFIRMED")
            #expect(confirmed.body["decidedBy"] != .null && confirmed.body["decidedAt"] != .null)
            #expect(await portal.send("POST", first + "/confirm", as: admin).status == 409)
            let second = "/v1/matches/" + (matches.last?["id"]?.string ?? "")
            #expect(await portal.send("POST", second + "/reject", as: admin).body["status"] == "REJECTED")
            #expect(await portal.audit.contains { $0.action == "match.confirmed" })

            // What is decided is not suggested again.
            #expect(await portal.send("POST", "/v1/reconciliations", ["confidence": 0.5], as: admin).status == 202)
            await portal.work()
            #expect(await portal.send("GET", "/v1/matches?status=SUGGESTED", as: admin).body["data"] == [])
            #expect(await portal.send("GET", "/v1/matches", as: admin).body["pagination"]?["total"] == 2)
            #expect(portal.faults == [])
        }
    }

    @Test func `are looked for and shown within a manager's branch alone`() async throws {
        try await withClinic { portal in
            let admin = try await Self.person(portal, "ADMIN", nil)
            let ids = try await Self.addPatients(portal, as: admin)
            let manager = try await Self.person(portal, "MANAGER", "brn_berlin")
            let begun = await portal.send("POST", "/v1/reconciliations", ["algorithm": "ML_MODEL"], as: manager)
            #expect(begun.body["practiceIds"] == ["brn_berlin"])
            await portal.work()
            let list = await portal.send("GET", "/v1/matches", as: manager)
            guard case .array(let matches)? = list.body["data"] else { throw Unexpected() }
            #expect(matches.count == 1)
            let pair = [matches.first?["leftPatientId"]?.string, matches.first?["rightPatientId"]?.string]
            #expect(Set(pair.compactMap { $0 }) == [ids[0], ids[1]])
            // Another's search, and what lies in another branch, do not exist.
            let other = try await Self.person(portal, "MANAGER", "brn_newyork")
            let path = "/v1/reconciliations/" + (begun.body["id"]?.string ?? "")
            #expect(await portal.send("GET", path, as: other).status == 404)
            #expect(await portal.send("GET", "/v1/matches", as: other).body["data"] == [])
            let match = "/v1/matches/" + (matches.first?["id"]?.string ?? "")
            #expect(await portal.send("POST", match + "/reject", as: other).status == 404)
            #expect(await portal.send("POST", match + "/reject", as: manager).status == 200)
            let staff = try await Self.person(portal, "STAFF", "brn_berlin")
            for (method, path) in [
                ("POST", "/v1/reconciliations"), ("GET", "/v1/reconciliations"), ("GET", "/v1/matches"),
            ] {
                #expect(await portal.send(method, path, method == "POST" ? [:] : nil, as: staff).status == 403)
            }
            #expect(portal.faults == [])
        }
    }

    private struct Unexpected: Error {}

    /// Two of one person in Berlin, somebody else there, two of another person in New York.
    private static func addPatients(_ portal: Portal, as admin: Caller) async throws -> [String] {
        let patients: [JSON] = [
            [
                "firstName": "Jonathan", "lastName": "Winterbottom", "email": "j.winterbottom@example.com",
                "dateOfBirth": "1980-05-17", "practiceId": "brn_berlin",
            ],
            [
                "firstName": "Jonathon", "lastName": "Winterbottom", "phone": "+15550100071",
                "dateOfBirth": "1980-05-17", "practiceId": "brn_berlin",
            ],
            [
                "firstName": "Maria", "lastName": "Garcia", "email": "maria@example.com", "dateOfBirth": "1991-02-03",
                "practiceId": "brn_berlin",
            ],
            [
                "firstName": "Wei", "lastName": "Chenowitz", "email": "wei.chen@example.com",
                "dateOfBirth": "1975-12-30", "practiceId": "brn_newyork",
            ],
            [
                "firstName": "Weii", "lastName": "Chenowitz", "phone": "+15550100072", "dateOfBirth": "1975-12-30",
                "practiceId": "brn_newyork",
            ],
        ]
        var ids: [String] = []
        for patient in patients {
            let answer = await portal.send("POST", "/v1/patients", patient, as: admin)
            try #require(answer.status == 201, "\(answer.body.text)")
            ids.append(try #require(answer.body["id"]?.string))
        }
        return ids
    }

    private static func person(_ portal: Portal, _ role: String, _ branch: String?) async throws -> Caller {
        let email = "\(role.lowercased()).\(branch ?? "all")@lumen.example"
        return .person(try await portal.person(email: email, roles: [role], branch: branch))
    }
}
