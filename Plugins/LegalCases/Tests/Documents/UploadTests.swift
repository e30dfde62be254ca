import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Uploading a document` {
    @Test func `answers as seed 003 shows a document`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.portal.send(
                "POST", "/api/portal/documents/",
                form: [
                    .file("file", "agreement.txt", Array("We agree.".utf8), type: "text/plain"),
                    .field("case", "\(firm.matter)"), .field("title", "Contract"),
                    .field("description", "Service agreement"),
                ], as: firm.client)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.body["title"] == "Contract" && made.body["description"] == "Service agreement")
            #expect(made.body["file_type"] == "TXT" && made.body["file_size"] == 9)
            #expect(
                made.body["case"] == ["id": .integer(Int64(firm.matter)), "title": "Contract Dispute"])
            #expect(made.body["download_url"] == .string("/api/portal/documents/\(made.id)/download/"))
            let list = await firm.portal.send("GET", "/api/portal/documents/", as: firm.client)
            #expect(list.body.elements.map { $0["id"]?.integer } == [made.id])
            #expect(list.body[0]?["download_url"] == nil && list.body[0]?["uploaded_at"] != nil)
            let file = await firm.portal.send("GET", "/api/portal/documents/\(made.id)/download/", as: firm.client)
            #expect(file.text == "We agree." && file.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(file.headers["content-disposition"]?.contains("agreement.txt") == true)
            #expect(file.headers["x-content-type-options"] == "nosniff")
            let part = await firm.portal.send(
                "GET", "/api/portal/documents/\(made.id)/download/", as: firm.client, headers: ["Range": "bytes=3-6"])
            #expect(part.status == 206 && part.text == "agre")
            #expect(part.headers["content-range"] == "bytes 3-6/9")
        }
    }

    @Test func `is for one's own cases, and tells nobody of others`() async throws {
        try await withDocumentFirm { firm in
            let foreign = await firm.upload("x", as: firm.stranger, at: "/api/portal/documents/")
            let missing = await firm.upload("x", to: 999, as: firm.stranger, at: "/api/portal/documents/")
            #expect(foreign.status == 404 && missing.status == 404)
            #expect(foreign.body["error"]?["message"] == missing.body["error"]?["message"])
            #expect(foreign.body["error"]?["details"]?["case"] != nil, "\(foreign.text)")
            #expect(await firm.upload("x", as: firm.outsider).status == 404)
            #expect(await firm.upload("x", as: firm.client).status == 403)
            let mine = await firm.bring("mine")
            for path in ["", "download/"] {
                let answer = await firm.portal.send(
                    "GET", "/api/portal/documents/\(mine.id)/\(path)", as: firm.stranger)
                #expect(answer.status == 404)
                let out = await firm.portal.send("GET", "/api/staff/documents/\(mine.id)/\(path)", as: firm.outsider)
                #expect(out.status == 404)
            }
            for (path, caller) in [
                ("/api/portal/documents/", firm.stranger), ("/api/staff/documents/", firm.outsider),
                ("/api/portal/documents/?search=mine", firm.stranger),
                ("/api/staff/documents/?search=mine", firm.outsider),
            ] { #expect(await firm.portal.send("GET", path, as: caller).body == [], "\(path)") }
        }
    }

    @Test func `names every mistake, and leaves nothing of a refused file`() async throws {
        try await withDocumentFirm(tenant: ["files": ["maxBytes": 100]]) { firm in
            let empty = await firm.upload("")
            #expect(empty.status == 400 && empty.body["error"]?["details"]?["file"] != nil, "\(empty.text)")
            let large = await firm.upload(String(repeating: "x", count: 101))
            #expect(large.status == 413, "\(large.text)")
            let none = await firm.portal.send(
                "POST", "/api/staff/documents/", form: [.field("case", "\(firm.matter)"), .field("folder", "a//b")],
                as: firm.attorney)
            #expect(none.status == 400 && none.code == "INVALID_REQUEST")
            #expect(none.body["error"]?["details"]?["file"] != nil && none.body["error"]?["details"]?["folder"] != nil)
            #expect(await firm.upload("fine", to: 999).status == 404)
            let export = await firm.portal.send("GET", "/api/staff/documents/", as: firm.attorney)
            #expect(export.body == [])
        }
    }

    @Test func `happens once under one Idempotency-Key`() async throws {
        try await withDocumentFirm { firm in
            let key = ["Idempotency-Key": "once"]
            let first = await firm.bring("text", headers: key)
            let again = await firm.bring("text", headers: key)
            #expect(first.status == 201 && again.status == 201 && first.id == again.id, "\(again.text)")
            #expect(await firm.bring("text", title: "Other", headers: key).status == 422)
            #expect(await firm.bring("other", headers: key).status == 422)
            let list = await firm.portal.send("GET", "/api/portal/documents/", as: firm.client)
            #expect(list.body.elements.count == 1)
            let file = await firm.portal.send("GET", "/api/portal/documents/\(first.id)/download/", as: firm.client)
            #expect(file.text == "text")
            #expect(await firm.titles(firm.attorney).count == 1)
        }
    }

    @Test func `tells the other side of what it can see`() async throws {
        try await withDocumentFirm { firm in
            await firm.upload("draft", title: "Draft", [.field("visible_to_client", "false")])
            #expect(await firm.titles(firm.client) == [])
            await firm.upload("letter", title: "Letter")
            #expect(await firm.titles(firm.client) == ["New document uploaded"])
            await firm.bring("receipt")
            #expect(await firm.titles(firm.attorney) == ["New document uploaded"])
            #expect(await firm.titles(firm.outsider) == [])
            let events = await firm.portal.events.filter { $0.name == "legal-cases.document-uploaded" }
            #expect(events.map { $0.payload["visible_to_client"] } == [false, true, true])
            let people = events.map { ($0.audience["people"]?.elements ?? []).compactMap(\.string) }
            #expect(people.map { $0.contains(firm.clientID.rawValue) } == [false, true, true])
            #expect(people.allSatisfy { $0.contains(firm.attorneyID.rawValue) })
        }
    }
}

@Suite struct `Lists of documents` {
    @Test func `come in pages that link to the next`() async throws {
        try await withDocumentFirm { firm in
            for number in 1...5 { await firm.upload("text \(number)", title: "Letter \(number)") }
            let first = await firm.portal.send("GET", "/api/portal/documents/?page_size=2", as: firm.client)
            #expect(first.body.elements.map { $0["title"]?.string } == ["Letter 5", "Letter 4"])
            #expect(first.headers["link"]?.contains("page=2") == true)
            let last = await firm.portal.send("GET", "/api/portal/documents/?page_size=2&page=3", as: firm.client)
            #expect(last.body.elements.map { $0["title"]?.string } == ["Letter 1"] && last.headers["link"] == nil)
            let even = await firm.portal.send("GET", "/api/staff/documents/?page_size=5", as: firm.attorney)
            #expect(even.body.elements.count == 5 && even.headers["link"] == nil)
        }
    }

    @Test func `keep to a case, and to a folder with what is in it`() async throws {
        try await withDocumentFirm { firm in
            for folder in ["Pleadings", "Pleadings/Drafts", "Pleadings2", "Pleadings-old", ""] {
                await firm.upload("text", title: "In '\(folder)'", [.field("folder", folder)])
            }
            let list = await firm.portal.send(
                "GET", "/api/staff/documents/?case=\(firm.matter)&folder=Pleadings", as: firm.attorney)
            #expect(
                list.body.elements.map { $0["folder"]?.string } == ["Pleadings/Drafts", "Pleadings"], "\(list.text)")
            let folders = await firm.portal.send("GET", "/api/staff/cases/\(firm.matter)/folders/", as: firm.attorney)
            #expect(folders.body.elements.count == 5)
            #expect(
                await firm.portal.send("GET", "/api/staff/cases/\(firm.matter)/folders/", as: firm.outsider).status
                    == 404)
            let none = await firm.portal.send("GET", "/api/staff/documents/?case=999", as: firm.attorney)
            #expect(none.body == [])
        }
    }
}

@Suite struct `Documents of a case that gets its client later` {
    @Test func `go with the client from then on`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.portal.send("POST", "/api/staff/cases/", ["title": "Intake"], as: firm.attorney)
            #expect(made.status == 201, "\(made.text)")
            let document = await firm.upload("letter", title: "Early letter", to: Int(made.id))
            #expect(document.status == 201, "\(document.text)")
            #expect(await firm.portal.send("GET", "/api/portal/documents/", as: firm.client).body == [])
            let given = await firm.portal.send(
                "PATCH", "/api/staff/cases/\(made.id)/", ["client": .integer(Int64(firm.record))], as: firm.attorney)
            #expect(given.status == 200, "\(given.text)")
            let list = await firm.portal.send("GET", "/api/portal/documents/", as: firm.client)
            #expect(list.body.elements.map { $0["id"]?.integer } == [document.id])
            await firm.portal.send(
                "POST", "/_portico/v1/erasures", ["userId": .string(firm.clientID.rawValue)], as: firm.admin)
            #expect(
                await firm.portal.send("GET", "/api/staff/documents/\(document.id)/", as: firm.attorney).status == 404)
        }
    }
}
