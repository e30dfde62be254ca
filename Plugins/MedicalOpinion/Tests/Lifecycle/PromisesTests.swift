import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Journeys as a part of the plugin` {
    @Test func `keep the promises of every plugin`() async {
        let findings = await conformance(of: MedicalOpinion.self) { portal in
            let ana = Caller.person(try await portal.person(email: "ana@test.example", roles: ["customer"]))
            for path in [
                "journey", "journey/timeline", "journey/timeline?types=x", "journey/health-score", "persona",
                "persona/questionnaire", "personalization/dashboard", "personalization/content", "referrals",
                "content/content_none",
            ] { await portal.send("GET", "/v1/portal/\(path)", as: ana) }
            await portal.send("POST", "/v1/portal/persona/questionnaire", ["answers": ["reading": "x"]], as: ana)
            await portal.send("POST", "/v1/portal/persona/questionnaire", ["answers": ["reading": "summary"]], as: ana)
            await portal.send("PUT", "/v1/portal/persona/override", ["type": "informed_advocator"], as: ana)
            await portal.send("POST", "/v1/portal/journey/milestones/milestone_x/celebrate", as: ana)
            for email in ["ana@test.example", "f@test.example", "f@test.example"] {
                await portal.send("POST", "/v1/portal/referrals", ["email": .string(email)], as: ana)
            }
            for number in 0..<21 {
                await portal.send(
                    "POST", "/v1/portal/referrals", ["email": .string("f\(number)@test.example")], as: ana)
            }
            await portal.work()
        }
        #expect(findings == [])
    }
}
