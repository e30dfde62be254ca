import PluginAPI
import PluginTestKit
import Testing

@Suite struct `A forgotten password` {
    private func ask(_ members: Members, _ name: String) async throws -> Answer {
        let browser = Browser(members.portal)
        return try await browser.send(await browser.open("/forgot-password"), to: "/forgot-password", [("name", name)])
    }

    @Test func `is asked for with the same answer for everybody`() async throws {
        try await Members.with { members in
            let known = try await ask(members, "jane.d")
            let unknown = try await ask(members, "nobody@club.example")
            #expect(known.status == 200 && known.text == unknown.text)
            await members.portal.work()
            #expect(await members.portal.outbox.email.map(\.to) == ["jane@club.example"])
            #expect(try await ask(members, "  ").status == 400)
        }
    }

    @Test func `is set anew by the link, once, and by nothing that only opens it`() async throws {
        try await Members.with { members in
            let before = Browser(members.portal)
            _ = try await before.signIn("jane.d")
            _ = try await ask(members, "jane@club.example")
            let link = try await members.link(to: "jane@club.example")
            #expect(link.hasPrefix("/reset-password?token="))
            // A program that reads the mail opens the link, with and without cookies.
            for _ in 0..<3 {
                let opened = await Browser(members.portal).open(link)
                #expect(opened.status == 200)
                #expect(opened.headers["referrer-policy"] == "strict-origin")
                #expect(opened.headers["cache-control"] == "no-store")
            }
            let browser = Browser(members.portal)
            let page = await browser.open(link)
            func send(_ password: String, _ again: String? = nil) async throws -> Answer {
                try await browser.send(
                    page, to: "/reset-password", [("password", password), ("again", again ?? password)])
            }
            let weak = try await send("jane@club.example")
            #expect(weak.status == 400 && weak.text.contains("account&#39;s own name"))
            #expect(try await send(Members.another, "other").status == 400)
            let done = try await send(Members.another)
            #expect(done.headers["location"] == "/sign-in?notice=password-set")
            #expect(try await browser.follow(done).text.contains("Your password is set."))
            #expect(try await send(Members.another).status == 401, "spent")
            #expect(await before.open("/me/sessions").status == 303, "sessions end")
            #expect(try await Browser(members.portal).signIn("jane.d").status == 401)
            #expect(try await Browser(members.portal).signIn("jane.d", Members.another).status == 303)
        }
    }

    @Test func `is not set by a link that is old, foreign or made up`() async throws {
        try await Members.with { members in
            _ = try await ask(members, "jane.d")
            let link = try await members.link(to: "jane@club.example")
            let browser = Browser(members.portal)
            let page = await browser.open(link)
            let fields = [("password", Members.another), ("again", Members.another)]
            #expect(
                try await browser.send(page, to: "/reset-password", fields, ["Origin": "https://evil.example"]).status
                    == 403)
            let invented = await browser.open("/reset-password?token=AAAA")
            #expect(invented.status == 200)
            #expect(try await browser.send(invented, to: "/reset-password", fields).status == 401)
            #expect(await browser.open("/reset-password").status == 401)
            // A link of another purpose.
            let invite = await browser.open(link.replacing("/reset-password", with: "/accept-invitation"))
            #expect(try await browser.send(invite, to: "/accept-invitation", fields).status == 401)
            members.portal.clock.advance(by: .seconds(30 * 60 + 1))
            let old = try await browser.send(page, to: "/reset-password", fields)
            #expect(old.status == 401 && old.text.contains("This link is not good any more."))
        }
    }

    @Test func `is told in the reader's language`() async throws {
        try await Members.with(tenant: ["languages": ["en", "de"]]) { members in
            _ = try await ask(members, "jane.d")
            let browser = Browser(members.portal)
            browser.language = "de"
            let page = await browser.open(try await members.link(to: "jane@club.example"))
            let weak = try await browser.send(page, to: "/reset-password", [("password", "kurz"), ("again", "kurz")])
            #expect(weak.status == 400 && weak.text.contains("Dieses Passwort genügt nicht."))
            #expect(!weak.text.contains("must have"))
        }
    }
}

@Suite struct `An e-mail address` {
    @Test func `is confirmed by the form behind the link`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            _ = try await browser.signIn("jane.d")
            let changed = await members.portal.send(
                "PATCH", "/_portico/v1/users/\(members.jane.rawValue)", ["email": "new@club.example"],
                as: .person(members.sam))
            #expect(changed.status == 200)
            let page = await browser.open("/me/security")
            #expect(page.text.contains("new@club.example, not confirmed yet."))
            let asked = try await browser.send(page, to: "/me/security/email")
            #expect(asked.headers["location"] == "/me/security?notice=confirmation-sent")
            let link = try await members.link(to: "new@club.example")
            let opened = await browser.open(link)
            #expect(await browser.open("/me/security").text.contains("not confirmed yet."))
            let done = try await browser.send(opened, to: "/verify-email")
            #expect(done.headers["location"] == "/me/security?notice=email-confirmed")
            #expect(try await browser.follow(done).text.contains("new@club.example, confirmed."))
            let stranger = Browser(members.portal)
            #expect(try await stranger.send(await stranger.open(link), to: "/verify-email").status == 401)
        }
    }
}

@Suite struct `An invitation` {
    private static let users = "/_portico/v1/users"

    private func invite(_ members: Members) async throws -> String {
        let made = await members.portal.send(
            "POST", Self.users,
            [
                "email": "eva@club.example", "givenName": "Eva", "invite": true,
                "roles": [["plugin": "club", "name": "member"]],
            ], as: .person(members.sam))
        #expect(made.status == 201, "\(made.text)")
        return try #require(made.body["id"]?.string)
    }

    private func accept(_ members: Members, _ link: String) async throws -> Answer {
        let browser = Browser(members.portal)
        return try await browser.send(
            await browser.open(link), to: "/accept-invitation",
            [("password", Members.another), ("again", Members.another)])
    }

    @Test func `lets somebody choose the first password, once`() async throws {
        try await Members.with { members in
            _ = try await invite(members)
            let link = try await members.link(to: "eva@club.example")
            #expect(link.hasPrefix("/accept-invitation?token="))
            #expect(await Browser(members.portal).open(link).headers["referrer-policy"] == "strict-origin")
            let done = try await accept(members, link)
            #expect(done.headers["location"] == "/sign-in?notice=password-set")
            #expect(try await accept(members, link).status == 401)
            let browser = Browser(members.portal)
            #expect(try await browser.signIn("eva@club.example", Members.another).status == 303)
            #expect(await browser.open("/me/security").text.contains("eva@club.example, confirmed."))
            let actions = await members.portal.audit.map(\.action)
            #expect(actions.contains("person.invited") && actions.contains("invitation.accepted"))
        }
    }

    @Test func `is replaced by the next, and ends after a week`() async throws {
        try await Members.with { members in
            let id = try await invite(members)
            let first = try await members.link(to: "eva@club.example")
            let early = await members.portal.send("POST", Self.users + "/\(id)/invite", as: .person(members.sam))
            #expect(early.status == 409 && early.code == "NOT_INVITED")
            members.portal.clock.advance(by: .seconds(61))
            let again = await members.portal.send("POST", Self.users + "/\(id)/invite", as: .person(members.sam))
            #expect(again.status == 204)
            let second = try await members.link(to: "eva@club.example")
            #expect(first != second)
            #expect(try await accept(members, first).status == 401)
            members.portal.clock.advance(by: .seconds(7 * 86_400 + 1))
            #expect(try await accept(members, second).status == 401)
            #expect(
                await members.portal.send("POST", Self.users + "/\(id)/invite", as: .person(members.sam)).status == 204)
            #expect(try await accept(members, try await members.link(to: "eva@club.example")).status == 303)
        }
    }

    @Test func `is void when the address turns out to be another`() async throws {
        try await Members.with { members in
            let id = try await invite(members)
            let link = try await members.link(to: "eva@club.example")
            let changed = await members.portal.send(
                "PATCH", Self.users + "/\(id)", ["email": "eve@club.example"], as: .person(members.sam))
            #expect(changed.status == 200)
            #expect(try await accept(members, link).status == 401)
        }
    }
}

@Suite struct `A registration` {
    @Test func `is completed on the page of its link`() async throws {
        try await Members.with(tenant: ["registration": "open"]) { members in
            let asked = await members.portal.send(
                "POST", "/club/auth/register",
                ["email": "new@club.example", "firstName": "New", "lastName": "One"])
            #expect(asked.status == 202, "\(asked.text)")
            let link = try await members.link(to: "new@club.example")
            let browser = Browser(members.portal)
            let page = await browser.open(link)
            let fields = [("password", Members.another), ("again", Members.another)]
            #expect(
                try await browser.send(page, to: "/accept-invitation", [("password", "x"), ("again", "x")]).status
                    == 400)
            #expect(try await browser.send(page, to: "/accept-invitation", fields).status == 303)
            #expect(try await browser.send(page, to: "/accept-invitation", fields).status == 401)
            #expect(try await browser.signIn("new@club.example", Members.another).status == 303)
        }
    }
}
