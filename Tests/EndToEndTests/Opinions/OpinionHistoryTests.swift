import Testing
import Time

@Suite struct `What a customer is shown` {
    @Test func `can be computed anew from the export of what happened`() async throws {
        let service = try await OpinionService.demo()
        let john = try await service.signIn("john.doe@example.com")
        let number = try await john.addCase("One more?")
        try await john.post("/v1/portal/cases/\(number)/cancel", "{}", 200)
        let asked = try await john.send(HTTPRequest(method: "POST", path: "/_portico/v1/me/export"))
        #expect(asked.status == 202, "\(asked.text)")
        let address = try await eventually("an export") {
            try await john.send(.get("/_portico/v1/me/export")).json(if: 200)["downloadUrl"].string
        }
        let export = try await john.send(.get(address)).json(if: 200)
        let table = export["plugins"].members.first { $0.key.hasSuffix("medicalopinion_lifecycle_event") }
        let rows = try #require(table?.value.elements, "\(export["plugins"].members.keys)")
        let journey = try await john.get("/v1/portal/journey")
        let score = try await john.get("/v1/portal/journey/health-score")
        let anew = try RecomputedJourney(exported: rows, at: SystemTime.system.now)

        #expect(rows.count > 60 && anew.totalCases == 7)
        let told = journey["journey"]
        #expect(told["totalCases"] == .number(Double(anew.totalCases)))
        #expect(told["completedCases"] == .number(Double(anew.completedCases)))
        #expect(told["activeCases"] == .number(Double(anew.activeCases)))
        #expect(told["lifetimeValue"] == .number(anew.lifetimeValue))
        #expect(told["healthScore"].number == anew.score)
        for (name, value) in [
            ("activity", anew.activity), ("engagement", anew.engagement), ("satisfaction", anew.satisfaction),
        ] { #expect(score["factors"][name]["score"].number == value, "\(name)") }
        #expect(score["history"].elements.map { $0["score"].number } == anew.history)
        #expect(score["previousScore"].number == anew.history.last && anew.history.count > 20)
        let churn = try #require(told["predictions"]["churnRisk"].number)
        #expect((churn * 100).rounded() == anew.churn)
        let milestones = Dictionary(
            journey["milestones"].elements.map { ($0["type"].string ?? "", $0["date"].string) }
        ) { first, _ in first }
        #expect(milestones == anew.milestones.mapValues { $0.description })
        // The timeline is the export's events, one for one.
        let seen = try await john.activities(since: "2000-01-01")
        #expect(seen == Dictionary(anew.events.map { ($0.kind, 1) }, uniquingKeysWith: +))
    }

    @Test func `follows from what they did, and is empty for who has done nothing`() async throws {
        let service = try await OpinionService.demo()
        let (ana, lucia) = (
            try await service.signIn("ana.silva@example.com"), try await service.signIn("lucia.lopez@example.com")
        )
        let noa = try await service.signIn("new.customer@example.com")
        // Ana sends documents and writes; Lucia reads and hesitates.
        let body = #"{"specialty": "Orthopedics", "question": "Is my knee to be operated on?", "draft": false}"#
        let number = try #require(try await ana.post("/v1/portal/cases", body)["caseNumber"].string)
        for name in ["x-ray", "mri"] {
            let file = try await ana.upload("A picture of a knee, in words.", "\(name).txt")
            try await ana.post("/v1/portal/cases/\(number)/documents", #"{"attachments": ["\#(file)"]}"#)
        }
        let question = #"{"recipientType": "support", "subject": "How long?", "message": "How long does it take?"}"#
        try await ana.post("/v1/portal/messages", question)
        _ = try await lucia.addCase("Should I ask at all?", isDraft: true)
        for name in ["questions-to-ask", "preparing-a-second-opinion", "sharing-records-safely"] {
            try await lucia.post("/v1/portal/content/content_\(name)/read", "{}", 200)
        }
        // Messages are noted in their own time.
        _ = try await eventually("Ana's message in her timeline") {
            try await ana.activities()["message_sent"]
        }
        func persona(_ person: OpinionPerson) async throws -> JSON {
            try await person.get("/v1/portal/persona")["persona"]
        }
        #expect(try await persona(ana)["type"] == "informed_advocator")
        #expect(try await persona(lucia)["type"] == "cautious_researcher")
        func layout(_ person: OpinionPerson) async throws -> [JSON] {
            let dashboard = try await person.get("/v1/portal/personalization/dashboard")
            return [dashboard["layout"]] + dashboard["widgets"].elements.map { $0["id"] }
        }
        #expect(try await layout(ana).prefix(2) == ["detailed_grid", "cases_overview"])
        #expect(try await layout(lucia).prefix(2) == ["simple_list", "getting_started"])
        #expect(try await layout(noa).prefix(2) == ["standard_grid", "getting_started"])
        func articles(_ person: OpinionPerson) async throws -> [JSON] {
            let content = try await person.get("/v1/portal/personalization/content?limit=3")
            return content["recommendations"].elements.map { $0["id"] }
        }
        let offered = [try await articles(ana), try await articles(lucia), try await articles(noa)]
        #expect(offered[0].first == "content_orthopedics-imaging" && Set(offered).count == 3, "\(offered)")
        let stages = [
            try await ana.get("/v1/portal/journey")["journey"], try await lucia.get("/v1/portal/journey")["journey"],
            try await noa.get("/v1/portal/journey")["journey"],
        ]
        #expect(stages.map { $0["currentStage"] } == ["active", "onboarding", "onboarding"])
        #expect(stages.map { $0["totalCases"] } == [1, 0, 0])
        #expect(stages[0]["healthScore"] != stages[1]["healthScore"])
        // Nothing is made up for who is new.
        let new = stages[2]
        for name in ["healthScore", "riskLevel", "lastActivity", "nextPredictedAction", "nextActionProbability"] {
            #expect(new[name] == .null, "\(name)")
        }
        #expect(new["lifetimeValue"] == 0 && new["stages"] == [] && new["milestones"] == [])
        #expect(try await persona(noa)["type"] == .null)
        #expect(try await persona(noa)["confidence"] == 0)
        #expect(try await noa.activities() == [:])
        let score = try await noa.get("/v1/portal/journey/health-score")
        #expect(score["healthScore"] == .null && score["trend"] == .null && score["insights"] == [])
        #expect(score["recommendations"] == [] && score["factors"]["activity"]["score"] == .null)
    }
}
