import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `What is kept of who was asked` {
    @Test func `is the customer's to read, and goes when they are erased`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            let (sarah, omar) = (try await cast.expert("Sarah", "Johnson"), try await cast.expert("Omar", "Haddad"))
            let number = await cast.sentCase()
            let first = await cast.invite(sarah, to: number, ["abstract": "Chest pain, one vessel."])
            await portal.send(
                "POST", "/v1/staff/invitations/\(first)/decline",
                ["reason": "conflict_of_interest", "comment": "My cousin"], as: .person(sarah))
            _ = await cast.invite(omar, to: number)
            let mine = try await Self.export(of: cast.john, portal)
            #expect(mine.contains("Chest pain, one vessel."))
            #expect(!mine.contains("My cousin"), "which is the expert's own")
            let theirs = try await Self.export(of: .person(sarah), portal)
            #expect(theirs.contains("conflict_of_interest"))
            #expect(!theirs.contains("Chest pain"), "which is the patient's")
            let erased = await portal.send(
                "POST", "/_portico/v1/erasures", ["userId": .string(cast.johnID.rawValue)], as: cast.boss)
            #expect(erased.status == 201, "\(erased.text)")
            await portal.work()
            // Of two exports of the same moment either is the latest.
            portal.clock.advance(by: .seconds(1))
            for expert in [sarah, omar] {
                let left = await portal.send("GET", "/v1/staff/invitations", as: .person(expert))
                #expect(left.body["data"]?["invitations"] == [], "\(left.text)")
                #expect(!(try await Self.export(of: .person(expert), portal)).contains("conflict_of_interest"))
            }
            portal.clock.advance(by: .seconds(48 * 3600))
            await portal.work()
            #expect(portal.faults == [])
        }
    }

    /// Everything that is kept of somebody, as they get it.
    private static func export(of caller: Caller, _ portal: Portal) async throws -> String {
        let asked = await portal.send("POST", "/_portico/v1/me/export", as: caller)
        #expect(asked.status == 202, "\(asked.text)")
        await portal.work()
        let shown = await portal.send("GET", "/_portico/v1/me/export", as: caller)
        let url = try #require(shown.body["downloadUrl"]?.string, "\(shown.text)")
        return (await portal.send("GET", url, as: caller)).text
    }
}
