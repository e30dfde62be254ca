import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Conflicts of interest` {
    @Test(arguments: [
        ("Müller & Söhne GmbH", "Muller Sohne", true), ("Northern Fasteners LLC", "Northern Fastners, Inc.", true),
        ("Jon Smyth", "John Smith", true), ("Jon Smyth", "Mary Smithers", false),
        ("Katherine O'Brien", "OBrien Katharine", true),
        ("Acme Incorporated", "ACME Corp.", true), ("Harbor Bank", "Harbour Bank plc", true),
        ("Harbor Bank", "River Bank", false), ("John Doe", "Erin Park", false),
        ("The Company Ltd", "Widget Ltd", false),
    ])
    func `are found by names that are close`(one: String, other: String, isClose: Bool) {
        let similarity = PartyName(one).similarity(PartyName(other))
        #expect((similarity >= PartyName.threshold) == isClose, "\(similarity)")
        #expect(similarity == PartyName(other).similarity(PartyName(one)))
        if isClose { #expect(!Set(PartyName(one).keys).isDisjoint(with: PartyName(other).keys)) }
    }

    @Test func `stop a case until somebody who sees all has cleared them`() async throws {
        try await withDocumentFirm { firm in
            func open(_ parties: JSON, as caller: Caller) async throws -> Int64 {
                let made = await firm.portal.send(
                    "POST", "/api/staff/cases/",
                    ["title": "A case", "parties": parties], as: caller)
                #expect(made.status == 201, "\(made.text)")
                return made.id
            }
            _ = try await open([["name": "Northern Fasteners LLC", "role": "CLIENT"]], as: firm.outsider)
            let id = try await open([["name": "Northern Fastners Inc", "role": "OPPONENT"]], as: firm.attorney)
            let path = "/api/staff/cases/\(id)/"
            #expect(await firm.portal.send("POST", path + "check-conflicts/", [:], as: firm.attorney).status == 200)
            // Of a case that the attorney may not see nothing is said but that there is something.
            let mine = await firm.portal.send("GET", path + "conflicts/", as: firm.attorney)
            #expect(mine.body[0]?["needs_review"] == true && mine.body[0]?["hits"] == [], "\(mine.text)")
            let all = await firm.portal.send("GET", path + "conflicts/", as: firm.admin)
            #expect(all.body[0]?["hits"]?[0]?["other_party"] == "Northern Fasteners LLC", "\(all.text)")
            #expect(all.body[0]?["hits"]?[0]?["is_adverse"] == true)
            let early = await firm.portal.send("POST", path + "engage/", [:], as: firm.attorney)
            #expect(early.status == 409 && early.code == "CONFLICT_CHECK_NEEDED")
            let decision: JSON = ["decision": "cleared", "note": "Another company"]
            #expect(
                await firm.portal.send("POST", path + "conflicts/decide/", decision, as: firm.attorney).status == 403)
            let decided = await firm.portal.send("POST", path + "conflicts/decide/", decision, as: firm.admin)
            #expect(decided.status == 200 && decided.body["decision"] == "cleared", "\(decided.text)")
            // A party that came after the check has not been looked at.
            firm.portal.clock.advance(by: .seconds(1))
            let added = await firm.portal.send(
                "POST", path + "parties/", ["name": "Quiet Partner Ltd", "role": "RELATED"], as: firm.attorney)
            #expect(added.status == 201, "\(added.text)")
            #expect(await firm.portal.send("POST", path + "engage/", [:], as: firm.attorney).status == 409)
            #expect(
                await firm.portal.send("DELETE", path + "parties/\(added.id)/", as: firm.attorney).status == 204)
            #expect(await firm.portal.send("POST", path + "engage/", [:], as: firm.attorney).status == 200)
        }
    }

    @Test func `are none when a client comes again, and end a case that is declined`() async throws {
        try await withDocumentFirm { firm in
            let again = try await DocumentFirm.addCase(
                "Another matter", of: firm.record, team: [firm.attorneyID], firm.portal, as: firm.admin)
            let path = "/api/staff/cases/\(again)/"
            await firm.portal.send("POST", path + "check-conflicts/", [:], as: firm.attorney)
            let check = await firm.portal.send("GET", path + "conflicts/", as: firm.attorney)
            #expect(check.body[0]?["is_clear"] == true && check.body[0]?["hits"]?.elements.isEmpty == false)
            #expect(await firm.portal.send("POST", path + "engage/", [:], as: firm.attorney).status == 200)

            let opposed = await firm.portal.send(
                "POST", "/api/staff/cases/",
                ["title": "Against our own", "parties": [["name": "Doe, John", "role": "OPPONENT"]]], as: firm.attorney)
            let other = "/api/staff/cases/\(opposed.id)/"
            await firm.portal.send("POST", other + "check-conflicts/", [:], as: firm.attorney)
            let declined = await firm.portal.send(
                "POST", other + "conflicts/decide/", ["decision": "declined", "note": "Our own client"], as: firm.admin)
            #expect(declined.status == 200, "\(declined.text)")
            let shown = await firm.portal.send("GET", other, as: firm.attorney)
            #expect(shown.body["detailed_status"] == "closed")
            #expect(await firm.told(firm.attorney).contains { $0.hasPrefix("Conflict check of ") })
        }
    }
}
