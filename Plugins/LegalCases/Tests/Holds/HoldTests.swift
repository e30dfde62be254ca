import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A legal hold` {
    private func erase(_ firm: DocumentFirm) async {
        let answer = await firm.portal.send(
            "POST", "/_portico/v1/erasures", ["userId": .string(firm.clientID.rawValue)], as: firm.admin)
        #expect(answer.status == 201, "\(answer.text)")
    }

    @Test func `beats deletion and a person's erasure, and what is not held goes`() async throws {
        try await withDocumentFirm { firm in
            let (kept, lost) = (await firm.bring("evidence"), await firm.bring("shopping list"))
            let hold = await firm.portal.send(
                "POST", "/api/staff/documents/\(kept.id)/hold/", ["reason": "Dispute with the supplier"],
                as: firm.attorney)
            #expect(hold.status == 201 && hold.body["document"] == .integer(kept.id), "\(hold.text)")
            let refused = await firm.portal.send("DELETE", "/api/staff/documents/\(kept.id)/", as: firm.attorney)
            #expect(refused.status == 409 && refused.code == "LEGAL_HOLD", "\(refused.text)")
            #expect(await firm.portal.audit.last?.outcome == "refused")
            let file = try #require(
                await firm.portal.audit.last { $0.action == "file.held" }?.subjectID, "the host holds the file too")
            let direct = await firm.portal.send("DELETE", "/_portico/v1/files/\(file)", as: firm.attorney)
            #expect(direct.status >= 400, "\(direct.status)")
            await erase(firm)
            let list = await firm.portal.send("GET", "/api/staff/documents/", as: firm.attorney)
            #expect(list.body.elements.map { $0["id"]?.integer } == [kept.id], "\(list.text)")
            let bytes = await firm.portal.send("GET", "/api/staff/documents/\(kept.id)/download/", as: firm.attorney)
            #expect(bytes.text == "evidence")
            #expect(
                await firm.portal.send("GET", "/api/staff/documents/\(lost.id)/", as: firm.attorney).status == 404)
            let search = await firm.portal.send("GET", "/api/staff/documents/?search=shopping", as: firm.attorney)
            #expect(search.body == [])
            // The files of what an erasure took go with the next night.
            #expect(await firm.portal.audit.filter { $0.action == "file.expired" }.isEmpty)
            #expect(await firm.portal.run(job: "trim-documents") == 1)
            let released = await firm.portal.send(
                "POST", "/api/staff/holds/\(hold.id)/release/", as: firm.attorney)
            #expect(released.status == 200 && released.body["released_at"] != .null, "\(released.text)")
            let again = await firm.portal.send("POST", "/api/staff/holds/\(hold.id)/release/", as: firm.attorney)
            #expect(again.status == 409)
            #expect(
                await firm.portal.send("DELETE", "/api/staff/documents/\(kept.id)/", as: firm.attorney).status == 204)
        }
    }

    @Test func `on a case covers what comes later, its tasks too`() async throws {
        try await withDocumentFirm { firm in
            let before = await firm.bring("before")
            let hold = await firm.portal.send(
                "POST", "/api/staff/cases/\(firm.matter)/legal-hold/", ["reason": "Dispute"], as: firm.attorney)
            #expect(hold.status == 201 && hold.body["document"] == .null)
            let later = await firm.bring("later")
            let task = await firm.portal.send(
                "POST", "/api/staff/tasks/", ["case": .integer(Int64(firm.matter)), "title": "Sign"], as: firm.attorney)
            await erase(firm)
            for id in [before.id, later.id] {
                let shown = await firm.portal.send("GET", "/api/staff/documents/\(id)/", as: firm.attorney)
                #expect(shown.status == 200 && shown.body["is_held"] == true)
            }
            let kept = await firm.portal.send("GET", "/api/staff/tasks/\(task.id)/", as: firm.attorney)
            #expect(kept.status == 200)
            let list = await firm.portal.send("GET", "/api/staff/holds/?active=true", as: firm.attorney)
            #expect(list.body.elements.map { $0["id"]?.integer } == [hold.id])
            #expect(await firm.portal.send("GET", "/api/staff/holds/", as: firm.outsider).body == [])
            let out = await firm.portal.send("POST", "/api/staff/holds/\(hold.id)/release/", as: firm.outsider)
            #expect(out.status == 404)
        }
    }

    @Test func `of two keeps until both have ended`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("x")
            let one = await firm.portal.send(
                "POST", "/api/staff/documents/\(made.id)/hold/", ["reason": "One"], as: firm.attorney)
            let two = await firm.portal.send(
                "POST", "/api/staff/cases/\(firm.matter)/legal-hold/", ["reason": "Two"], as: firm.attorney)
            let path = "/api/staff/documents/\(made.id)/"
            for hold in [two, one] {
                #expect(await firm.portal.send("DELETE", path, as: firm.attorney).status == 409)
                await firm.portal.send("POST", "/api/staff/holds/\(hold.id)/release/", as: firm.attorney)
            }
            #expect(await firm.portal.send("DELETE", path, as: firm.attorney).status == 204)
        }
    }

    @Test func `marks the files of a large case some at a time`() async throws {
        try await withDocumentFirm { firm in
            // By two, since nobody may ask a hundred times in a minute.
            for number in 0..<103 {
                await firm.upload("text", title: "Letter \(number)", as: number % 2 == 0 ? firm.admin : firm.attorney)
            }
            await firm.portal.send(
                "POST", "/api/staff/cases/\(firm.matter)/legal-hold/", ["reason": "Dispute"], as: firm.attorney)
            #expect(await firm.portal.audit.count { $0.action == "file.held" } == 100)
            await firm.portal.work()
            #expect(await firm.portal.audit.count { $0.action == "file.held" } == 103)
        }
    }
}

@Suite struct `Retention of documents` {
    @Test func `deletes what belongs to cases closed long ago, and nothing that is held`() async throws {
        try await withDocumentFirm(settings: ["documentRetentionYears": 2]) { firm in
            let (old, held, open) = (await firm.bring("old"), await firm.bring("held"), await firm.bring("open"))
            #expect(open.status == 201)
            let other = try await DocumentFirm.addCase(
                "Open", of: firm.record, team: [firm.attorneyID], firm.portal, as: firm.admin)
            let recent = await firm.upload("recent", to: other)
            await firm.portal.send(
                "POST", "/api/staff/documents/\(held.id)/hold/", ["reason": "Dispute"], as: firm.attorney)
            try await DocumentFirm.close(firm.matter, firm.portal, as: firm.attorney)
            firm.portal.clock.advance(by: .seconds(2 * 366 * 86_400 + 86_400))
            await firm.portal.run(job: "trim-documents")
            let list = await firm.portal.send("GET", "/api/staff/documents/", as: firm.attorney)
            #expect(list.body.elements.map { $0["id"]?.integer } == [recent.id, held.id], "\(list.text)")
            #expect(
                await firm.portal.send("GET", "/api/staff/documents/\(old.id)/download/", as: firm.attorney).status
                    == 404)
        }
    }
}

@Suite struct `The export of a client's data` {
    @Test func `has what they see, and no word of drafts`() async throws {
        try await withDocumentFirm { firm in
            await firm.bring("mine", title: "Passport")
            await firm.upload("draft", title: "Privileged memo", [.field("visible_to_client", "false")])
            await firm.portal.send(
                "POST", "/api/staff/tasks/",
                ["case": .integer(Int64(firm.matter)), "title": "Internal review", "side": "staff"], as: firm.attorney)
            await firm.portal.send(
                "POST", "/api/staff/tasks/", ["case": .integer(Int64(firm.matter)), "title": "Sign it"],
                as: firm.attorney)
            let asked = await firm.portal.send("POST", "/_portico/v1/me/export", as: firm.client)
            #expect(asked.status == 202, "\(asked.text)")
            await firm.portal.work()
            let shown = await firm.portal.send("GET", "/_portico/v1/me/export", as: firm.client)
            let url = try #require(shown.body["downloadUrl"]?.string, "\(shown.text)")
            let export = await firm.portal.send("GET", url, as: firm.client).text
            #expect(export.contains("Passport") && export.contains("Sign it"), "\(export)")
            #expect(!export.contains("Privileged memo") && !export.contains("Internal review"))
        }
    }
}
