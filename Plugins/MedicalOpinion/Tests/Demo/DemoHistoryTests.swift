import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A past in the demo` {
    private static let acts: JSON = [
        ["what": "send", "daysAgo": 40, "send": ["specialty": "Cardiology", "question": "Is surgery needed?"]],
        [
            "what": "ask", "daysAgo": 39, "minute": 30, "case": 1, "by": "desk@example.com",
            "text": "Please send the report.",
        ],
        ["what": "answer", "daysAgo": 38, "case": 1, "text": "Here it is."],
        ["what": "assign", "daysAgo": 37, "case": 1, "by": "desk@example.com", "expert": "sarah@example.com"],
        ["what": "deliver", "daysAgo": 35, "case": 1, "opinion": ["text": "No surgery."]],
        ["what": "read_opinion", "daysAgo": 35, "minute": 60, "case": 1],
        ["what": "rate", "daysAgo": 34, "case": 1, "rating": 4],
        ["what": "close", "daysAgo": 30, "case": 1],
    ]

    private static func history(_ acts: JSON) -> JSON {
        [
            "experts": [
                [
                    "email": "sarah@example.com", "title": "Cardiologist", "specialties": ["Cardiology"],
                    "languages": ["en"],
                ]
            ], "histories": [["email": "john@example.com", "acts": acts]],
        ]
    }

    @Test func `happens as in earnest, and nobody is told of it`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let john = Caller.person(try await portal.person(email: "john@example.com", roles: ["customer"]))
            _ = try await portal.person(email: "desk@example.com", roles: ["case_manager"])
            _ = try await portal.person(givenName: "Sarah", email: "sarah@example.com", roles: ["expert"])
            let audited = await portal.audit.count
            try await portal.loadDemo(Self.history(Self.acts))
            await portal.work()
            #expect(await portal.outbox.email.isEmpty)
            #expect(await portal.events.isEmpty)
            #expect(await portal.audit.count == audited)
            let now = portal.clock.now
            let cases = await portal.data("/v1/portal/cases", as: john)["cases"]?.elements ?? []
            #expect(cases.first?["status"] == "completed" && cases.first?["rating"]?["rating"] == 4)
            #expect(cases.first?["submittedAt"] == .string("\(now - .seconds(40 * 86_400))"))
            let path = "/v1/portal/journey/timeline?from=2000-01-01"
            let told = (await portal.data(path, as: john)["activities"]?.elements ?? []).filter {
                // The account itself is from today.
                $0["type"] != "profile_created"
            }
            #expect(
                told.compactMap { $0["type"]?.string } == [
                    "case_submitted", "information_requested", "message_received", "message_read",
                    "message_sent", "information_provided", "professional_assigned", "opinion_delivered",
                    "opinion_read", "case_rated", "case_completed",
                ])
            #expect(told.last?["timestamp"] == .string("\(now - .seconds(30 * 86_400))"))
            let score = await portal.data("/v1/portal/journey/health-score", as: john)
            #expect(score["history"]?.elements.count == 7, "a score for each day with something on it")
            #expect(portal.faults == [])
        }
    }

    @Test func `that cannot be, is not loaded`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            _ = try await portal.person(email: "john@example.com", roles: ["customer"])
            let acts: [JSON] = [
                ["what": "close", "daysAgo": 3, "case": 1], ["what": "send", "daysAgo": 3],
                ["what": "article", "daysAgo": 3],
            ]
            for act in acts {
                await #expect(throws: (any Error).self, "\(act.text)") {
                    try await portal.loadDemo(Self.history([act]))
                }
            }
        }
    }
}
