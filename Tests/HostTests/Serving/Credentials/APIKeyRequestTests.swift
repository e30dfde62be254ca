import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `A request with an API key` {
    /// A key of somebody who signed in by phone.
    private func key(_ portal: Portal, _ addresses: [String] = []) async throws -> (text: String, key: APIKey) {
        let browser = try await portal.browser()
        let runtime = try await portal.parts.tenants.open(named: "desk")
        let cookie = try #require(browser.cookie.split(separator: "=").last)
        try await runtime.database.openReader(slot: 0)
        let caller = try runtime.auth.authenticate(cookie: Array(cookie.utf8)[...], slot: 0, now: portal.clock.now)
        let facts = try #require(caller.facts)
        let new = APIKeys.New(
            name: "Robot", scopes: ["read:notes"], addresses: try addresses.map { try #require(AddressRange($0)) })
        let origin = Origin(plugin: "portico", person: facts.person, requestID: "test", now: portal.clock.now)
        let made = try await runtime.database.write(as: .host) {
            try APIKeys.create(new, by: facts, origin, HostWriter($0))
        }
        return (made.text, made.key)
    }

    @Test func `is its owner's, and the audit log names the key`() async throws {
        try await withPortal { portal in
            let (text, key) = try await key(portal)
            let field = "x-api-key: \(text)"
            let me = try await portal.get("/clinic/me", [field])
            #expect(me.status == 200 && me.json["id"] == .string(key.person.rawValue))
            #expect(try await portal.get("/clinic/seen", [field]).status == 200)
            #expect(try await portal.get("/clinic/audits", [field]).status == 403)
            // No browser sends it unasked, so nothing has to show where it comes from.
            let made = try await portal.send(
                "POST", "/clinic/mine", [field, "origin: https://evil.example"], body: #"{"text":"a"}"#)
            #expect(made.status == 201)
            let runtime = try await portal.parts.tenants.open(named: "desk")
            let entry = try await runtime.database.write(as: .host) {
                try HostWriter($0).first(
                    "SELECT * FROM portico_audit WHERE action = 'note.added'", as: AuditRow.self)
            }
            #expect(entry?.details == #"{"apiKey":"\#(key.id)"}"# && entry?.person == key.person)
        }
    }

    @Test func `mistyped, revoked, sent twice or from elsewhere is refused`() async throws {
        try await withPortal { portal in
            let (text, key) = try await key(portal)
            let typo = try await portal.get("/clinic/me", ["x-api-key: \(text.dropLast())"])
            #expect(typo.status == 401 && typo.text.contains("mistyped"))
            let twice = try await portal.get("/clinic/me", ["x-api-key: \(text)", "x-api-key: \(text)"])
            #expect(twice.status == 401)
            #expect(try await portal.get("/clinic/notes", ["x-api-key: wrong"]).status == 200, "where anyone may")
            let (elsewhere, _) = try await self.key(portal, ["192.0.2.0/24"])
            #expect(try await portal.get("/clinic/me", ["x-api-key: \(elsewhere)"]).status == 401)
            let (here, _) = try await self.key(portal, ["127.0.0.0/8"])
            #expect(try await portal.get("/clinic/me", ["x-api-key: \(here)"]).status == 200)
            let runtime = try await portal.parts.tenants.open(named: "desk")
            let origin = Origin(plugin: "portico", requestID: "test", now: portal.clock.now)
            try await runtime.database.write(as: .host) {
                try APIKeys.revoke(key.id, of: key.person, origin, HostWriter($0))
            }
            #expect(try await portal.get("/clinic/me", ["x-api-key: \(text)"]).status == 401)
        }
    }

    @Test func `opens none of the pages about a person's account`() async throws {
        try await withPortal { portal in
            let field = "x-api-key: \(try await key(portal).text)"
            #expect(try await portal.get("/me/sessions", [field]).status == 403)
            let ended = try await portal.form("/me/sessions/end-others", "csrf=x", [field])
            #expect(ended.status == 403)
        }
    }

    @Test func `is counted by the key where a person would be counted`() async throws {
        try await withPortal { portal in
            let (one, two) = (try await key(portal).text, try await key(portal).text)
            let remaining = { (text: String) async throws -> Int? in
                let answer = try await portal.get("/clinic/metered", ["x-api-key: \(text)"])
                return answer.field("x-ratelimit-remaining").flatMap { Int($0) }
            }
            #expect(try await remaining(one) == 2)
            #expect(try await remaining(one) == 1)
            #expect(try await remaining(two) == 2)
        }
    }
}
