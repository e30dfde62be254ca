import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The page of an account's security` {
    @Test func `sets an authenticator up, gives recovery codes once, and switches it off for a code`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            let elsewhere = Browser(members.portal)
            _ = try await elsewhere.signIn("jane.d")
            let page = try await browser.follow(try await browser.signIn("jane.d", next: "/me/security"))
            #expect(page.text.contains("jane@club.example, confirmed."))
            let shown = try await browser.send(page, to: "/me/security/authenticator")
            #expect(shown.text.contains("<svg ") && shown.text.contains("href=\"otpauth://totp/Test%20Portal:"))
            let app = try authenticator(shown, members.portal)
            let wrong = try await browser.send(shown, to: "/me/security/authenticator/prove", [("code", app.wrong())])
            #expect(wrong.status == 401)
            #expect(try authenticator(wrong, members.portal).code() == app.code(), "the same secret")
            let done = try await browser.send(wrong, to: "/me/security/authenticator/prove", [("code", app.code())])
            let codes = done.text.components(between: "<li><code>", and: "</code>")
            #expect(done.status == 200 && Set(codes).count == 10)
            #expect(await elsewhere.open("/me/sessions").status == 303, "the other sessions end")

            let on = await browser.open("/me/security")
            #expect(on.text.contains("10 recovery codes left") && !on.text.contains(codes[0]))
            members.portal.clock.advance(by: .seconds(30))
            let fresh = try await browser.send(on, to: "/me/security/recovery-codes", [("code", app.code())])
            #expect(Set(fresh.text.components(between: "<li><code>", and: "</code>")).isDisjoint(with: codes))
            let refused = try await browser.send(on, to: "/me/security/authenticator/off", [("code", codes[0])])
            #expect(refused.status == 401 && refused.text.contains("role=\"alert\""))
            members.portal.clock.advance(by: .seconds(30))
            let off = try await browser.send(on, to: "/me/security/authenticator/off", [("code", app.code())])
            #expect(off.headers["location"] == "/me/security?notice=factor-off")
            #expect(try await browser.follow(off).text.contains("role=\"status\""))
            #expect(try await Browser(members.portal).signIn("jane.d").status == 303)
            await members.portal.work()
            let letters = await members.portal.outbox.email.filter { $0.to == "jane@club.example" }
            #expect(letters.count == 2 && letters.allSatisfy { $0.subject.contains("second factor was changed") })
        }
    }

    @Test func `locks after five wrong codes`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.jane)
            let browser = Browser(members.portal)
            let step = try await browser.signIn("jane.d")
            _ = try await browser.send(step, to: "/sign-in/factor", [("code", app.code())])
            let page = await browser.open("/me/security")
            for _ in 0..<5 {
                let answer = try await browser.send(
                    page, to: "/me/security/authenticator/off", [("code", app.wrong())])
                #expect(answer.status == 401)
            }
            members.portal.clock.advance(by: .seconds(30))
            let locked = try await browser.send(page, to: "/me/security/authenticator/off", [("code", app.code())])
            #expect(locked.status == 423 && locked.headers["retry-after"] == "30")
        }
    }

    @Test func `changes the password for the present one`() async throws {
        try await Members.with { members in
            let (browser, elsewhere) = (Browser(members.portal), Browser(members.portal))
            _ = try await browser.signIn("jane.d")
            _ = try await elsewhere.signIn("jane.d")
            let page = await browser.open("/me/security")
            func change(_ current: String, _ new: String, again: String? = nil) async throws -> Answer {
                try await browser.send(
                    page, to: "/me/security/password",
                    [("current", current), ("password", new), ("again", again ?? new)])
            }
            let wrong = try await change("Wrong#Passage-1", Members.another)
            #expect(wrong.status == 400 && wrong.text.contains("This is not the present password."))
            let weak = try await change(Members.password, "short")
            #expect(weak.status == 400 && weak.text.contains("at least 8 characters"))
            #expect(!weak.text.contains("value=\"short\""))
            #expect(try await change(Members.password, Members.another, again: "x").status == 400)
            let done = try await change(Members.password, Members.another)
            #expect(done.headers["location"] == "/me/security?notice=password-changed")
            #expect(await browser.open("/me/sessions").status == 200)
            #expect(await elsewhere.open("/me/sessions").status == 303)
            #expect(try await Browser(members.portal).signIn("jane.d").status == 401)
            #expect(try await Browser(members.portal).signIn("jane.d", Members.another).status == 303)
        }
    }

    @Test func `is the signed-in person's alone`() async throws {
        try await Members.with { members in
            let (jane, sam) = (Browser(members.portal), Browser(members.portal))
            _ = try await jane.signIn("jane.d")
            _ = try await sam.signIn("sam")
            let page = await jane.open("/me/security")
            let fields = [("current", Members.password), ("password", Members.another), ("again", Members.another)]
            #expect(try await sam.send(page, to: "/me/security/password", fields).status == 403)
            let foreign = ["Origin": "https://evil.example"]
            #expect(try await jane.send(page, to: "/me/security/password", fields, foreign).status == 401)
            #expect(await jane.post("/me/security/password", fields).status == 403)
            #expect(await Browser(members.portal).open("/me/security").status == 303)
            #expect(await Browser(members.portal).post("/me/security/authenticator", []).status == 401)
            #expect(try await Browser(members.portal).signIn("sam").status == 303)
        }
    }

    @Test func `tells that a texted code is too little to prove an address for staff`() async throws {
        try await Members.with { members in
            _ = try await members.portal.person(
                phone: "+15550100007", email: "both@club.example", roles: ["member", "STAFF"])
            let browser = Browser(members.portal)
            let asked = try await browser.send(
                await browser.open("/sign-in"), to: "/sign-in/code", [("phone", "+15550100007")])
            await members.portal.work()
            let text = try #require(await members.portal.outbox.code(to: "+15550100007"))
            #expect(try await browser.send(asked, to: "/sign-in/phone", [("code", text)]).status == 303)
            let page = await browser.open("/me/security")
            #expect(page.text.contains("not confirmed yet") && page.text.contains("has no password"))
            #expect(try await browser.send(page, to: "/me/security/email").status == 403)
        }
    }
}
