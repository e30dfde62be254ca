import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Finding experts as a part of the plugin` {
    @Test func `keeps the promises of every plugin`() async {
        let findings = await conformance(of: MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let (sarah, omar) = (try await cast.expert("Sarah", "Johnson"), try await cast.expert("Omar", "Haddad"))
            let one = "/v1/staff/professionals/\(sarah.rawValue)"
            let licence = await portal.send(
                "POST", one + "/licences", ["country": "CH", "number": "1", "validUntil": "2027-04-01"], as: cast.boss)
            let tie = await portal.send(
                "POST", one + "/affiliations", ["kind": "person", "name": "Ann Lee"], as: .person(sarah))
            await portal.send("PUT", one + "/availability", ["capacity": 4], as: .person(sarah))
            await portal.send("PATCH", one, ["title": "Chief"], as: cast.boss)
            for path in ["", "/licences", "/affiliations", "/availability"] {
                await portal.send("GET", one + path, as: .person(sarah))
            }
            await portal.send("GET", "/v1/staff/professionals/me", as: .person(sarah))
            let number = await cast.sentCase()
            let path = "/v1/staff/cases/\(number)"
            await portal.send("GET", path + "/candidates", as: cast.desk)
            let first = await cast.invite(sarah, to: number, ["abstract": "Chest pain."])
            let again: JSON = ["professionalId": .string(sarah.rawValue)]
            await portal.send("POST", path + "/invitations", again, as: cast.desk)
            await portal.send("GET", path + "/invitations", as: cast.desk)
            await portal.send("GET", "/v1/staff/invitations", as: .person(sarah))
            await portal.send(
                "POST", "/v1/staff/invitations/\(first)/decline", ["reason": "conflict_of_interest"],
                as: .person(sarah))
            await portal.send("POST", path + "/invitations", again, as: cast.desk)
            await portal.send("POST", path + "/assign", again, as: cast.desk)
            await portal.send("GET", path + "/conflicts", as: cast.desk)
            await portal.send("DELETE", path + "/conflicts/\(sarah.rawValue)", as: cast.desk)
            let other: JSON = ["professionalId": .string(omar.rawValue), "reason": "Friends"]
            await portal.send("POST", path + "/conflicts", other, as: cast.desk)
            await portal.send("DELETE", path + "/conflicts/\(omar.rawValue)", as: cast.desk)
            let second = await cast.invite(omar, to: number)
            await portal.send("POST", "/v1/staff/invitations/\(second)/withdraw", as: cast.desk)
            await portal.send("POST", "/v1/staff/invitations/\(second)/withdraw", as: cast.desk)
            let third = await cast.invite(omar, to: number)
            await portal.send("POST", "/v1/staff/invitations/\(third)/accept", as: cast.boss)
            await portal.send("POST", "/v1/staff/invitations/\(third)/accept", as: .person(omar))
            await portal.send("POST", "/v1/staff/invitations/\(third)/accept", as: .person(omar))
            for gone in [
                "licences/\(licence.body["data"]?["id"]?.string ?? "")",
                "affiliations/\(tie.body["data"]?["id"]?.string ?? "")",
            ] { await portal.send("DELETE", "\(one)/\(gone)", as: cast.boss) }
            await portal.send(
                "PATCH", "/v1/staff/customers/\(cast.johnID.rawValue)", ["plan": "premium"], as: cast.boss)
            await portal.work()
        }
        #expect(findings == [])
    }
}
