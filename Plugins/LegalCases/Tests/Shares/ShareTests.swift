import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A link to a document` {
    private func share(_ firm: DocumentFirm, _ document: Int64, _ body: JSON = [:]) async throws -> (
        id: String, path: String
    ) {
        let made = await firm.portal.send("POST", "/api/staff/documents/\(document)/shares/", body, as: firm.attorney)
        #expect(made.status == 201, "\(made.text)")
        let url = try #require(made.body["url"]?.string)
        return (
            try #require(made.body["id"]?.string),
            "/" + String(try #require(url.split(separator: "/", maxSplits: 2).last))
        )
    }

    private func states(_ firm: DocumentFirm, _ document: Int64) async -> [String?] {
        let list = await firm.portal.send("GET", "/api/staff/documents/\(document)/shares/", as: firm.attorney)
        return list.body.elements.map { $0["state"]?.string }
    }

    @Test func `gives the version it was made for, to anybody, and is kept in the log`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("one")
            let (id, path) = try await share(firm, made.id, ["recipient": "The court"])
            await firm.version("two", of: made.id)
            #expect(await firm.portal.send("GET", path).text == "one")
            let read = await firm.portal.audit.filter { $0.action == "file.read-by-link" }
            #expect(read.count == 1 && read.first?.details["link"] == .string(id))
            let list = await firm.portal.send("GET", "/api/staff/documents/\(made.id)/shares/", as: firm.attorney)
            #expect(list.body[0]?["recipient"] == "The court" && list.body[0]?["downloads"] == 1, "\(list.text)")
            #expect(list.body[0]?["created_by"]?["name"] == "Jane Smith" && list.body[0]?["version"] == 1)
            let older = try await share(firm, made.id, ["version": 1])
            let newer = try await share(firm, made.id)
            #expect(await firm.portal.send("GET", older.path).text == "one")
            #expect(await firm.portal.send("GET", newer.path).text == "two")
            let none = await firm.portal.send(
                "POST", "/api/staff/documents/\(made.id)/shares/", ["version": 3], as: firm.attorney)
            #expect(none.status == 400 && none.body["error"]?["details"]?["version"] != nil, "\(none.text)")
        }
    }

    @Test func `ends when it is revoked, used up or its time is over`() async throws {
        try await withDocumentFirm { firm in
            let made = await firm.upload("one")
            let revoked = try await share(firm, made.id)
            let (base, client) = ("/api/staff/documents/\(made.id)/shares/", firm.client)
            #expect(await firm.portal.send("DELETE", base + revoked.id + "/", as: firm.outsider).status == 404)
            #expect(await firm.portal.send("DELETE", base + revoked.id + "/", as: client).status == 403)
            #expect(await firm.portal.send("DELETE", base + revoked.id + "/", as: firm.attorney).status == 204)
            #expect(await firm.portal.send("DELETE", base + revoked.id + "/", as: firm.attorney).status == 204)
            #expect(await firm.portal.send("GET", revoked.path).status == 404)
            firm.portal.clock.advance(by: .seconds(1))
            let once = try await share(firm, made.id, ["max_downloads": 1])
            #expect(await firm.portal.send("GET", once.path).text == "one")
            #expect(await firm.portal.send("GET", once.path).status == 404)
            firm.portal.clock.advance(by: .seconds(1))
            let short = try await share(firm, made.id, ["expires_in": 60])
            #expect(await states(firm, made.id) == ["active", "exhausted", "revoked"])
            firm.portal.clock.advance(by: .seconds(61))
            #expect(await firm.portal.send("GET", short.path).status == 404)
            #expect(await states(firm, made.id) == ["expired", "exhausted", "revoked"])
            let last = try await share(firm, made.id)
            #expect(
                await firm.portal.send("DELETE", "/api/staff/documents/\(made.id)/", as: firm.attorney).status == 204)
            #expect(await firm.portal.send("GET", last.path).status == 404)
        }
    }
}
