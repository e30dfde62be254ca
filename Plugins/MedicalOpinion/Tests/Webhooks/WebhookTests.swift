import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Webhooks of second opinions` {
    private static let names = MedicalOpinion.libraryWebhooks.map(\.declaration.name)

    /// Runs a portal that tells a peer of everything, and gives what the peer was told: names and data.
    private static func told(_ body: (Practice) async throws -> Void) async throws -> [(name: String, data: JSON)] {
        try await withPeer { _ in
            .json([:])
        } _: { peer in
            try await withPlugin(MedicalOpinion.self, allowsPrivateTargets: true) { portal in
                let practice = try await Practice(portal)
                let made = await portal.send(
                    "POST", "/_portico/v1/webhooks",
                    ["endpoint": .string(peer.url), "events": .array(names.map { .string($0) })], as: practice.boss)
                try #require(made.status == 201, "\(made.text)")
                try await body(practice)
                let id = made.body["id"]?.string ?? ""
                func waiting() async -> Int {
                    let list = await practice.get(
                        "/_portico/v1/webhooks/\(id)/deliveries?limit=100", as: practice.boss)
                    return list.body["data"]?.elements.count { $0["state"] != "delivered" } ?? -1
                }
                await portal.work()
                while await waiting() != 0 {
                    await portal.work()
                    await Task.yield()
                }
                #expect(portal.faults == [])
            }
            return peer.asked.map(\.json).map { ($0["event"]?.string ?? "", $0["data"] ?? .null) }
                .sorted { $0.0 < $1.0 }
        }
    }

    @Test func `tell of each step of a case, and of nothing medical`() async throws {
        var numbers: [String] = []
        var (ana, doctor) = ("", "")
        let told = try await Self.told { practice in
            (ana, doctor) = (practice.anaID.rawValue, practice.doctorID.rawValue)
            let portal = practice.portal
            let number = try await practice.send("Is my heart tired?", as: practice.ana, about: "Palpitations")
            let one = "/v1/staff/cases/\(number)"
            await portal.send("POST", one + "/info-requests", ["text": "Please send an ECG."], as: practice.desk)
            await practice.assign(number)
            await practice.deliver(number, "Sleep more.")
            await portal.send(
                "POST", "/v1/portal/cases/\(number)/rating", ["rating": 5, "comment": "Well done"], as: practice.ana)
            await portal.send("POST", "/v1/portal/cases/\(number)/close", as: practice.ana)
            let other = try await practice.send("Another question", as: practice.ana)
            await portal.send("POST", "/v1/portal/cases/\(other)/cancel", as: practice.ana)
            numbers = [number, other]
        }
        func data(_ name: String) -> [JSON] { told.filter { $0.name == "opinion.\(name)" }.map(\.data) }
        #expect(data("case_submitted").compactMap { $0["caseNumber"]?.string }.sorted() == numbers)
        for name in ["information_requested", "case_assigned", "delivered", "case_closed"] {
            #expect(data(name).map { $0["caseNumber"]?.string } == [numbers[0]], "\(name)")
        }
        #expect(data("case_assigned").first?["professionalId"]?.string == doctor)
        #expect(data("case_assigned").first?["dueAt"]?.string != nil)
        #expect(data("delivered").first?["customerId"]?.string == ana)
        #expect(data("rated").first?["rating"] == 5)
        #expect(data("case_cancelled").first?["detailedStatus"] == "withdrawn")
        #expect(data("case_cancelled").count == 1)
        #expect(!data("engagement_score_changed").isEmpty)
        for (name, data) in told {
            for word in ["heart", "Palpitations", "Sleep", "ECG", "Well done", "ardiology"] {
                #expect(!data.text.contains(word), "\(name): \(data.text)")
            }
        }
    }

    @Test func `tell of plans and payments, once each`() async throws {
        var ana = ""
        let told = try await Self.told { practice in
            ana = practice.anaID.rawValue
            let path = "/v1/staff/customers/\(ana)"
            for _ in 0..<2 { await practice.portal.send("PATCH", path, ["plan": "premium"], as: practice.boss) }
            let payment: JSON = ["amountMinor": -500, "currency": "EUR", "reference": "refund-7"]
            for status in [201, 409] {
                let paid = await practice.portal.send("POST", path + "/payments", payment, as: practice.boss)
                #expect(paid.status == status)
            }
        }
        let plans = told.filter { $0.name == "opinion.customer_plan_changed" }.map(\.data)
        #expect(plans.count == 1)
        #expect(plans.first?["customerId"]?.string == ana)
        #expect(plans.first?["previousPlan"] == "free" && plans.first?["plan"] == "premium")
        let payments = told.filter { $0.name == "opinion.payment_recorded" }.map(\.data)
        #expect(payments.count == 1)
        #expect(payments.first?["amountMinor"] == -500 && payments.first?["reference"] == "refund-7")
        #expect(payments.first?["paymentId"]?.string?.hasPrefix("pay_") == true)
    }
}
