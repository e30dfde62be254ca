import Database
import PluginAPI
import Testing

@testable import Host

/// A browser that keeps cookies and reads forms.
private final class Visitor {
    let portal: Portal
    var cookies: [String: String] = [:]

    init(_ portal: Portal) { self.portal = portal }

    private var fields: [String] {
        let pairs = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        return ["accept: text/html"] + (pairs.isEmpty ? [] : ["cookie: \(pairs)"])
    }

    func open(_ path: String) async throws -> WebAnswer {
        keep(try await portal.get(path, fields))
    }

    /// Fills in and sends the form of a page that leads to a path.
    func send(_ page: WebAnswer, to path: String, _ values: String...) async throws -> WebAnswer {
        let form = try #require(
            page.text.split(separator: #"action="\#(path)""#).dropFirst().first?.split(separator: "</form>").first,
            "\(page.text)")
        let hidden = form.split(separator: #"<input type="hidden" name=""#).dropFirst().compactMap { text -> String? in
            let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count > 2 ? "\(parts[0])=\(Self.encoded(Self.unescaped(String(parts[2]))))" : nil
        }
        return keep(try await portal.form(path, (hidden + values).joined(separator: "&"), fields))
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func keep(_ answer: WebAnswer) -> WebAnswer {
        for line in answer.fields("set-cookie") {
            let parts = line.split(separator: ";", omittingEmptySubsequences: false)
            guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
                pair.count == 2
            else { continue }
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return answer
    }

    /// The code that was texted last.
    func code(_ phone: String = "+15550100001") async throws -> String {
        await portal.parts.scheduler.runDue()
        let runtime = try await portal.parts.tenants.open(named: "desk")
        let messages = try await runtime.database.write(as: .host) {
            try CaptureDriver.messages(channel: "sms", to: phone, HostWriter($0))
        }
        let body = try #require(messages.first).body
        return String(try #require(body.split(whereSeparator: { !$0.isNumber }).first { $0.count == 6 }))
    }

    func signIn(next: String? = nil, remember: Bool = false) async throws -> WebAnswer {
        // Longer than the pause between two codes.
        portal.clock.advance(by: .seconds(31))
        let page = try await open("/sign-in" + (next.map { "?next=\($0)" } ?? ""))
        let asked = try await send(
            page, to: "/sign-in/code", "phone=%2B1+555+010-0001" + (remember ? "&remember=on" : ""))
        return try await send(
            asked, to: "/sign-in/phone", "code=\(try await code())" + (remember ? "&remember=on" : ""))
    }
}

@Suite struct `The sign-in page` {
    @Test func `signs a person in by phone, and out again`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            let done = try await visitor.signIn()
            #expect(done.status == 303 && done.field("location") == "/me/sessions", "\(done.text)")
            let set = try #require(done.fields("set-cookie").first { $0.hasPrefix("portico_session-desk=") })
            #expect(
                set.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"), "on loopback without TLS, until the browser closes")
            #expect(done.field("cache-control") == "no-store")
            let sessions = try await visitor.open("/me/sessions")
            #expect(sessions.status == 200 && sessions.text.contains("this device"))
            #expect(sessions.text.contains("Sign out everywhere else"), "there is the session by token too")
            #expect(sessions.field("cache-control") == "no-store")
            let policy = try #require(sessions.field("content-security-policy"))
            #expect(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"))
            #expect(!sessions.text.contains("<script") && !sessions.text.contains("style=\""))
            let leaving = try await visitor.open("/sign-out")
            let cookie = try #require(visitor.cookies["portico_session-desk"])
            let gone = try await visitor.send(leaving, to: "/sign-out")
            #expect(gone.status == 303 && gone.field("location") == "/")
            #expect(visitor.cookies["portico_session-desk"] == nil)
            visitor.cookies["portico_session-desk"] = cookie
            let after = try await visitor.open("/me/sessions")
            #expect(after.status == 303 && after.field("location") == "/sign-in?next=/me/sessions")
        }
    }

    @Test func `leads on to the page that was asked for, and never elsewhere`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            let refused = try await visitor.open("/clinic/board?a=1%262&b=2")
            #expect(refused.status == 303)
            let location = try #require(refused.field("location"))
            #expect(location == "/sign-in?next=/clinic/board%3Fa%3D1%25262%26b%3D2")
            let done = try await visitor.signIn(next: String(location.dropFirst("/sign-in?next=".count)))
            #expect(done.field("location") == "/clinic/board?a=1%262&b=2")
            #expect(try await visitor.open("/clinic/board").status == 200)
            for bad in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/%0d%0ax", "x", "/sign-in"] {
                let answer = try await visitor.open("/sign-in?next=\(bad)")
                #expect(answer.field("location") == "/me/sessions", "\(bad)")
            }
        }
    }

    @Test func `makes another cookie at every sign-in, and ends the one from before`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            _ = try await visitor.signIn(remember: true)
            let first = try #require(visitor.cookies["portico_session-desk"])
            // As somebody else's page might have planted it: the same browser signs in again with the cookie in place.
            let page = try await portal.get("/sign-in", ["accept: text/html"])
            #expect(page.status == 200)
            let again = Visitor(portal)
            again.cookies = ["portico_session-desk": first]
            portal.clock.advance(by: .seconds(31))
            let form = try await portal.get("/sign-in", ["accept: text/html"])
            again.cookies["portico_device"] = form.fields("set-cookie").first?.split(separator: "=")[1].split(
                separator: ";"
            )
            .first.map(String.init)
            let asked = try await again.send(form, to: "/sign-in/code", "phone=%2B15550100001")
            let done = try await again.send(asked, to: "/sign-in/phone", "code=\(try await again.code())")
            #expect(done.status == 303)
            let second = try #require(again.cookies["portico_session-desk"])
            #expect(second != first)
            #expect(try await portal.get("/clinic/me", ["cookie: portico_session-desk=\(first)"]).status == 401)
            #expect(try await portal.get("/clinic/me", ["cookie: portico_session-desk=\(second)"]).status == 200)
        }
    }

    @Test func `remembers for as long as the tenant says when asked to`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            let done = try await visitor.signIn(remember: true)
            #expect(done.fields("set-cookie").contains { $0.hasSuffix("; Max-Age=2592000") })
        }
    }

    @Test func `shows what was wrong, keeps what was typed, and escapes it`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            let page = try await visitor.open("/sign-in?next=/clinic/board")
            let bad = try await visitor.send(page, to: "/sign-in/code", "phone=%3Cb%3E%22", "remember=on")
            #expect(bad.status == 400 && bad.text.contains("&lt;b&gt;&quot;") && bad.text.contains("role=\"alert\""))
            #expect(bad.text.contains("checked") && bad.text.contains("value=\"/clinic/board\""))
            portal.clock.advance(by: .seconds(31))
            let asked = try await visitor.send(bad, to: "/sign-in/code", "phone=%2B15550100001")
            let wrong = try await visitor.send(asked, to: "/sign-in/phone", "code=000000x")
            #expect(wrong.status == 401 && wrong.text.contains("The code is wrong"))
            #expect(visitor.cookies["portico_session-desk"] == nil)
            let right = try await visitor.send(wrong, to: "/sign-in/phone", "code=\(try await visitor.code())")
            #expect(right.status == 303 && right.field("location") == "/clinic/board")
        }
    }

    @Test func `says the same of numbers that nobody has`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            portal.clock.advance(by: .seconds(31))
            let visitor = Visitor(portal)
            let page = try await visitor.open("/sign-in")
            let known = try await visitor.send(page, to: "/sign-in/code", "phone=%2B15550100001")
            let unknown = try await visitor.send(page, to: "/sign-in/code", "phone=%2B15550199999")
            func plain(_ answer: WebAnswer, _ phone: String) -> String {
                answer.text.replacing(phone, with: "…").split(separator: "\n").filter { !$0.contains("csrf") }
                    .joined(separator: "\n")
            }
            #expect(plain(known, "+15550100001") == plain(unknown, "+15550199999"))
            #expect(known.status == 200 && unknown.status == 200)
        }
    }

    @Test func `takes no form of another site or another browser`() async throws {
        try await withPortal { portal in
            _ = try await portal.signIn()
            portal.clock.advance(by: .seconds(31))
            let visitor = Visitor(portal)
            let page = try await visitor.open("/sign-in")
            let device = try #require(visitor.cookies["portico_device"])
            let token = try #require(
                page.text.split(separator: "name=\"csrf\" value=\"").last?.split(separator: "\"").first)
            let body = "phone=%2B15550100001&csrf=\(token)"
            let cookie = "cookie: portico_device=\(device)"
            let cross = ["sec-fetch-site: cross-site", "origin: https://evil.example"]
            #expect(try await portal.form("/sign-in/code", body, [cookie, cross[0]]).status == 403)
            #expect(try await portal.form("/sign-in/code", body, [cookie, cross[1]]).status == 403)
            #expect(try await portal.form("/sign-in/code", body, []).status == 403)
            let other = DeviceCookie.make().value
            #expect(try await portal.form("/sign-in/code", body, ["cookie: portico_device=\(other)"]).status == 403)
            #expect(try await portal.form("/sign-in/code", body + "&csrf=\(token)", [cookie]).status == 400)
            let json = try await portal.send("POST", "/sign-in/code", [cookie], body: "{}")
            #expect(json.status == 415)
            #expect(try await portal.form("/sign-in/code", body, [cookie]).status == 200)
        }
    }

    @Test func `counts what is asked of it`() async throws {
        try await withPortal { portal in
            let visitor = Visitor(portal)
            let page = try await visitor.open("/sign-in")
            for _ in 0..<10 {
                #expect(try await visitor.send(page, to: "/sign-in/code", "phone=%2B15550100001").status == 200)
            }
            let refused = try await visitor.send(page, to: "/sign-in/code", "phone=%2B15550100001")
            #expect(refused.status == 429 && refused.field("content-type") == "text/html; charset=utf-8")
            #expect(refused.field("retry-after") != nil)
        }
    }
}

@Suite struct `The page of a person's sessions` {
    @Test func `ends another session at once, and only by its own form`() async throws {
        try await withPortal { portal in
            let bearer = try await portal.signIn()
            let visitor = Visitor(portal)
            _ = try await visitor.signIn()
            #expect(try await portal.get("/clinic/me", [bearer]).status == 200)
            let page = try await visitor.open("/me/sessions")
            let path = try #require(
                page.text.split(separator: "action=\"").map { $0.prefix { $0 != "\"" } }.first { $0.hasSuffix("/end") })
            let cookie = "cookie: portico_session-desk=\(try #require(visitor.cookies["portico_session-desk"]))"
            for (body, fields) in [
                ("", [cookie]), ("csrf=x", [cookie]), ("csrf=x", [cookie, "sec-fetch-site: same-origin"]),
            ] { #expect(try await portal.form(String(path), body, fields).status == 403) }
            #expect(try await portal.get("/clinic/me", [bearer]).status == 200)
            let done = try await visitor.send(page, to: String(path))
            #expect(done.status == 303 && done.field("location") == "/me/sessions")
            #expect(try await portal.get("/clinic/me", [bearer]).status == 401)
            #expect(try await visitor.open("/clinic/board").status == 200)
        }
    }

    @Test func `ends all others at once`() async throws {
        try await withPortal { portal in
            let bearer = try await portal.signIn()
            let (one, two) = (Visitor(portal), Visitor(portal))
            _ = try await one.signIn()
            _ = try await two.signIn()
            let done = try await one.send(try await one.open("/me/sessions"), to: "/me/sessions/end-others")
            #expect(done.status == 303)
            #expect(try await one.open("/clinic/board").status == 200)
            #expect(try await two.open("/clinic/board").status == 303)
            #expect(try await portal.get("/clinic/me", [bearer]).status == 401)
        }
    }

    @Test func `does not know another person's sessions`() async throws {
        try await withPortal { portal in
            let other = try await portal.browser("+15550100002")
            _ = try await portal.signIn()
            let visitor = Visitor(portal)
            _ = try await visitor.signIn()
            let page = try await visitor.open("/me/sessions")
            #expect(!page.text.contains(other.session))
            let token = try #require(
                page.text.split(separator: "name=\"csrf\" value=\"").last?.split(separator: "\"").first)
            let cookie = "cookie: portico_session-desk=\(try #require(visitor.cookies["portico_session-desk"]))"
            let refused = try await portal.form("/me/sessions/\(other.session)/end", "csrf=\(token)", [cookie])
            #expect(refused.status == 404)
            #expect(try await portal.get("/clinic/me", [other.cookie]).status == 200)
        }
    }
}
