import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A deadline` {
    @Test func `is counted in working days, and its team is reminded until it is kept`() async throws {
        try await withDocumentFirm(settings: ["deadlineReminderDays": [1]]) { firm in
            let path = "/api/staff/cases/\(firm.matter)/deadlines/"
            let today = Zone.utc.day(at: firm.portal.clock.now)
            let made = await firm.portal.send(
                "POST", path,
                ["title": "Answer", "trigger_date": .string(today.description), "days": 10, "counting": "BUSINESS"],
                as: firm.attorney)
            #expect(made.status == 201, "\(made.text)")
            let due = try #require(Day(iso8601: made.body["due_date"]?.string ?? ""))
            #expect(due >= today + 14 && made.body["status"] == "open" && made.body["is_overdue"] == false)
            let other = await firm.portal.send(
                "POST", path, ["title": "Kept", "due_date": .string(due.description)], as: firm.attorney)
            let kept = await firm.portal.send("PATCH", path + "\(other.id)/", ["status": "done"], as: firm.attorney)
            #expect(kept.body["status"] == "done", "\(kept.text)")
            firm.portal.clock.advance(by: .seconds(Int(due - today) * 86_400))
            let told = await firm.told(firm.attorney)
            #expect(told.filter { $0 == "\(due.description): Answer" }.count == 1, "\(told)")
            #expect(!told.contains("\(due.description): Kept"))
            #expect(await firm.told(firm.client).allSatisfy { !$0.contains("Answer") })
        }
    }

    @Test func `is a day or a count, and not both`() async throws {
        try await withDocumentFirm { firm in
            let path = "/api/staff/cases/\(firm.matter)/deadlines/"
            for (body, field) in [
                (["title": "x"], "due_date"), (["title": "x", "trigger_date": "2030-01-01"], "days"),
                (["title": "x", "due_date": "2030-01-01", "days": 3], "due_date"),
                (["title": "x", "due_date": "2030-02-30"], "due_date"),
            ] as [(JSON, String)] {
                let refused = await firm.portal.send("POST", path, body, as: firm.attorney)
                #expect(refused.status == 400 && refused.body["error"]?["details"]?[field] != nil, "\(refused.text)")
            }
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 404)
            #expect(await firm.portal.send("GET", "/api/staff/deadlines/", as: firm.outsider).body == [])
        }
    }
}
