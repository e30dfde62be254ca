import PluginAPI
import Testing

@testable import Host
@testable import PluginTestKit

@Suite struct `Links in messages` {
    private static func path(_ url: String) -> String {
        // Behind the host's name.
        let parts = url.split(separator: "/", maxSplits: 2)
        return parts.count == 3 ? "/" + parts[2] : ""
    }

    private static func links(_ portal: Portal) async throws -> MessageLinks {
        let runtime = try await portal.stage.host.runtime(portal.tenant)
        return try #require(runtime.dispatcher.links)
    }

    private static func word(in text: String) -> String {
        text.split(separator: " ").map(String.init).first { $0.hasPrefix("http") } ?? ""
    }

    @Test func `end mails of a kind by one click, without a sign-in`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let link = try await Self.links(portal).unsubscribe(ann, from: [.caseUpdates])
            let path = Self.path(link)
            let page = await portal.send("GET", path, headers: ["Accept": "text/html"])
            #expect(page.status == 200 && page.text.contains("<form method=\"post\">"))
            // Looking at it ends nothing.
            _ = await portal.tell(ann, "one")
            await portal.work()
            #expect(await portal.outbox.email.count == 1)
            let clicked = await portal.send(
                "POST", path, bytes: Array("List-Unsubscribe=One-Click".utf8),
                headers: ["Content-Type": "application/x-www-form-urlencoded"])
            #expect(clicked.status == 200, "\(clicked.text)")
            _ = await portal.tell(ann, "two")
            _ = await portal.tell(ann, "other", Herald.lesson)
            await portal.work()
            #expect(await portal.outbox.email.map(\.words) == ["Hear: one", "Hear: other"])
            let shown = await portal.send("GET", "/_portico/v1/me/notifications/preferences", as: caller)
            #expect(shown.body["unsubscribed"] == ["case_updates"])
        }
    }

    @Test func `are good for nothing else, changed, or at another tenant`() async throws {
        try await withPlugin(Herald.self, tenants: ["test", "other"]) { portal in
            let (ann, _) = try await portal.listener()
            let links = try await Self.links(portal)
            let good = Self.path(links.unsubscribe(ann, from: [.caseUpdates]))
            let token = String(good.dropFirst(MessageLinks.unsubscribePath.count + 1))
            let post = ["Content-Type": "application/x-www-form-urlencoded"]
            #expect(await portal.send("POST", good + "x", bytes: [], headers: post).status == 404)
            #expect(await portal.send("GET", MessageLinks.clickPath + "/" + token).status == 404)
            #expect(await portal.send("GET", MessageLinks.openPath + "/" + token).status == 404)
            #expect(await portal.at("other").send("POST", good, bytes: [], headers: post).status == 404)
            #expect(await portal.send("POST", good, bytes: [], headers: post).status == 200)
        }
    }

    @Test func `lead over the portal where the tenant wants to know, and where the message said`() async throws {
        try await withPlugin(Herald.self, tenant: ["messaging": ["tracking": true]]) { portal in
            let (ann, caller) = try await portal.listener()
            _ = await portal.tell(ann, "read https://example.org/a?b=c, please")
            await portal.work()
            let body = try #require(await portal.outbox.email.first?.words)
            #expect(!body.contains("example.org") && body.hasSuffix(", please"))
            portal.clock.advance(by: .seconds(100))
            let link = Self.path(Self.word(in: body).replacing(",", with: ""))
            let led = await portal.send("GET", link)
            #expect(led.status == 302 && led.headers["location"] == "https://example.org/a?b=c")
            let summary = await portal.send("GET", "/herald/summary", as: caller).body
            #expect(summary["clicked"] == 1 && summary["opened"] == 1 && summary["openSeconds"] == 100)
            #expect(summary["preferred"] == "email")
        }
    }

    @Test func `stay as they are where the tenant does not`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            _ = await portal.tell(ann, "read https://example.org/a")
            await portal.work()
            #expect(await portal.outbox.email.first?.words == "Hear: read https://example.org/a")
            // What was once sent still leads on, and nothing is noted.
            let links = try await Self.links(portal)
            #expect(await portal.send("GET", Self.path(links.opened("dlv_1"))).status == 200)
            let led = await portal.send("GET", Self.path(links.clicked("https://example.org/", "dlv_1")))
            #expect(led.status == 302)
            let script = await portal.send("GET", Self.path(links.clicked("javascript:alert(1)", "dlv_1")))
            #expect(script.status == 404)
            #expect(await portal.send("GET", "/herald/summary", as: caller).body["opened"] == 0)
        }
    }

    @Test func `show what became of each message, and what they come to`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            _ = await portal.tell(ann, "one")
            await portal.work()
            let before = await portal.send("GET", "/herald/summary", as: caller).body
            #expect(before["sent"] == 2 && before["delivered"] == 2 && before["opened"] == 0)
            #expect(before["openRate"] == 0 && before["preferred"] == .null && before["openSeconds"] == .null)
            portal.clock.advance(by: .seconds(60))
            _ = await portal.send("POST", "/_portico/v1/me/notifications/read-all", as: caller)
            _ = await portal.send("POST", "/herald/answer", as: caller)
            let after = await portal.send("GET", "/herald/summary", as: caller).body
            #expect(after["opened"] == 1 && after["answered"] == 2 && after["openSeconds"] == 60)
            #expect(after["statuses"]?.elements.contains("in_app opened one") == true)
            #expect(after["statuses"]?.elements.contains("email delivered one") == true)
        }
    }
}
