import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Documents and tasks beside other plugins` {
    @Test func `keep the promises of every plugin while people work`() async throws {
        let findings = await conformance(of: LegalCases.self, settings: ["documentRetentionYears": 7]) { portal in
            let firm = try await DocumentFirm(portal)
            let mine = await firm.bring("mine", headers: ["Idempotency-Key": "once"])
            await firm.bring("mine", headers: ["Idempotency-Key": "once"])
            let made = await firm.upload("letter", title: "Letter", [.field("folder", "Letters")])
            await firm.version("new letter", of: made.id)
            await firm.version("mine too", of: mine.id, as: firm.client, side: "portal")
            await firm.version("not mine", of: made.id, as: firm.client, side: "portal")
            await firm.upload("")
            await firm.portal.send(
                "PATCH", "/api/staff/documents/\(made.id)/", ["visible_to_client": true], as: firm.attorney)
            let share = await firm.portal.send(
                "POST", "/api/staff/documents/\(made.id)/shares/", ["recipient": "Court"], as: firm.attorney)
            let hold = await firm.portal.send(
                "POST", "/api/staff/cases/\(firm.matter)/legal-hold/", ["reason": "Dispute"], as: firm.attorney)
            await firm.portal.send(
                "POST", "/api/staff/documents/\(made.id)/hold/", ["reason": "Dispute"], as: firm.attorney)
            let task = await firm.portal.send(
                "POST", "/api/staff/tasks/",
                ["case": .integer(Int64(firm.matter)), "title": "Sign", "due_date": "2027-03-20"], as: firm.attorney)
            await firm.portal.send("POST", "/api/portal/tasks/\(task.id)/start/", as: firm.client)
            await firm.portal.send(
                "POST", "/api/portal/tasks/\(task.id)/complete/",
                ["answer": "Done", "documents": [.integer(mine.id)]], as: firm.client)
            for (act, body) in [
                ("return", ["note": "More"]), ("submit", [:]), ("accept", nil), ("cancel", nil), ("reopen", nil),
                ("start", nil),
            ] as [(String, JSON?)] {
                await firm.portal.send("POST", "/api/staff/tasks/\(task.id)/\(act)/", body, as: firm.attorney)
            }
            await firm.portal.send("PATCH", "/api/staff/tasks/\(task.id)/", ["title": "Sign it"], as: firm.attorney)
            for path in [
                "documents/", "documents/\(made.id)/", "documents/\(made.id)/download/", "documents/?search=letter",
                "tasks/", "tasks/\(task.id)/", "cases/\(firm.matter)/bundle/",
            ] {
                await firm.portal.send("GET", "/api/portal/" + path, as: firm.client)
                await firm.portal.send("GET", "/api/staff/" + path, as: firm.attorney)
            }
            for path in ["documents/\(made.id)/shares/", "holds/", "cases/\(firm.matter)/folders/"] {
                await firm.portal.send("GET", "/api/staff/" + path, as: firm.attorney)
            }
            await firm.portal.send("DELETE", "/api/staff/documents/\(made.id)/", as: firm.attorney)
            await firm.portal.send("POST", "/api/staff/holds/\(hold.id)/release/", as: firm.attorney)
            await firm.portal.send("POST", "/api/staff/holds/\(hold.id)/release/", as: firm.attorney)
            await firm.portal.send(
                "DELETE", "/api/staff/documents/\(made.id)/shares/\(share.body["id"]?.string ?? "")/", as: firm.attorney
            )
            await firm.portal.send("DELETE", "/api/staff/documents/\(mine.id)/", as: firm.attorney)
            await firm.portal.work()
        }
        #expect(findings == [])
    }
}
