import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The sign-in page` {
    @Test func `takes an e-mail address or a user name with the password`() async throws {
        try await Members.with { members in
            for name in ["jane@club.example", " Jane.D ", "JANE@Club.example"] {
                let browser = Browser(members.portal)
                let done = try await browser.signIn(name)
                #expect(done.status == 303 && done.headers["location"] == "/me/sessions", "\(name) \(done.text)")
                let cookie = try #require(done.headers.fields.first { $0.value.contains("portico_session") }).value
                #expect(cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
                #expect(!cookie.contains("Max-Age"))
                #expect(try await browser.follow(done).text.contains("Where you are signed in"))
            }
            let actions = await members.portal.audit.filter { $0.action == "session.started" }
            #expect(actions.count == 3 && actions.allSatisfy { $0.details["methods"] == ["pwd"] })
        }
    }

    @Test func `leads on to the page that was asked for, and remembers when asked to`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            let refused = await browser.open("/me/security")
            #expect(refused.headers["location"] == "/sign-in?next=/me/security")
            let done = try await browser.signIn("jane.d", next: "/me/security", remember: true)
            #expect(done.headers["location"] == "/me/security")
            #expect(
                done.headers.fields.contains {
                    $0.value.contains("portico_session") && $0.value.contains("Max-Age=2592000")
                })
            let elsewhere = try await Browser(members.portal).signIn("jane.d", next: "//evil.example")
            #expect(elsewhere.headers["location"] == "/me/sessions")
        }
    }

    @Test func `says the same of unknown names, wrong passwords and closed accounts`() async throws {
        try await Members.with { members in
            let staff = PluginTestKit.Caller.person(members.sam, by: ["pwd"])
            _ = try await members.portal.person(
                email: "gone@club.example", password: Members.password, roles: ["member"])
            let gone = await members.portal.send("GET", "/_portico/v1/users?search=gone", as: staff)
            let id = try #require(gone.body["data"]?[0]?["id"]?.string)
            await members.portal.send("POST", "/_portico/v1/users/\(id)/suspend", as: staff)
            // Somebody with a password and no role that it is enough for.
            _ = try await members.portal.person(email: "none@club.example", password: Members.password)
            var seen: Set<String> = []
            for (name, password) in [
                ("jane@club.example", "Wrong#Passage-1"), ("nobody@club.example", Members.password),
                ("gone@club.example", Members.password), ("none@club.example", Members.password),
            ] {
                let browser = Browser(members.portal)
                let answer = try await browser.signIn(name, password)
                #expect(answer.status == 401 && !browser.isSignedIn)
                #expect(answer.text.contains("value=\"\(name)\"") && answer.text.contains("role=\"alert\""))
                #expect(answer.text.contains("<title>Error: Sign in"))
                #expect(!answer.text.contains(password))
                seen.insert(Browser.plain(answer).replacing(name, with: "…"))
            }
            #expect(seen.count == 1)
        }
    }

    @Test func `locks a name after five failures, known or not, here and in the API alike`() async throws {
        try await Members.with { members in
            for name in ["jane@club.example", "nobody@club.example"] {
                let browser = Browser(members.portal)
                for _ in 0..<5 { #expect(try await browser.signIn(name, "Wrong#Passage-1").status == 401) }
                let locked = try await browser.signIn(name)
                #expect(locked.status == 423 && locked.headers["retry-after"] == "60")
                #expect(locked.text.contains("in 1 minute."))
                let api = await members.portal.send(
                    "POST", "/club/auth/login", ["email": .string(name), "password": .string(Members.password)])
                #expect(api.status == 423 && api.code == "ACCOUNT_LOCKED")
            }
            members.portal.clock.advance(by: .seconds(61))
            #expect(try await Browser(members.portal).signIn("jane@club.example").status == 303)
        }
    }

    @Test func `does not let strangers lock a browser out that has signed in before`() async throws {
        try await Members.with { members in
            let owner = Browser(members.portal)
            #expect(try await owner.signIn("jane.d").status == 303)
            owner.cookies["__Host-portico_session"] = nil
            let stranger = Browser(members.portal)
            for _ in 0..<5 { _ = try await stranger.signIn("jane.d", "Wrong#Passage-1") }
            #expect(try await stranger.signIn("jane.d").status == 423)
            #expect(try await owner.signIn("jane.d").status == 303)
        }
    }

    @Test func `takes no form of another site or another browser`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            let page = await browser.open("/sign-in")
            let fields = [("name", "jane.d"), ("password", Members.password)]
            let foreign = [
                ["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"], ["Origin": "null"],
            ]
            for headers in foreign {
                let answer = try await browser.send(page, to: "/sign-in/password", fields, headers)
                #expect(answer.status == 403 && !browser.isSignedIn, "\(headers)")
            }
            let other = Browser(members.portal)
            _ = await other.open("/sign-in")
            #expect(try await other.send(page, to: "/sign-in/password", fields).status == 403)
            let bare = Browser(members.portal)
            #expect(try await bare.send(page, to: "/sign-in/password", fields).status == 403)
            #expect(await browser.post("/sign-in/password", fields).status == 403)
            #expect(await browser.post("/sign-in/password", fields, ["Content-Type": "text/plain"]).status == 415)
            #expect(try await browser.send(page, to: "/sign-in/password", fields).status == 303)
        }
    }

    @Test func `ends the session that the browser had before`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            _ = try await browser.signIn("jane.d")
            let first = browser.cookies["__Host-portico_session"]
            let page = await Browser(members.portal).open("/sign-in")
            let again = Browser(members.portal)
            let fresh = await again.open("/sign-in")
            again.cookies["__Host-portico_session"] = first
            #expect(
                try await again.send(
                    fresh, to: "/sign-in/password", [("name", "jane.d"), ("password", Members.password)]
                ).status == 303)
            #expect(again.cookies["__Host-portico_session"] != first)
            #expect(await browser.open("/me/sessions").status == 303)
            #expect(page.status == 200)
        }
    }

    @Test func `tells of the risk of texted codes`() async throws {
        try await Members.with { members in
            let page = await Browser(members.portal).open("/sign-in")
            let password = try #require(page.text.firstRange(of: "action=\"/sign-in/password\""))
            let text = try #require(page.text.firstRange(of: "action=\"/sign-in/code\""))
            #expect(password.lowerBound < text.lowerBound)
            #expect(page.text[text.upperBound...].contains("A text message can be read by others"))
        }
    }

    @Test func `counts tries by name, and is refused as a page`() async throws {
        try await Members.with { members in
            let browser = Browser(members.portal)
            for _ in 0..<10 {
                #expect([401, 423].contains(try await browser.signIn("nobody", "Wrong#Passage-1").status))
            }
            let refused = try await browser.signIn("nobody", "Wrong#Passage-1")
            #expect(refused.status == 429 && refused.headers["retry-after"] != nil)
            #expect(refused.headers["content-type"] == "text/html; charset=utf-8")
        }
    }

    @Test func `speaks the reader's language where the portal does`() async throws {
        try await Members.with(tenant: ["languages": ["en", "de", "es", "fr"]]) { members in
            for (language, tag, words) in [
                ("de-AT, en;q=0.5", "de", "Passwort vergessen?"), ("es", "es", "¿Ha olvidado su contraseña?"),
                ("it", "en", "Forgot your password?"), ("fr", "en", "Forgot your password?"),
            ] {
                let browser = Browser(members.portal)
                browser.language = language
                let page = await browser.open("/sign-in")
                #expect(page.text.contains("<html lang=\"\(tag)\">") && page.text.contains(words), "\(language)")
                let wrong = try await browser.signIn("jane.d", "Wrong#Passage-1")
                #expect(wrong.text.contains("<html lang=\"\(tag)\">"))
            }
        }
        try await Members.with(tenant: ["language": "de"]) { members in
            #expect(await Browser(members.portal).open("/forgot-password").text.contains("Neues Passwort setzen"))
        }
    }
}
