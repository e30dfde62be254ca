import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A case` {
    @Test func `is shown to its client as seed 003 shows it`() async throws {
        try await withDocumentFirm { firm in
            await firm.upload("text", title: "Agreement")
            await firm.upload("draft", title: "Draft", [.field("visible_to_client", "false")])
            await firm.portal.send(
                "POST", "/api/staff/tasks/",
                ["case": .integer(Int64(firm.matter)), "title": "Review Contract", "due_date": "2030-01-30"],
                as: firm.attorney)
            let list = await firm.portal.send("GET", "/api/portal/cases/", as: firm.client)
            #expect(list.body.elements.count == 1)
            let listed = try #require(list.body.elements.first)
            for name in ["id", "title", "case_number", "status", "open_date", "description", "case_type"] {
                #expect(listed[name] != nil, "\(name)")
            }
            let shown = await firm.portal.send("GET", "/api/portal/cases/\(firm.matter)/", as: firm.client)
            #expect(shown.status == 200 && shown.body["title"] == "Contract Dispute")
            #expect(shown.body["status"] == "PENDING" && shown.body["detailed_status"] == "intake")
            let documents = shown.body["documents"]?.elements.compactMap { $0["title"]?.string }
            #expect(documents == ["Agreement"])
            #expect(shown.body["documents"]?[0]?["file_type"] == "TXT")
            #expect(
                shown.body["tasks"]
                    == [["id": 1, "title": "Review Contract", "status": "PENDING", "due_date": "2030-01-30"]])
            let without = await firm.portal.send("GET", "/api/portal/cases/\(firm.matter)", as: firm.client)
            #expect(without.body == shown.body, "a missing slash is served too")
            #expect(await firm.portal.send("GET", "/api/portal/cases/", as: firm.stranger).body == [])
            #expect(await firm.portal.send("GET", "/api/portal/cases/\(firm.matter)/", as: firm.stranger).status == 404)
        }
    }

    @Test func `is numbered by its kind and year`() async throws {
        try await withDocumentFirm { firm in
            func open(_ type: String, _ day: String) async -> JSON? {
                let made = await firm.portal.send(
                    "POST", "/api/staff/cases/",
                    ["title": "A case", "case_type": .string(type), "open_date": .string(day)], as: firm.attorney)
                return made.body["case_number"]
            }
            #expect(await open("CIVIL", "2023-05-01") == "CD-2023-001")
            #expect(await open("CIVIL", "2023-12-31") == "CD-2023-002")
            #expect(await open("CIVIL", "2024-01-01") == "CD-2024-001")
            #expect(await open("INTELLECTUAL_PROPERTY", "2023-06-01") == "TR-2023-001")
            let unknown = await firm.portal.send(
                "POST", "/api/staff/cases/", ["title": "A case", "case_type": "PIRACY"], as: firm.attorney)
            #expect(unknown.status == 400 && unknown.body["error"]?["details"]?["case_type"] != nil, "\(unknown.text)")
        }
    }

    @Test func `moves on by the table, and says what can be done instead`() async throws {
        try await withDocumentFirm { firm in
            func move(_ word: String, _ body: JSON = [:]) async -> Answer {
                await firm.portal.send("POST", "/api/staff/cases/\(firm.matter)/\(word)/", body, as: firm.attorney)
            }
            for word in ["engage", "open", "pause", "reopen", "archive"] {
                let refused = await move(word)
                #expect(refused.status == 409, "\(word): \(refused.text)")
                #expect(refused.code == "CASE_STATE")
                #expect(refused.body["error"]?["details"]?["moves"] == ["check-conflicts", "close"], "\(refused.text)")
            }
            for (word, state, status) in [
                ("check-conflicts", "conflict_check", "PENDING"), ("engage", "engaged", "OPEN"),
                ("open", "open", "OPEN"), ("pause", "on_hold", "ON_HOLD"), ("open", "open", "OPEN"),
                ("close", "closed", "CLOSED"), ("reopen", "open", "OPEN"), ("close", "closed", "CLOSED"),
                ("archive", "archived", "ARCHIVED"),
            ] {
                let moved = await move(word, ["reason": "As agreed"])
                #expect(moved.status == 200, "\(word): \(moved.text)")
                #expect(moved.body["detailed_status"] == .string(state) && moved.body["status"] == .string(status))
            }
            let moves = await firm.portal.send("GET", "/api/staff/cases/\(firm.matter)/", as: firm.attorney)
            #expect(moves.body["moves"] == [] && moves.body["closed_because"] == "As agreed")
            #expect(await firm.upload("late").status == 409)
            let told = await firm.told(firm.client)
            #expect(told.contains { $0.hasPrefix("Your case ") }, "\(told)")
            let changes = await firm.portal.events.filter { $0.name == "legal-cases.case-updated" }
            let words = changes.compactMap { $0.payload["case"]?["change"]?.string }
            #expect(words.contains("archive"))
        }
    }

    @Test func `sets the tasks of a stage once`() async throws {
        let kinds: JSON = [
            [
                "code": "CIVIL", "name": "Civil", "prefix": "CD",
                "stages": [
                    ["name": "Pleadings", "tasks": [["title": "Send us the contract", "dueInDays": 7]]],
                    ["name": "Trial", "tasks": [["title": "Prepare the witness", "side": "staff"]]],
                ],
            ]
        ]
        try await withDocumentFirm(settings: ["caseTypes": kinds]) { firm in
            func tasks(_ side: String, _ caller: Caller) async -> [String?] {
                await firm.portal.send("GET", "/api/\(side)/tasks/", as: caller).body.elements.map {
                    $0["title"]?.string
                }
            }
            for word in ["check-conflicts", "engage", "open"] {
                let moved = await firm.portal.send(
                    "POST", "/api/staff/cases/\(firm.matter)/\(word)/", [:], as: firm.attorney)
                #expect(moved.status == 200, "\(moved.text)")
            }
            #expect(await tasks("portal", firm.client) == ["Send us the contract"])
            for stage in ["Trial", "Pleadings", "Trial"] {
                let entered = await firm.portal.send(
                    "PUT", "/api/staff/cases/\(firm.matter)/stage/", ["stage": .string(stage)], as: firm.attorney)
                #expect(entered.status == 200 && entered.body["stage"] == .string(stage), "\(entered.text)")
            }
            #expect(await tasks("portal", firm.client) == ["Send us the contract"])
            #expect(Set(await tasks("staff", firm.attorney)) == ["Send us the contract", "Prepare the witness"])
            let wrong = await firm.portal.send(
                "PUT", "/api/staff/cases/\(firm.matter)/stage/", ["stage": "Appeal"], as: firm.attorney)
            #expect(wrong.status == 400 && wrong.body["error"]?["details"]?["stage"] != nil)
        }
    }

    @Test func `keeps the team's notes from its client`() async throws {
        try await withDocumentFirm { firm in
            let path = "/api/staff/cases/\(firm.matter)/notes/"
            let made = await firm.portal.send("POST", path, ["text": "They would settle."], as: firm.attorney)
            #expect(made.status == 201 && made.body["author"]?["name"] == "Jane Smith", "\(made.text)")
            #expect(await firm.portal.send("GET", path, as: firm.attorney).body.elements.count == 1)
            #expect(await firm.portal.send("GET", path, as: firm.client).status == 403)
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 404)
        }
    }

    @Test func `is found by its team alone, as it is at that moment`() async throws {
        try await withDocumentFirm { firm in
            let path = "/api/staff/cases/\(firm.matter)/"
            let outsider = firm.outsiderID.rawValue
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 404)
            let put = await firm.portal.send(
                "PUT", path + "team/\(outsider)/", ["is_lead": true], as: firm.attorney)
            #expect(put.status == 200, "\(put.text)")
            #expect(put.body["team"]?[0]?["person_id"] == .string(outsider) && put.body["team"]?[0]?["is_lead"] == true)
            #expect(await firm.portal.send("GET", path, as: firm.outsider).status == 200)
            let off = await firm.portal.send("DELETE", path + "team/\(firm.attorneyID.rawValue)/", as: firm.outsider)
            #expect(off.status == 204, "\(off.text)")
            #expect(await firm.portal.send("GET", path, as: firm.attorney).status == 404)
            #expect(await firm.portal.send("GET", "/api/staff/cases/", as: firm.attorney).body == [])
            let client = await firm.portal.send(
                "PUT", path + "team/\(firm.clientID.rawValue)/", [:], as: firm.admin)
            #expect(client.status == 400, "a client is nobody of the team: \(client.text)")
        }
    }
}
