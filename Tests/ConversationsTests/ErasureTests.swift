import Database
import PluginAPI
import Testing

@testable import Host
@testable import PluginTestKit

@Suite struct `What is kept of a person` {
    @Test func `is theirs to have, as one document`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            await portal.send("POST", "/v1/portal/cases", ["id": "C-1", "branch": "north"], as: ola.caller)
            let file = await portal.uploaded(as: ola.caller)
            let asked = await portal.ask("My words", as: ola.caller, ["attachments": [.string(file)]])
            let path = "\(Praxis.staff)/\(asked.data["threadId"]?.string ?? "")"
            await portal.send("POST", "\(path)/notes", ["text": "SECRET"], as: sue.caller)
            await portal.send("POST", "\(path)/messages", ["text": "Our answer"], as: sue.caller)
            await portal.work()
            #expect(await portal.send("GET", "/_portico/v1/me/export", as: ola.caller).status == 404)
            let begun = await portal.send("POST", "/_portico/v1/me/export", as: ola.caller)
            #expect(begun.status == 202 && begun.body["state"] == "waiting", "\(begun.text)")
            let again = await portal.send("POST", "/_portico/v1/me/export", as: ola.caller)
            #expect(again.body["id"] == begun.body["id"])
            await portal.work()
            let done = await portal.send("GET", "/_portico/v1/me/export", as: ola.caller)
            #expect(done.body["state"] == "done", "\(done.text)")
            let url = try #require(done.body["downloadUrl"]?.string)
            let document = await portal.send("GET", url, as: ola.caller)
            #expect(document.status == 200 && document.headers["content-type"] == "application/json")
            let body = document.body
            #expect(body["person"]?.string == ola.id.rawValue)
            #expect(body["portal"]?["account"]?[0]?["given_name"] == "Ola")
            #expect(body["portal"]?["identifiers"]?[0]?["value"] == "ola@example.com")
            #expect(body["portal"]?["roles"]?[0]?["role"] == "customer")
            #expect(body["portal"]?["files"]?[0]?["file_id"]?.string == file)
            #expect(body["portal"]?["deliveries"]?.text.contains("Sue Nordmann") == true, "\(body.text)")
            #expect(body["plugins"]?["praxis.praxis_case"] == [["id": "C-1", "branch": "north"]])
            let diary = body["plugins"]?["praxis.praxis_diary"]?[0]
            #expect(diary?["entry"] == "Opened C-1" && diary?["written_at"]?.string == "\(portal.clock.now)")
            let messages = body["conversations"]?[0]?["messages"]?.elements ?? []
            #expect(messages.compactMap { $0["text"]?.string } == ["My words", "Our answer"])
            #expect(messages.first?["attachments"]?[0]?.string?.hasSuffix(file) == true)
            #expect(!document.text.contains("SECRET") && !document.text.contains("sue@example.com"))
            // It is nobody else's.
            #expect(await portal.send("GET", url, as: kari.caller).status == 404)
            #expect(await portal.send("GET", url).status == 401)
            // What staff have written is in theirs, and nobody else's words.
            await portal.send("POST", "/_portico/v1/me/export", as: sue.caller)
            await portal.work()
            let hers = await portal.send("GET", "/_portico/v1/me/export", as: sue.caller)
            let own = await portal.send("GET", hers.body["downloadUrl"]?.string ?? "", as: sue.caller)
            #expect(own.text.contains("SECRET") && own.text.contains("Our answer"), "\(own.text)")
            #expect(!own.text.contains("My words"))
        }
    }

    @Test func `is gone when they are erased, but for what others need`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            let ada = try await portal.somebody("admin", "Ada")
            await portal.send("POST", "/v1/portal/cases", ["id": "C-1", "branch": "north"], as: ola.caller)
            let sent = await portal.uploaded(as: ola.caller)
            _ = await portal.uploaded(as: ola.caller)
            let asked = await portal.ask("My words", as: ola.caller, ["attachments": [.string(sent)]])
            let path = "\(Praxis.staff)/\(asked.data["threadId"]?.string ?? "")"
            await portal.send("POST", "\(path)/messages", ["text": "Our answer"], as: sue.caller)
            // A conversation of somebody else, in which she takes part.
            let other = await portal.ask("Kari's words", as: kari.caller)
            let others = "\(Praxis.staff)/\(other.data["threadId"]?.string ?? "")"
            await portal.send(
                "POST", "\(others)/participants", ["person": .string(ola.id.rawValue), "side": "customer"],
                as: sue.caller)
            await portal.send(
                "POST", Praxis.messages,
                ["threadId": .string(other.data["threadId"]?.string ?? ""), "message": "Ola's part"],
                as: ola.caller, headers: ["Idempotency-Key": "k"])
            await portal.send(
                "PATCH", "/_portico/v1/me/notifications/preferences", ["frequency": "daily"], as: ola.caller)
            await portal.send("POST", "/_portico/v1/me/export", as: ola.caller)
            await portal.work()

            let body: JSON = ["userId": .string(ola.id.rawValue)]
            #expect(await portal.send("POST", "/_portico/v1/erasures", body, as: sue.caller).status == 403)
            let done = await portal.send("POST", "/_portico/v1/erasures", body, as: ada.caller)
            #expect(done.status == 201, "\(done.text)")
            #expect(done.body["changed"]?["praxis.praxis_case"] == 1)
            #expect(done.body["changed"]?["account"]?.integer ?? 0 >= 1)
            #expect(await portal.send("POST", "/_portico/v1/erasures", body, as: ada.caller).status == 404)
            let list = await portal.send("GET", "/_portico/v1/erasures", as: ada.caller)
            #expect(list.body["data"]?[0]?["userId"]?.string == ola.id.rawValue)
            await portal.work()

            #expect(await portal.send("GET", Praxis.messages, as: ola.caller).status == 401)
            #expect(await portal.send("GET", path, as: sue.caller).status == 404)
            let kept = await portal.send("GET", "\(others)/messages", as: sue.caller)
            #expect(kept.body["data"]?.elements.map { $0["text"] } == ["Ola's part", "Kari's words"], "\(kept.text)")
            #expect(kept.body["data"]?[0]?["sender"] == .null)
            let seen = await portal.send("GET", Praxis.messages, as: kari.caller)
            #expect(seen.status == 200 && seen.data["messages"]?[0]?["from"]?["id"] == .null, "\(seen.text)")
            #expect(try await Self.mentions(of: ola.id, portal) == [])
            #expect(await portal.outbox.messages.allSatisfy { $0.to != "ola@example.com" })
            let entry = try #require(await portal.audit.last { $0.action == "person.erased" })
            #expect(entry.person == ada.id && entry.subjectID == ola.id.rawValue)
        }
    }

    @Test func `is not erased by just anybody, nor the last who runs the portal`() async throws {
        try await withPlugin(Praxis.self, tenants: ["test", "other"]) { portal in
            let ada = try await portal.somebody("admin", "Ada")
            let path = "/_portico/v1/erasures"
            let own = await portal.send("POST", path, ["userId": .string(ada.id.rawValue)], as: ada.caller)
            #expect(own.status == 409 && own.code == "NOT_ONESELF")
            #expect(await portal.send("POST", path, ["userId": "usr_none"], as: ada.caller).status == 404)
            let elsewhere = try await portal.at("other").somebody("customer")
            let foreign = await portal.send("POST", path, ["userId": .string(elsewhere.id.rawValue)], as: ada.caller)
            #expect(foreign.status == 404)
            let wrong = await portal.send("POST", path, [:], as: ada.caller)
            #expect(wrong.status == 400 && wrong.body["errors"]?[0]?["field"] == "userId")
            #expect(await portal.send("POST", path, ["userId": "usr_none"]).status == 401)
        }
    }

    /// Where a person is still named, but for the audit log and the proof of the erasure.
    private static func mentions(of person: PersonID, _ portal: Portal) async throws -> [String] {
        let columns: [(String, String)] = [
            ("portico_person", "id"), ("portico_identifier", "person_id"), ("portico_person_role", "person_id"),
            ("portico_session", "person_id"), ("portico_preferences", "person_id"), ("portico_device", "person_id"),
            ("portico_delivery", "person_id"), ("portico_outbox", "person_id"), ("portico_long_job", "person_id"),
            ("portico_file", "uploader"), ("portico_file_version", "uploader"), ("portico_file_usage", "person"),
            ("portico_thread", "customer"), ("portico_thread", "assignee"), ("portico_thread_message", "sender"),
            ("portico_thread_message", "author"), ("portico_thread_participant", "person"),
            ("portico_thread_receipt", "person"), ("portico_api_key", "person_id"), ("portico_acting", "other_id"),
            ("portico_password", "person_id"), ("portico_known_device", "person_id"),
        ]
        let runtime = try await portal.stage.host.runtime("test")
        let position = try #require(runtime.plugin("praxis")?.position)
        let owner = runtime.owners[position]
        return try await runtime.database.write(as: .host) { session in
            var found: [String] = []
            for (table, column) in columns {
                let sql = SQL(stringLiteral: "SELECT COUNT(*) FROM \(table) WHERE \(column) =") + "\(person)"
                if try session.value(sql, as: Int.self, owner: .host) != 0 { found.append("\(table).\(column)") }
            }
            let callers: SQL = "SELECT COUNT(*) FROM portico_idempotency WHERE instr(caller, \(person.rawValue)) > 0"
            if try session.value(callers, as: Int.self, owner: .host) != 0 { found.append("portico_idempotency") }
            for (table, column) in [("praxis_case", "owner"), ("praxis_diary", "person")] {
                let sql = SQL(stringLiteral: "SELECT COUNT(*) FROM \(table) WHERE \(column) =") + "\(person)"
                if try session.value(sql, as: Int.self, owner: owner) != 0 { found.append("\(table).\(column)") }
            }
            // Made anonymous, the case is still there.
            if try session.value("SELECT COUNT(*) FROM praxis_case WHERE branch IS NULL", as: Int.self, owner: owner)
                != 1
            {
                found.append("the case is gone")
            }
            return found
        }
    }
}
