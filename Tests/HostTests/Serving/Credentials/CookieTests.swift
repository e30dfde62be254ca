import Database
import HTTPServer
import PluginAPI
import Testing

@testable import Host

private let own = "origin: http://desk.localhost"
private let same = "sec-fetch-site: same-origin"

extension Portal {
    /// A signed-in browser: its session cookie, and the token that its pages' forms carry.
    func browser(_ phone: String = "+15550100001") async throws -> Browser {
        _ = try await signIn(phone)
        let runtime = try await parts.tenants.open(named: "desk")
        let number = try #require(Phone(phone))
        let person = try await runtime.database.write(as: .host) {
            try People.person(withPhone: number, HostWriter($0))?.id
        }
        let session = try await runtime.auth.startPageSession(
            try #require(person), methods: ["sms"], isRemembered: true, replacing: nil,
            origin: Origin(plugin: "portico", requestID: "test", now: clock.now))
        return Browser(
            cookie: "cookie: portico_session-desk=\(session.secret)", session: session.id,
            token: FormToken.make(for: .session(session.id), runtime.auth.tenantKeys), person: try #require(person))
    }

    /// Sends a form.
    func form(_ path: String, _ body: String, _ fields: [String]) async throws -> WebAnswer {
        try await send("POST", path, fields + ["content-type: application/x-www-form-urlencoded"], body: body)
    }
}

struct Browser {
    let cookie: String
    let session: String
    let token: String
    let person: PersonID
}

@Suite struct `A session's cookie` {
    @Test func `says who is calling, wherever a token would`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let me = try await portal.get("/clinic/me", [browser.cookie])
            #expect(me.status == 200 && me.json["id"] == .string(browser.person.rawValue))
            #expect(try await portal.get("/clinic/me", [browser.cookie.replacing("portico", with: "x")]).status == 401)
            let board = try await portal.get("/clinic/board", [browser.cookie, "accept: text/html"])
            #expect(board.status == 200 && board.text.contains(browser.person.rawValue))
        }
    }

    @Test func `that is not good is 401, and no hindrance where anyone may`() async throws {
        try await withPortal { portal in
            let bad = "cookie: portico_session-desk=" + String(repeating: "A", count: 43)
            #expect(try await portal.get("/clinic/me", [bad]).json["error"]?["code"] == "AUTH_TOKEN_INVALID")
            #expect(try await portal.get("/clinic/notes", [bad]).status == 200)
            let browser = try await portal.browser()
            let two = browser.cookie + "; portico_session-desk=other"
            #expect(try await portal.get("/clinic/me", [two]).status == 401, "two values are no one's")
        }
    }

    @Test func `gives way to a bearer token beside it, good or bad`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser("+15550100001")
            let bearer = try await portal.signIn("+15550100002")
            let me = try await portal.get("/clinic/me", [browser.cookie, bearer])
            #expect(me.status == 200 && me.json["id"] != .string(browser.person.rawValue))
            #expect(try await portal.get("/clinic/me", [browser.cookie, "authorization: Bearer x"]).status == 401)
            #expect(try await portal.get("/clinic/me", [browser.cookie, "x-api-key: pk_x"]).status == 401)
        }
    }

    @Test func `of another tenant is worth nothing`() async throws {
        try await withPortal(tenants: ["desk": Portal.tenant, "other": Portal.tenant]) { portal in
            let browser = try await portal.browser()
            for name in ["portico_session-desk", "portico_session-other", "__Host-portico_session"] {
                let cookie = browser.cookie.replacing("portico_session-desk", with: name)
                #expect(try await portal.get("/clinic/me", [cookie], tenant: "other").status == 401)
            }
        }
    }

    @Test(arguments: [
        ([own, same], 201), ([own], 201), ([same], 201), ([], 403), (["sec-fetch-site: none"], 403),
        (["sec-fetch-site: cross-site"], 403), (["sec-fetch-site: same-site"], 403),
        (["origin: https://evil.example"], 403), (["origin: null"], 403), (["origin: http://desk.localhost:81"], 403),
        (["origin: https://app.example"], 403), ([own, "sec-fetch-site: cross-site"], 403),
        (["origin: https://evil.example", same], 403),
    ]) func `changes something only for a page of this portal`(fields: [String], status: Int) async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let answer = try await portal.send(
                "POST", "/clinic/mine", [browser.cookie] + fields, body: #"{"text":"a"}"#)
            #expect(answer.status == status, "\(answer.text)")
            if status == 403 { #expect(answer.json["error"]?["code"] == "INSUFFICIENT_PERMISSIONS") }
            // Reading is for links from elsewhere too.
            #expect(try await portal.get("/clinic/me", [browser.cookie, "sec-fetch-site: cross-site"]).status == 200)
        }
    }

    @Test func `needs the session's own token where the browser tells nothing, and from listed origins`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let other = try await portal.browser("+15550100002")
            func send(_ fields: String...) async throws -> Int {
                try await portal.send("POST", "/clinic/mine", [browser.cookie] + fields, body: #"{"text":"a"}"#).status
            }
            #expect(try await send("x-csrf-token: \(browser.token)") == 201)
            #expect(try await send("x-csrf-token: \(other.token)") == 403)
            #expect(try await send("x-csrf-token: x") == 403)
            let listed = ["origin: https://app.example", "sec-fetch-site: cross-site"]
            #expect(try await send(listed[0], listed[1], "x-csrf-token: \(browser.token)") == 201)
            #expect(try await send("origin: https://evil.example", "x-csrf-token: \(browser.token)") == 403)
        }
    }

    @Test func `is not heard from another site's script, nor in a handshake without its origin`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            #expect(try await portal.get("/clinic/me", [browser.cookie, "origin: https://evil.example"]).status == 401)
            #expect(try await portal.get("/clinic/me", [browser.cookie, "origin: https://app.example"]).status == 200)
            #expect(try await portal.get("/clinic/me", [browser.cookie, own]).status == 200)
            let handshake = ["connection: upgrade", "upgrade: websocket"]
            #expect(try await portal.get("/clinic/me", [browser.cookie] + handshake).status == 403)
            #expect(try await portal.get("/clinic/me", [browser.cookie, own] + handshake).status == 200)
        }
    }

    @Test func `where anyone may, is left aside when the request may be forged`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let answer = try await portal.send(
                "POST", "/clinic/notes", [browser.cookie, "origin: https://evil.example"], body: #"{"text":"a"}"#)
            #expect(answer.status == 201)
        }
    }

    @Test func `has a prefix and TLS wherever the browser is not on this machine`() throws {
        let local = try request("GET /")
        #expect(PortalCookie.Form(local) == .plain)
        for (host, address, form) in [
            ("desk.localhost", "127.0.0.1", PortalCookie.Form.plain), ("localhost:8081", "::1", .plain),
            ("127.0.0.1", "127.0.0.1", .plain), ("[::1]:80", "::1", .plain), ("portal.example", "127.0.0.1", .secure),
            ("desk.localhost", "192.0.2.1", .secure), ("localhost.evil.example", "127.0.0.1", .secure),
        ] {
            #expect(PortalCookie.Form(try request("GET /", host: host, from: address)) == form, "\(host) \(address)")
        }
        #expect(PortalCookie.session.name(.secure, tenant: "desk") == "__Host-portico_session")
        #expect(PortalCookie.device.name(.secure, tenant: "desk") == "__Host-portico_device")
        #expect(PortalCookie.session.name(.plain, tenant: "desk") == "portico_session-desk")
        #expect(PortalCookie.device.name(.plain, tenant: "desk") == "portico_device")
    }
}
