import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Reports on opinions` {
    private static let path = "/v1/staff/reports/opinions"

    /// Three cases that were answered after one, two and a hundred hours, two that were not, and one of long ago.
    private static func year(_ practice: Practice) async throws {
        let portal = practice.portal
        let old = try await practice.send("Old", as: practice.ben)
        await practice.assign(old)
        await practice.deliver(old, "x")
        portal.clock.advance(by: .seconds(60 * 86_400))
        for (hours, rating) in [(1, 5), (2, 4), (100, nil)] as [(Int64, Int64?)] {
            let number = try await practice.send("Q", as: practice.ana)
            await practice.assign(number)
            portal.clock.advance(by: .seconds(hours * 3600))
            await practice.deliver(number, "x")
            if let rating {
                await portal.send(
                    "POST", "/v1/portal/cases/\(number)/rating", ["rating": .integer(rating)], as: practice.ana)
            }
        }
        let withdrawn = try await practice.send("Q", as: practice.ana)
        await portal.send("POST", "/v1/portal/cases/\(withdrawn)/cancel", as: practice.ana)
        let declined = try await practice.send("Q", as: practice.ben)
        await portal.send("POST", "/v1/staff/cases/\(declined)/status", ["status": "declined"], as: practice.desk)
        _ = try await practice.send("Draft", as: practice.ben, draft: true)
    }

    @Test func `say how soon, how good, and what became of cases`() async throws {
        try await withPractice(settings: ["signingMinutes": 1440]) { practice in
            try await Self.year(practice)
            let answer = await practice.get(Self.path, as: practice.boss)
            let report = try #require(answer.body["data"], "\(answer.text)")
            #expect(report["submitted"] == 5)
            #expect(report["byStatus"] == ["opinion_ready": 3, "cancelled": 2])
            #expect(report["withdrawn"] == 1 && report["declined"] == 1 && report["cancelled"] == 0)
            let all = try #require(report["all"])
            #expect(all["delivered"] == 3 && all["medianMinutes"] == 120 && all["p90Minutes"] == 6000)
            // The expert's 72 hours were kept twice of three times.
            #expect(all["withinTime"] == 0.667)
            #expect(all["rated"] == 2 && all["meanRating"] == 4.5)
            #expect(report["specialties"]?.elements.map { $0["name"] } == ["Cardiology"])
            #expect(report["professionals"]?.elements.map { $0["name"] } == ["Sarah Nordmann"])
            #expect(report["professionals"]?.elements.first?["id"]?.string == practice.doctorID.rawValue)
            let long = await practice.get(Self.path + "?from=2027-03-01&to=2027-12-31", as: practice.boss)
            #expect(long.body["data"]?["all"]?["delivered"] == 4)
            let before = await practice.get(Self.path + "?from=2026-01-01&to=2026-02-01", as: practice.boss)
            #expect(before.body["data"]?["all"]?["delivered"] == 0)
            #expect(before.body["data"]?["all"]?["medianMinutes"] == .null)
            // Whoever is erased still counts, without a name.
            await practice.erase(practice.anaID)
            await practice.portal.work()
            let after = await practice.get(Self.path, as: practice.boss)
            #expect(after.body["data"]?["all"] == all)
            #expect(after.body["data"]?["submitted"] == 5)
        }
    }

    @Test func `are refused for days that run backwards, and are admins' alone`() async throws {
        try await withPractice { practice in
            for query in ["?from=2027-03-02&to=2027-03-01", "?from=2026-01-01&to=2027-03-01", "?from=x"] {
                #expect(await practice.get(Self.path + query, as: practice.boss).status == 400)
            }
            for caller in [practice.ana, practice.doctor, practice.desk] {
                for path in [Self.path, Self.path + ".csv"] {
                    #expect(await practice.get(path, as: caller).status == 403)
                }
            }
        }
    }

    @Test func `are a table that no spreadsheet runs`() async throws {
        try await withPractice(settings: ["specialties": ["Cardiology", "=cmd()"]]) { practice in
            let sent = await practice.portal.send(
                "POST", "/v1/portal/cases", ["specialty": "=cmd()", "question": "Q"], as: practice.ana)
            let number = try #require(sent.body["data"]?["caseNumber"]?.string)
            await practice.assign(number)
            await practice.deliver(number, "x")
            let table = await practice.get(Self.path + ".csv", as: practice.boss)
            #expect(table.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(table.headers["content-disposition"]?.contains("opinions-2027-02-07-2027-03-08.csv") == true)
            let lines = table.text.split(separator: "\r\n").map(String.init)
            #expect(lines.contains("specialty,'=cmd(),1,0,0,1.0,0,\"\""), "\(lines)")
            #expect(lines.contains("status,opinion_ready,1,\"\",\"\",\"\",\"\",\"\""), "\(lines)")
        }
    }

    @Test func `take the nearest rank`() {
        #expect(ReportTally.rank(50, of: []) == nil)
        #expect(ReportTally.rank(90, of: [7]) == 7)
        #expect(ReportTally.rank(50, of: [1, 2, 3, 4]) == 2)
        #expect(ReportTally.rank(90, of: Array(1...10)) == 9)
    }
}
