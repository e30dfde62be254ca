import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A customer's journey` {
    private static let busy: [(String, Int, JSON)] = [
        ("profile_created", 210, [:]), ("profile_completed", 209, [:]),
        ("case_submitted", 208, ["specialty": "Cardiology"]), ("document_uploaded", 208, [:]),
        ("document_uploaded", 208, [:]), ("payment_completed", 207, ["amountMinor": 29_900, "currency": "EUR"]),
        ("professional_assigned", 206, ["professionalName": "Dr. Sarah Johnson"]), ("message_received", 205, [:]),
        ("message_read", 205, [:]), ("message_sent", 205, [:]), ("opinion_delivered", 200, [:]),
        ("opinion_read", 200, [:]), ("case_completed", 198, [:]), ("case_rated", 198, ["rating": 5]),
        ("case_submitted", 20, ["specialty": "Cardiology"]),
        ("payment_completed", 20, ["amountMinor": 29_900, "currency": "EUR"]), ("message_sent", 3, [:]),
    ]

    @Test func `of somebody who did nothing is honestly empty`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let nobody = Caller.person(
                try await portal.person(givenName: "Nia", email: "n@test.example", roles: ["customer"]))
            let journey = await portal.data("/v1/portal/journey", as: nobody)
            #expect(journey["journey"]?["customer"]?["firstName"] == "Nia")
            #expect(journey["customer"]?["currentStage"] == "onboarding")
            #expect(journey["journey"]?["stages"] == [])
            #expect(journey["journey"]?["healthScore"] == .null)
            #expect(journey["journey"]?["lifetimeValue"] == 0)
            #expect(journey["journey"]?["predictions"]?["churnRisk"] == .null)
            #expect(journey["milestones"] == [])
            let score = await portal.data("/v1/portal/journey/health-score", as: nobody)
            #expect(score["healthScore"] == .null)
            #expect(score["recommendations"] == [])
            #expect(score["insights"] == [])
            let timeline = await portal.data("/v1/portal/journey/timeline", as: nobody)
            #expect(timeline["activities"] == [])
            #expect(timeline["pagination"]?["totalPages"] == 0)
            let dashboard = await portal.data("/v1/portal/personalization/dashboard", as: nobody)
            #expect(dashboard["layout"] == "standard_grid")
        }
    }

    @Test func `says what happened, in both of the seed's shapes with the same numbers`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(
                try await portal.person(givenName: "Ana", email: "a@test.example", roles: ["customer"]))
            #expect(await portal.happen(Self.busy, to: ana).status == 200)
            let answer = await portal.data("/v1/portal/journey", as: ana)
            let journey = answer["journey"] ?? .null
            #expect(journey["totalCases"] == 2)
            #expect(journey["completedCases"] == 1)
            #expect(journey["activeCases"] == 1)
            #expect(journey["lifetimeValue"] == 598)
            #expect(journey["metrics"]?["lifetimeValue"] == journey["lifetimeValue"])
            #expect(journey["metrics"]?["healthScore"] == journey["healthScore"])
            #expect(journey["predictions"]?["nextPredictedAction"] == journey["nextPredictedAction"])
            // 198 days after the rating nothing happened for 178: inactive from the 138th day ago until the next case.
            let stages = journey["stages"]?.elements.map { $0["stage"]?.string ?? "" }
            #expect(stages == ["onboarding", "active", "inactive", "active"])
            #expect(journey["stages"]?.elements.first?["duration"] == "2 days")
            let milestones = answer["milestones"]?.elements.map { $0["type"]?.string ?? "" }
            #expect(
                milestones == [
                    "profile_created", "profile_completed", "first_case_submitted", "payment_completed",
                    "first_opinion_received", "first_case_completed", "second_case_submitted",
                ])
        }
    }

    @Test func `goes on by passing time alone`() async throws {
        try await withPlugin(Recorder.self, settings: ["lifecycle": ["inactiveAfterDays": 10, "churnedAfterDays": 30]])
        {
            portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            await portal.happen([("profile_created", 2, [:]), ("case_submitted", 1, [:])], to: ana)
            func stage() async -> JSON? {
                await portal.data("/v1/portal/journey", as: ana)["customer"]?["currentStage"]
            }
            #expect(await stage() == "active")
            portal.clock.advance(by: .seconds(9 * 86_400))
            #expect(await stage() == "inactive")
            portal.clock.advance(by: .seconds(20 * 86_400))
            #expect(await stage() == "churned")
            await portal.happen([("message_sent", 0, [:])], to: ana)
            #expect(await stage() == "reactivated")
            await portal.happen([("case_submitted", 0, [:])], to: ana)
            #expect(await stage() == "active")
        }
    }

    @Test func `differs between customers with different histories`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            let ben = Caller.person(try await portal.person(email: "b@test.example", roles: ["customer"]))
            await portal.happen(Self.busy, to: ana)
            await portal.happen(
                [
                    ("profile_created", 40, [:]), ("device_registered", 40, [:]), ("preferences_changed", 39, [:]),
                    ("profile_updated", 39, [:]), ("profile_updated", 12, [:]),
                ], to: ben)
            let (one, two) = (
                await portal.data("/v1/portal/journey", as: ana), await portal.data("/v1/portal/journey", as: ben)
            )
            #expect(one["customer"]?["persona"] == "informed_advocator")
            #expect(two["customer"]?["persona"] == "tech_savvy_optimizer")
            #expect(one["journey"]?["healthScore"] != two["journey"]?["healthScore"])
            let (first, second) = (
                await portal.data("/v1/portal/personalization/dashboard", as: ana),
                await portal.data("/v1/portal/personalization/dashboard", as: ben)
            )
            #expect(first["layout"] == "detailed_grid")
            #expect(second["layout"] == "compact_grid")
            #expect(first["widgets"]?.elements.first?["id"] == "cases_overview")
            #expect(second["widgets"]?.elements.first?["id"] == "getting_started")
        }
    }

    @Test func `is told live when its score changes, and only then`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            await portal.happen([("profile_created", 2, [:]), ("case_submitted", 1, [:])], to: ana)
            let before = await portal.events.count
            await portal.happen([("case_rated", 0, ["rating": 5])], to: ana)
            let told = await portal.events
            #expect(told.count == before + 1)
            #expect(told.last?.name == EngagementScoreChanged.name)
            await portal.happen([("milestone_celebrated", 0, ["type": "profile_created"])], to: ana)
            #expect(await portal.events.count == told.count)
        }
    }

    @Test func `celebrates each milestone once, and only its own`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            let expert = Caller.person(try await portal.person(email: "e@test.example", roles: ["expert"]))
            await portal.happen([("case_submitted", 1, [:])], to: ana)
            let path = "/v1/portal/journey/milestones/milestone_first_case_submitted/celebrate"
            for _ in 0..<2 { #expect(await portal.send("POST", path, as: ana).body["data"]?["celebrated"] == true) }
            let timeline = await portal.data("/v1/portal/journey/timeline?types=milestone_celebrated", as: ana)
            #expect(timeline["pagination"]?["total"] == 1)
            let milestones = await portal.data("/v1/portal/journey", as: ana)["milestones"]?.elements
            #expect(milestones?.map { $0["celebrated"] } == [true])
            #expect(await portal.send("POST", path, as: expert).status == 403)
            let other = "/v1/portal/journey/milestones/milestone_loyalty_member/celebrate"
            #expect(await portal.send("POST", other, as: ana).status == 404)
        }
    }

    @Test func `has a timeline in pages, by time and by kind`() async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            await portal.happen(Self.busy, to: ana)
            let recent = await portal.send("GET", "/v1/portal/journey/timeline", as: ana)
            #expect(recent.body["data"]?["activities"]?.elements.count == 3)
            #expect(recent.body["pagination"]?["total"] == 3)
            #expect(recent.body["data"]?["pagination"]?["total"] == 3)
            let case_ = recent.body["data"]?["activities"]?.elements.first
            #expect(case_?["title"] == "New Case Submitted")
            #expect(case_?["description"] == "Cardiology second opinion case #EU-2027-000001")
            #expect(case_?["actions"]?.elements.first?["url"] == "/portal/cases/EU-2027-000001")
            for query in ["types=case_submitted,case_rated", "types=case_submitted&types=case_rated"] {
                let page = await portal.data("/v1/portal/journey/timeline?from=2026-01-01&\(query)", as: ana)
                #expect(page["pagination"]?["total"] == 3)
            }
            let second = await portal.data("/v1/portal/journey/timeline?from=2026-01-01&limit=5&page=4", as: ana)
            #expect(second["activities"]?.elements.count == 2)
            #expect(second["pagination"]?["totalPages"] == 4)
            let wrong = await portal.send("GET", "/v1/portal/journey/timeline?types=nothing&limit=101", as: ana)
            #expect(wrong.status == 400)
        }
    }
}

extension JSON {
    /// The elements of a list; none of all else.
    var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
