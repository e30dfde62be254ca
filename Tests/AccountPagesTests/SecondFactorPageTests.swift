import Crypto
import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The second step of a sign-in` {
    @Test func `follows a password, and each code is good once`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.sam)
            let browser = Browser(members.portal)
            let step = try await browser.signIn("sam", next: "/me/security", remember: true)
            #expect(step.status == 200 && step.text.contains("One more step") && !browser.isSignedIn)
            #expect(!step.text.contains(Members.password))
            let wrong = try await browser.send(step, to: "/sign-in/factor", [("code", app.wrong())])
            #expect(wrong.status == 401 && wrong.text.contains("role=\"alert\"") && !browser.isSignedIn)
            let code = app.code()
            let done = try await browser.send(wrong, to: "/sign-in/factor", [("code", code)])
            #expect(done.headers["location"] == "/me/security" && browser.isSignedIn)
            #expect(done.headers.fields.contains { $0.value.contains("Max-Age=2592000") })
            #expect(
                await members.portal.audit.last { $0.action == "session.started" }?.details["methods"] == [
                    "mfa", "otp", "pwd",
                ])

            let other = Browser(members.portal)
            let again = try await other.signIn("sam")
            #expect(try await other.send(again, to: "/sign-in/factor", [("code", code)]).status == 401)
            #expect(try await other.send(step, to: "/sign-in/factor", [("code", app.code())]).status == 403)
        }
    }

    @Test func `takes a recovery code once`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.sam)
            let code = try #require(app.recoveryCodes.first)
            let browser = Browser(members.portal)
            let done = try await browser.send(
                try await browser.signIn("sam"), to: "/sign-in/factor", [("code", ""), ("recovery", code.uppercased())])
            #expect(done.status == 303 && browser.isSignedIn)
            let other = Browser(members.portal)
            let again = try await other.send(
                try await other.signIn("sam"), to: "/sign-in/factor", [("recovery", code)])
            #expect(again.status == 401 && again.text.contains("<details open>"))
        }
    }

    @Test func `locks after five wrong codes, and waits no longer than five minutes`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.sam)
            let browser = Browser(members.portal)
            var page = try await browser.signIn("sam")
            for _ in 0..<4 {
                page = try await browser.send(page, to: "/sign-in/factor", [("code", app.wrong())])
                #expect(page.status == 401)
            }
            page = try await browser.signIn("sam")
            page = try await browser.send(page, to: "/sign-in/factor", [("code", app.wrong())])
            #expect(page.status == 401)
            #expect(try await browser.signIn("sam").status == 423)
            members.portal.clock.advance(by: .seconds(61))
            page = try await browser.signIn("sam")
            members.portal.clock.advance(by: .seconds(301))
            #expect(try await browser.send(page, to: "/sign-in/factor", [("code", app.code())]).status == 401)
            #expect(!browser.isSignedIn)
        }
    }

    @Test func `follows a texted code too`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.jane)
            let browser = Browser(members.portal)
            let asked = try await browser.send(
                await browser.open("/sign-in"), to: "/sign-in/code", [("phone", "+1 555 010-0001")])
            await members.portal.work()
            let text = try #require(await members.portal.outbox.code(to: Members.phone))
            let step = try await browser.send(asked, to: "/sign-in/phone", [("code", text)])
            #expect(step.status == 200 && step.text.contains("One more step") && !browser.isSignedIn)
            // The text is spent by it.
            #expect(try await browser.send(asked, to: "/sign-in/phone", [("code", text)]).status == 401)
            let done = try await browser.send(step, to: "/sign-in/factor", [("code", app.code())])
            #expect(done.status == 303 && browser.isSignedIn)
            #expect(
                await members.portal.audit.last { $0.action == "session.started" }?.details["methods"] == [
                    "mfa", "otp", "sms",
                ])
        }
    }

    @Test func `is nothing when the password was changed meanwhile`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.sam)
            let browser = Browser(members.portal)
            let step = try await browser.signIn("sam")
            let other = Browser(members.portal)
            _ = try await other.send(
                await other.open("/forgot-password"), to: "/forgot-password", [("name", "sam@club.example")])
            let link = await other.open(try await members.link(to: "sam@club.example"))
            let set = try await other.send(
                link, to: "/reset-password", [("password", Members.another), ("again", Members.another)])
            #expect(set.status == 303)
            #expect(try await browser.send(step, to: "/sign-in/factor", [("code", app.code())]).status == 401)
            #expect(!browser.isSignedIn)
            // A link by mail does not stand for the second factor.
            let again = try await Browser(members.portal).signIn("sam", Members.another)
            #expect(again.status == 200 && again.text.contains("One more step"))
        }
    }

    @Test func `is set up first where the portal demands it`() async throws {
        try await Members.with(tenant: ["auth": ["secondFactorFor": "staff"]]) { members in
            let browser = Browser(members.portal)
            let done = try await browser.signIn("sam", next: "/me/sessions")
            #expect(done.headers["location"] == "/me/security?notice=factor-demanded")
            let page = try await browser.follow(done)
            #expect(page.text.contains("This portal asks you for a second factor"))
            let cookie = ["Cookie": browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
            #expect(await members.portal.send("GET", "/club/hall", headers: cookie).status == 403)
            let shown = try await browser.send(page, to: "/me/security/authenticator")
            let app = try authenticator(shown, members.portal)
            let codes = try await browser.send(shown, to: "/me/security/authenticator/prove", [("code", app.code())])
            #expect(codes.status == 200)
            #expect(await members.portal.send("GET", "/club/hall", headers: cookie).status == 200)
            // Members are asked for nothing.
            #expect(try await Browser(members.portal).signIn("jane.d").headers["location"] == "/me/sessions")
        }
    }
}

@Suite struct `A texted code in the API` {
    private func ask(_ members: Members) async throws -> PluginTestKit.Answer {
        await members.portal.send("POST", "/club/phone", ["phone": .string(Members.phone)])
        await members.portal.work()
        let code = try #require(await members.portal.outbox.code(to: Members.phone))
        return await members.portal.send(
            "POST", "/club/phone/verify", ["phone": .string(Members.phone), "code": .string(code)])
    }

    @Test func `gives a challenge to an account with a second factor, answered at its own 2fa/verify`() async throws {
        try await Members.with { members in
            let app = try await members.enrol(members.jane)
            let due = try await ask(members)
            #expect(due.status == 200 && due.body["data"]?["twoFactorRequired"] == true)
            #expect(due.body["data"]?["methods"] == ["totp", "recovery_code"] && due.body["data"]?["expiresIn"] == 300)
            #expect(due.body["data"]?["accessToken"] == nil)
            let challenge = try #require(due.body["data"]?["challengeToken"])
            let right: JSON = ["challengeToken": challenge, "code": .string(app.code())]
            // A challenge is unknown at another sign-in.
            #expect(await members.portal.send("POST", "/club/auth/2fa/verify", right).status == 401)
            let wrong: JSON = ["challengeToken": challenge, "code": .string(app.wrong())]
            #expect(await members.portal.send("POST", "/club/phone/2fa/verify", wrong).code == "AUTH_TOKEN_INVALID")
            let done = await members.portal.send("POST", "/club/phone/2fa/verify", right)
            #expect(done.status == 200, "\(done.text)")
            let token = try #require(done.body["data"]?["accessToken"]?.string)
            let me = await members.portal.send("GET", "/_portico/v1/me", as: .bearer(token))
            #expect(me.body["methods"] == ["mfa", "otp", "sms"])
            #expect(await members.portal.send("POST", "/club/phone/2fa/verify", right).status == 401)
            members.portal.clock.advance(by: .seconds(31))
            let login = await members.portal.send(
                "POST", "/club/auth/login", ["email": "jane@club.example", "password": .string(Members.password)])
            let other: JSON = [
                "challengeToken": login.body["data"]?["challengeToken"] ?? .null, "code": .string(app.code()),
            ]
            #expect(await members.portal.send("POST", "/club/phone/2fa/verify", other).status == 401)
            #expect(await members.portal.send("POST", "/club/auth/2fa/verify", other).status == 200)
        }
    }

    @Test func `gives tokens to an account without one, and grants little where more is demanded`() async throws {
        try await Members.with(tenant: ["auth": ["secondFactorFor": "everybody"]]) { members in
            let done = try await ask(members)
            let token = try #require(done.body["data"]?["accessToken"]?.string)
            #expect(await members.portal.send("GET", "/club/hall", as: .bearer(token)).status == 403)
            #expect(await members.portal.send("GET", "/_portico/v1/me/2fa", as: .bearer(token)).status == 200)
        }
    }
}

/// The app that scans an enrolment's page.
func authenticator(_ page: PluginTestKit.Answer, _ portal: Portal) throws -> Authenticator {
    let shown = try #require(page.text.components(between: "<code class=\"secret\">", and: "</code>").first)
    let secret = try #require(Base32.decode(shown.filter { $0 != " " }))
    return Authenticator(totp: try TOTP(secret: SecretBytes(secret)), clock: portal.clock)
}
