import PluginAPI
import Testing

@testable import Host

@Suite struct `A page of a plugin` {
    private static let html = "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    @Test func `shares its path with JSON, by what the client prefers`() async throws {
        try await withPortal { portal async throws in
            _ = try await portal.post("/clinic/notes", #"{"text":"<b>"}"#)
            let page = try await portal.get("/clinic/notes", [Self.html])
            #expect(page.status == 200)
            #expect(page.field("content-type") == "text/html; charset=utf-8")
            #expect(page.text.hasPrefix("<!DOCTYPE html>"))
            #expect(page.text.contains("<title>Notes · The Desk</title>"))
            #expect(page.text.contains("<li>&lt;b&gt;</li>"))
            #expect(page.fields("vary").contains("Accept"))
            for accept in ["accept: */*", "accept: application/json", "accept: application/json, text/html"] {
                let json = try await portal.get("/clinic/notes", [accept])
                #expect(json.field("content-type") == "application/json")
                #expect(json.fields("vary").contains("Accept"))
            }
            #expect(try await portal.get("/clinic/notes").field("content-type") == "application/json")
            // Only reading has two forms.
            let created = try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.html])
            #expect(created.status == 201)
            #expect(created.field("content-type") == "application/json")
        }
    }

    @Test func `alone at its path is given to all who take HTML`() async throws {
        try await withPortal { portal async throws in
            for fields in [[], [Self.html], ["accept: */*"]] {
                let page = try await portal.get("/clinic/hello?name=Ann%20%3Cscript%3E", fields)
                #expect(page.status == 200)
                #expect(page.text.contains("<h1>Hello Ann &lt;script&gt;</h1>"))
                #expect(!page.fields("vary").contains("Accept"))
            }
            #expect(try await portal.get("/clinic/hello", ["accept: application/json"]).status == 406)
            let refused = try await portal.send("POST", "/clinic/hello", [Self.html])
            #expect(refused.status == 405)
            #expect(refused.field("allow") == "GET, HEAD, OPTIONS")
        }
    }

    @Test func `may load nothing from elsewhere and run no script`() async throws {
        try await withPortal { portal async throws in
            let page = try await portal.get("/clinic/hello", [Self.html])
            let policy = try #require(page.field("content-security-policy"))
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("script-src") && !policy.contains("unsafe"))
            #expect(page.field("x-content-type-options") == "nosniff")
            #expect(page.field("referrer-policy") == "same-origin")
        }
    }

    @Test func `has an entity tag, and a head without a body`() async throws {
        try await withPortal { portal async throws in
            let first = try await portal.get("/clinic/notes", [Self.html])
            let tag = try #require(first.field("etag"))
            #expect(try await portal.get("/clinic/notes", [Self.html, "if-none-match: \(tag)"]).status == 304)
            // The JSON at the same path is something else.
            #expect(try await portal.get("/clinic/notes", ["if-none-match: \(tag)"]).status == 200)
            let head = try await portal.send("HEAD", "/clinic/notes", [Self.html])
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.field("etag") == tag)
            _ = try await portal.post("/clinic/notes", #"{"text":"new"}"#)
            #expect(try await portal.get("/clinic/notes", [Self.html, "if-none-match: \(tag)"]).status == 200)
        }
    }

    @Test func `for members asks strangers to sign in, on a page`() async throws {
        try await withPortal { portal async throws in
            let refused = try await portal.get("/clinic/board", [Self.html])
            #expect(refused.status == 303)
            #expect(refused.field("location") == "/sign-in?next=/clinic/board")
            #expect(refused.field("cache-control") == "no-store")
            let machine = try await portal.get("/clinic/board")
            #expect(machine.status == 401)
            #expect(machine.json["error"]?["code"]?.string == "AUTH_TOKEN_MISSING")
            let problem = try await portal.get("/clinic/board", ["accept: application/problem+json"])
            #expect(problem.field("content-type") == "application/problem+json")
            let token = try await portal.signIn()
            let board = try await portal.get("/clinic/board", [Self.html, token])
            #expect(board.status == 200)
            #expect(board.text.contains("<h1>Board of "))
            #expect(board.field("cache-control") == "private, no-cache")
            let forbidden = try await portal.get("/clinic/ledger", [Self.html, token])
            #expect(forbidden.status == 403)
            #expect(forbidden.field("content-type") == "text/html; charset=utf-8")
            #expect(forbidden.text.contains("INSUFFICIENT_PERMISSIONS"))
            #expect(forbidden.text.contains(try #require(forbidden.field("x-request-id"))))
            #expect(try await portal.get("/clinic/ledger", [Self.html]).status == 303)
        }
    }

    @Test func `names mistakes and tells nothing of faults`() async throws {
        try await withPortal { portal async throws in
            let mistaken = try await portal.get("/clinic/hello?name=&colour=red", [Self.html])
            #expect(mistaken.status == 400)
            #expect(mistaken.text.contains("<strong>colour</strong>"))
            let fault = try await portal.get("/clinic/ruin", [Self.html])
            #expect(fault.status == 500)
            #expect(!fault.text.contains("password"))
            #expect(portal.log.lines.contains { $0.requestID == fault.field("x-request-id") && $0.level == .error })
        }
    }

    @Test func `does not exist where the plugin is not enabled, and leaves the root to the host`() async throws {
        try await withPortal(tenants: ["desk": #"{ "name": "D", "plugins": { "desk-bare": {} } }"#]) {
            portal async throws in
            #expect(try await portal.get("/clinic/hello", [Self.html]).status == 404)
            let front = try await portal.get("/", [Self.html])
            #expect(front.status == 200)
            #expect(front.text.contains("desk-bare"))
        }
    }

    @Test func `may be of another status, title and language, and counted by itself`() async throws {
        try await withPortal { portal async throws in
            for _ in 0..<3 {
                let page = try await portal.get("/clinic/lost", [Self.html])
                #expect(page.status == 404)
                #expect(page.field("content-type") == "text/html; charset=utf-8")
                #expect(
                    page.text.contains("<html lang=\"fr\">") && page.text.contains("<title>Perdu · The Desk</title>"))
            }
            let refused = try await portal.get("/clinic/lost", [Self.html])
            #expect(refused.status == 429)
            #expect(try await portal.get("/clinic/hello", [Self.html]).status == 200)
        }
    }
}

/// What a page's form sends.
private func form(_ next: String) -> (field: String, body: String) {
    let lines = ["--line", "content-disposition: form-data; name=\"next\"", "", next, "--line--", ""]
    return ("content-type: multipart/form-data; boundary=line", lines.joined(separator: "\r\n"))
}

@Suite struct `The form of a plugin's page` {
    private static let html = "accept: text/html"
    private static let own = "origin: http://desk.localhost"

    @Test func `leads on to a page, when a page of the portal sent it`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let (type, body) = form("/clinic/hello?name=Ann")
            for signs in [[Self.own, "sec-fetch-site: same-origin"], [Self.own], ["sec-fetch-site: same-origin"]] {
                let answer = try await portal.send(
                    "POST", "/clinic/sheets", [Self.html, browser.cookie, type] + signs, body: body)
                #expect(answer.status == 303 && answer.body.isEmpty, "\(answer.text)")
                #expect(answer.field("location") == "/clinic/hello?name=Ann")
                #expect(answer.field("cache-control") == "no-store")
            }
        }
    }

    @Test func `is refused, on a page, when another site's or nobody's page sent it`() async throws {
        try await withPortal { portal in
            let browser = try await portal.browser()
            let (type, body) = form("/clinic/hello")
            for signs in [
                [], ["origin: https://evil.example"], ["origin: null"], ["sec-fetch-site: cross-site"],
                ["origin: https://app.example"], [Self.own, "sec-fetch-site: same-site"],
            ] {
                let answer = try await portal.send(
                    "POST", "/clinic/sheets", [Self.html, browser.cookie, type] + signs, body: body)
                #expect(answer.status == 403, "\(signs)")
                #expect(answer.field("location") == nil)
                #expect(answer.field("content-type") == "text/html; charset=utf-8")
            }
            let stranger = try await portal.send("POST", "/clinic/sheets", [Self.html, type, Self.own], body: body)
            #expect(stranger.status == 401)
        }
    }

    @Test func `leads nowhere but into the portal, and tells refusals to people and programs`() async throws {
        try await withPortal { portal in
            let bearer = try await portal.signIn()
            for outside in ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"] {
                let (type, body) = form(outside)
                let answer = try await portal.send("POST", "/clinic/sheets", [bearer, type], body: body)
                #expect(answer.status == 303 && answer.field("location") == "/", "\(outside)")
            }
            let (type, body) = form("full")
            let page = try await portal.send("POST", "/clinic/sheets", [Self.html, bearer, type], body: body)
            #expect(page.status == 409 && page.text.contains("No room on the desk."))
            #expect(page.field("content-type") == "text/html; charset=utf-8")
            let json = try await portal.send("POST", "/clinic/sheets", [bearer, type], body: body)
            #expect(json.status == 409 && json.json["error"]?["code"] == "DESK_FULL")
        }
    }
}
