import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Consent` {
    private struct People {
        let portal: Portal
        let person: PersonID
        let ana: Caller
        let boss: Caller

        init(_ portal: Portal) async throws {
            self.portal = portal
            person = try await portal.person(email: "ana@example.com", roles: ["customer"])
            ana = .person(person)
            boss = .person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
        }

        /// Publishes a version and gives its number.
        @discardableResult
        func publish(
            _ kind: String, _ text: String = "We keep your data.", isRequired: Bool = false
        ) async -> Int64? {
            let made = await portal.send(
                "POST", "/v1/staff/consents",
                [
                    "kind": .string(kind), "required": .bool(isRequired),
                    "texts": [
                        ["language": "en", "title": "Data", "text": .string(text)],
                        ["language": "de", "title": "Daten", "text": .string("DE: " + text)],
                    ],
                ], as: boss)
            #expect(made.status == 201, "\(made.text)")
            return made.body["data"]?["version"]?.integer
        }

        func give(_ kind: String, _ isGranted: Bool, _ version: Int64? = nil, language: String = "en") async -> Answer {
            var body: JSON.Members = ["granted": .bool(isGranted)]
            if let version { body["version"] = .integer(version) }
            return await portal.send(
                "PUT", "/v1/portal/consents/\(kind)", .object(body), as: ana, headers: ["Accept-Language": language])
        }

        func shown(_ kind: String) async -> JSON {
            let answer = await portal.send("GET", "/v1/portal/consents", as: ana)
            return answer.body["data"]?["consents"]?.elements.first { $0["kind"] == .string(kind) } ?? .null
        }

        func send(draft: Bool = false) async -> Answer {
            await portal.send(
                "POST", "/v1/portal/cases",
                ["specialty": "Cardiology", "question": "Why?", "draft": .bool(draft)], as: ana)
        }
    }

    @Test func `is asked for by nobody until a text is published`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let people = try await People(portal)
            let answer = await portal.send("GET", "/v1/portal/consents", as: people.ana)
            let kinds = answer.body["data"]?["consents"]?.elements.map { $0["kind"]?.string }
            #expect(kinds == ["health_data", "ai_use", "research", "marketing"])
            #expect(await people.shown("health_data")["version"] == .null)
            #expect(await people.shown("health_data")["granted"] == false)
            #expect(await people.give("health_data", true, 1).code == "CONSENT_NOT_PUBLISHED")
            #expect(await people.send().status == 201)
            #expect(portal.faults == [])
        }
    }

    @Test func `is given to the newest text, taken back at any time, and none of it is forgotten`() async throws {
        try await withPlugin(MedicalOpinion.self, tenant: ["languages": ["en", "de"]]) { portal in
            let people = try await People(portal)
            #expect(await people.publish("ai_use") == 1)
            #expect(await people.give("ai_use", true).status == 400)
            #expect(await people.give("ai_use", true, 2).status == 400)
            #expect(await people.give("ai_use", true, 1, language: "de").status == 200)
            var shown = await people.shown("ai_use")
            #expect(shown["granted"] == true && shown["grantedVersion"] == 1 && shown["isNewest"] == true)
            #expect(shown["text"] == "We keep your data.")
            portal.clock.advance(by: .seconds(60))
            #expect(await people.publish("ai_use", "We keep more.") == 2)
            shown = await people.shown("ai_use")
            #expect(shown["granted"] == true && shown["isNewest"] == false && shown["text"] == "We keep more.")
            let old = await people.give("ai_use", true, 1)
            #expect(old.status == 409 && old.code == "CONSENT_OUTDATED")
            #expect(await people.give("ai_use", false, 1).status == 200)
            #expect(await people.shown("ai_use")["granted"] == false)
            #expect(await people.give("ai_use", false).status == 200)
            #expect(await people.give("ai_use", true, 2).status == 200)
            let staffs = await portal.send(
                "GET", "/v1/staff/customers/\(people.person.rawValue)/consents", as: people.boss)
            let history = staffs.body["data"]?["history"]?.elements ?? []
            #expect(history.map { $0["granted"] } == [true, false, true])
            #expect(history.map { $0["version"] } == [2, .null, 1])
            #expect(history.last?["language"] == "de")
            let said = Array("DE: We keep your data.".utf8)
            #expect(history.last?["textSha256"]?.string == (try Oracle.sha256(said)))
            #expect(history.allSatisfy { $0["givenBy"] == .string(people.person.rawValue) })
            let versions = await portal.send("GET", "/v1/staff/consents", as: people.boss)
            #expect(versions.body["data"]?["versions"]?.elements.map { $0["version"] } == [2, 1])
            for (path, caller) in [
                ("consents", people.ana), ("customers/\(people.person.rawValue)/consents", people.ana),
            ] {
                #expect(await portal.send("GET", "/v1/staff/\(path)", as: caller).status == 403)
            }
            #expect(portal.faults == [])
        }
    }

    @Test func `that is required holds up a case until it is given, and names what is missing`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let people = try await People(portal)
            await people.publish("health_data", isRequired: true)
            await people.publish("ai_use", isRequired: true)
            await people.publish("research")
            let refused = await people.send()
            #expect(refused.status == 409 && refused.code == "CONSENT_REQUIRED")
            #expect(refused.text.contains("health_data") && refused.text.contains("ai_use"))
            #expect(!refused.text.contains("research"))
            #expect(refused.body["error"]?["details"]?["missingConsents"] == ["health_data", "ai_use"])
            // Nothing of it was kept, but a draft is.
            let list = await portal.send("GET", "/v1/portal/cases", as: people.ana)
            #expect(list.body["data"]?["cases"] == [])
            let draft = await people.send(draft: true)
            #expect(draft.status == 201)
            let number = draft.body["data"]?["caseNumber"]?.string ?? ""
            #expect(await people.give("health_data", true, 1).status == 200)
            let still = await portal.send("POST", "/v1/portal/cases/\(number)/submit", as: people.ana)
            #expect(still.body["error"]?["details"]?["missingConsents"] == ["ai_use"])
            let page = await portal.send(
                "POST", "/portal/cases/\(number)/submit", form: [.field("confirmed", "yes")], as: people.ana,
                headers: ["Accept": "text/html"])
            #expect(page.status == 409 && page.text.contains("ai_use"))
            #expect(await people.give("ai_use", true, 1).status == 200)
            #expect(await portal.send("POST", "/v1/portal/cases/\(number)/submit", as: people.ana).status == 200)
            // Another text is another question.
            await people.publish("ai_use", "Another text.", isRequired: true)
            #expect(await people.send().status == 409)
            await people.publish("ai_use", "A third.", isRequired: false)
            #expect(await people.send().status == 201)
            #expect(portal.faults == [])
        }
    }

    @Test(arguments: [("research", "shareDataForResearch"), ("marketing", "allowMarketingEmails")])
    func `is one fact with what the profile says`(kind: String, field: String) async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let people = try await People(portal)
            func profile() async -> JSON? {
                let answer = await portal.send("GET", "/v1/portal/profile", as: people.ana)
                return answer.body["data"]?["customer"]?["preferences"]?["privacy"]?[field]
            }
            await people.publish(kind)
            for isGranted in [false, true, false, true] {
                #expect(await people.give(kind, isGranted, 1).status == 200)
                #expect(await profile() == .bool(isGranted))
            }
            // So many requests in a second are more than a customer's.
            portal.clock.advance(by: .seconds(2))
            for isGranted in [false, true] {
                let changed = await portal.send(
                    "PATCH", "/v1/portal/profile",
                    .object(["preferences": .object(["privacy": .object([field: .bool(isGranted)])])]), as: people.ana)
                #expect(changed.status == 200)
                #expect(await people.shown(kind)["granted"] == .bool(isGranted))
            }
            // Nobody showed them the text there.
            #expect(await people.shown(kind)["grantedVersion"] == .null)
            #expect(await people.shown(kind)["isNewest"] == false)
            #expect(portal.faults == [])
        }
    }

    @Test func `is given and taken back on a page`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let people = try await People(portal)
            func page() async -> Answer {
                await portal.send("GET", "/portal/consents", as: people.ana, headers: ["Accept": "text/html"])
            }
            func send(_ answer: String, _ version: Int) async -> Answer {
                await portal.send(
                    "POST", "/portal/consents/ai_use",
                    form: [.field("granted", answer), .field("version", "\(version)")], as: people.ana,
                    headers: ["Accept": "text/html"])
            }
            await people.publish("ai_use", "A program <helps>.", isRequired: true)
            let before = await page()
            #expect(before.status == 200 && before.text.contains("A program &lt;helps&gt;."), "\(before.text)")
            #expect(before.text.contains("You have not consented.") && !before.text.contains("I no longer consent"))
            let given = await send("yes", 1)
            #expect(given.status == 303 && given.headers["location"] == "/portal/consents?done=yes")
            #expect(await page().text.contains("You consent."))
            portal.clock.advance(by: .seconds(2))
            await people.publish("ai_use", "It helps more.", isRequired: true)
            #expect(await page().text.contains("You consented, but not to this text."))
            let old = await send("yes", 1)
            #expect(old.status == 409 && old.text.contains("This text has been replaced."))
            #expect(await send("no", 1).status == 303)
            #expect(await people.shown("ai_use")["granted"] == false)
            let stranger = await portal.send("GET", "/portal/consents", headers: ["Accept": "text/html"])
            #expect(stranger.status == 303)
            #expect(portal.faults == [])
        }
    }

    @Test func `is published by administrators alone, a text once in each language`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let people = try await People(portal)
            let desk = Caller.person(try await portal.person(email: "desk@example.com", roles: ["case_manager"]))
            let text: JSON = ["language": "en", "title": "Data", "text": "We keep your data."]
            let new: JSON = ["kind": "research", "texts": [text]]
            for caller in [people.ana, desk] {
                #expect(await portal.send("POST", "/v1/staff/consents", new, as: caller).status == 403)
            }
            let twice = await portal.send(
                "POST", "/v1/staff/consents", ["kind": "research", "texts": [text, text]], as: people.boss)
            #expect(twice.status == 400 && twice.text.contains("texts[1].language"))
            let none = await portal.send(
                "POST", "/v1/staff/consents", ["kind": "cookies", "texts": []], as: people.boss)
            #expect(none.status == 400)
        }
    }
}
