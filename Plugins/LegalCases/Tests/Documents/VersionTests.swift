import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Versions of a document` {
    @Test func `stay unseen by the client until they are shown`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("first words")
            #expect(made.status == 201 && made.body["visible_to_client"] == true)
            let next = await firm.version("second words", of: made.id)
            #expect(next.status == 201 && next.body["version"] == 2, "\(next.text)")
            #expect(next.body["visible_to_client"] == false && next.body["client_version"] == 1)
            #expect(
                next.body["versions"]?.elements.map { $0["state"]?.string } == ["draft", "shared"])
            let path = "/api/portal/documents/\(made.id)/"
            #expect(await firm.portal.send("GET", path + "download/", as: firm.client).text == "first words")
            #expect(await firm.portal.send("GET", path, as: firm.client).body["version"] == 1)
            for (caller, side, word, count) in [
                (firm.client, "portal", "second", 0), (firm.client, "portal", "first", 1),
                (firm.attorney, "staff", "second", 1), (firm.attorney, "staff", "first", 0),
            ] {
                let found = await firm.portal.send("GET", "/api/\(side)/documents/?search=\(word)", as: caller)
                #expect(found.body.elements.count == count, "\(side) \(word): \(found.text)")
            }
            let told = await firm.titles(firm.client).count
            let shown = await firm.portal.send(
                "PATCH", "/api/staff/documents/\(made.id)/", ["visible_to_client": true], as: firm.attorney)
            #expect(
                shown.body["versions"]?.elements.map { $0["state"]?.string } == ["shared", "superseded"],
                "\(shown.text)")
            #expect(await firm.titles(firm.client).count == told + 1)
            #expect(await firm.portal.send("GET", path + "download/", as: firm.client).text == "second words")
            let found = await firm.portal.send("GET", "/api/portal/documents/?search=second", as: firm.client)
            #expect(found.body.elements.count == 1)
            #expect(
                await firm.portal.send("GET", "/api/portal/documents/?search=first", as: firm.client).body == [])
            let old = await firm.portal.send(
                "GET", "/api/staff/documents/\(made.id)/download/?version=1", as: firm.attorney)
            #expect(old.text == "first words")
            #expect(
                await firm.portal.send("GET", path + "download/?version=2", as: firm.client).status == 400)
        }
    }

    @Test func `are hidden with their document`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("words")
            let hidden = await firm.portal.send(
                "PATCH", "/api/staff/documents/\(made.id)/", ["visible_to_client": false], as: firm.attorney)
            #expect(hidden.body["client_version"] == .null)
            for path in ["", "download/"] {
                let answer = await firm.portal.send("GET", "/api/portal/documents/\(made.id)/\(path)", as: firm.client)
                #expect(answer.status == 404)
            }
            for query in ["", "?search=words"] {
                #expect(await firm.portal.send("GET", "/api/portal/documents/\(query)", as: firm.client).body == [])
            }
        }
    }

    @Test func `come from clients for what they brought, and are seen at once`() async throws {
        try await withDocumentFirm { firm in
            let mine = await firm.bring("one")
            let next = await firm.version("two", of: mine.id, as: firm.client, side: "portal")
            #expect(next.status == 201 && next.body["version"] == 2, "\(next.text)")
            let file = await firm.portal.send("GET", "/api/portal/documents/\(mine.id)/download/", as: firm.client)
            #expect(file.text == "two")
            let theirs = await firm.upload("letter")
            let refused = await firm.version("mine", of: theirs.id, as: firm.client, side: "portal")
            #expect(refused.status == 409 && refused.code == "NOT_YOUR_DOCUMENT", "\(refused.text)")
            #expect(await firm.version("x", of: mine.id, as: firm.stranger, side: "portal").status == 404)
            #expect(await firm.version("x", of: mine.id, as: firm.outsider).status == 404)
        }
    }

    @Test func `cannot be read by the ids of their files`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("secret draft", [.field("visible_to_client", "false")])
            let audited = await firm.portal.audit.last { $0.action == "document.uploaded" }
            #expect(audited?.subjectID == "\(made.id)")
            let share = await firm.portal.send(
                "POST", "/api/staff/documents/\(made.id)/shares/", [:], as: firm.attorney)
            #expect(share.status == 201, "\(share.text)")
            let file = try #require(await firm.portal.audit.last { $0.action == "file.shared" }?.subjectID)
            for caller in [firm.client, firm.outsider, firm.stranger] {
                let answer = await firm.portal.send("GET", "/_portico/v1/files/\(file)", as: caller)
                #expect(answer.status == 404)
            }
        }
    }
}
