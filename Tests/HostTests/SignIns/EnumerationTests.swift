import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `Known and unknown names` {
    /// Every step that names an account, with the same question about somebody and about nobody.
    private static let questions: [(path: String, known: String, unknown: String)] = {
        func both(_ path: String, _ body: (String) -> String, _ known: String, _ unknown: String) -> (
            path: String, known: String, unknown: String
        ) { (path, body(known), body(unknown)) }
        func login(_ field: String) -> (String) -> String {
            { #"{"\#(field)":"\#($0)","password":"Wrong#Passage-1"}"# }
        }
        func asked(_ field: String) -> (String) -> String { { #"{"\#(field)":"\#($0)"}"# } }
        return [
            both("/v1/portal/auth/login", login("email"), "jane@lobby.example", "nobody@lobby.example"),
            both("/v1/auth/login", login("email"), "admin@lobby.example", "nobody@lobby.example"),
            both("/api/token/", login("username"), "jane", "nobody"),
            both("/admin/login", login("username"), "admin", "nobody"),
            both("/user/login", login("username"), "rep", "nobody"),
            both("/v1/portal/auth/forgot-password", asked("email"), "jane@lobby.example", "nobody@lobby.example"),
            both("/v1/auth/forgot-password", asked("email"), "admin@lobby.example", "nobody@lobby.example"),
            both("/api/token/forgot-password", asked("username"), "jane", "nobody"),
            both("/admin/forgot-password", asked("username"), "admin", "nobody"),
            both("/user/forgot-password", asked("username"), "rep", "nobody"),
            both("/customer/auth", asked("phone"), "+15550100001", "+15550199999"),
            both(
                "/customer/auth/verify", { #"{"phone":"\#($0)","code":"000000"}"# }, "+15550100001", "+15550199999"),
            both(
                "/v1/portal/auth/register", { #"{"email":"\#($0)","firstName":"A","lastName":"B"}"# },
                "jane@lobby.example", "nobody@lobby.example"),
        ]
    }()

    /// What tells nothing about the account: how often this address has asked.
    private func told(_ answer: WebAnswer) -> [String] {
        ["\(answer.status)", answer.text]
            + answer.fields.filter { !$0.name.contains("ratelimit") && $0.name != "date" }.map {
                "\($0.name): \($0.value)"
            }
    }

    @Test func `are answered with the same bytes at every step that takes a name`() async throws {
        try await withLobbies { portal in
            for (path, known, unknown) in Self.questions {
                let one = try await portal.post(path, known, ["x-request-id: same"])
                let other = try await portal.post(path, unknown, ["x-request-id: same"])
                #expect(told(one) == told(other), "\(path)")
                #expect(one.status == 401 || one.status == 202, "\(path): \(one.text)")
            }
        }
    }

    @Test func `cover every step that is declared`() throws {
        let plugins: [PluginDefinition] = [
            PluginDefinition(EnvelopeLobby.self), PluginDefinition(ClinicLobby.self), PluginDefinition(BareLobby.self),
            PluginDefinition(StatusLobby.self),
        ]
        let naming: Set<SignInStep> = [.requestCode, .verifyCode, .login, .forgotPassword, .register]
        let declared = plugins.flatMap(\.signIns).flatMap(\.steps).filter { naming.contains($0.step) }.map(\.path)
        #expect(Set(declared) == Set(Self.questions.map(\.path)))
    }

    @Test func `are locked alike`() async throws {
        try await withLobbies { portal in
            for (name, path) in [("admin", "/admin/login"), ("nobody", "/admin/login")] {
                var seen: [Int] = []
                for _ in 0..<6 {
                    let body = #"{"username":"\#(name)","password":"Wrong#Passage-1"}"#
                    let answer = try await portal.post(path, body, ["x-request-id: same"])
                    seen.append(answer.status)
                    guard answer.status == 423 else { continue }
                    #expect(answer.json["code"] == "ACCOUNT_LOCKED" && answer.json["status"] == "error")
                    #expect(answer.field("retry-after") == "60")
                }
                #expect(seen == [401, 401, 401, 401, 401, 423])
            }
        }
    }
}

@Suite struct `A seed's limit and the lock` {
    private static let wrong = #"{"email":"NAME@lobby.example","password":"Wrong#Passage-1"}"#

    private func statuses(
        _ portal: Portal, _ name: String, from addresses: [UInt8], password: String = "Wrong"
    ) async throws -> [Int] {
        var seen: [Int] = []
        for address in addresses {
            let client = WebClient(port: portal.client.port, lastByte: address)
            let body = Self.wrong.replacing("NAME", with: name).replacing("Wrong", with: password)
            let answer = try await client.send(
                "POST", "/v1/auth/login", host: "desk.localhost", ["content-type: application/json"],
                Array(body.utf8))
            seen.append(answer.status)
        }
        return seen
    }

    /// Contract §3: five failures answer 401, the sixth attempt 423, the rate limit is checked first; seed 002 §3.1: five
    /// attempts in 15 minutes by address.
    @Test func `the clinic's limit comes first for one address, the lock for many`() async throws {
        try await withLobbies { portal in
            for name in ["admin", "nobody"] {
                let seen = try await statuses(portal, name, from: [1, 1, 1, 1, 1, 1, 1, 2])
                #expect(seen == [401, 401, 401, 401, 401, 429, 429, 423])
            }
            for name in ["east", "somebody"] {
                let seen = try await statuses(portal, name, from: [1, 2, 3, 4, 5, 6])
                #expect(seen == [401, 401, 401, 401, 401, 423])
            }
            // The lock ends after a minute, the limit goes on for the quarter of an hour.
            portal.clock.advance(by: .seconds(61))
            #expect(try await statuses(portal, "admin", from: [1, 2], password: "Right") == [429, 200])
            portal.clock.advance(by: .seconds(15 * 60 + 15))
            #expect(try await statuses(portal, "admin", from: [1], password: "Right") == [200])
        }
    }

    @Test func `strangers elsewhere do not use up what the owner of an account may try`() async throws {
        try await withLobbies { portal in
            // From the owner's device, which is known.
            let right = #"{"email":"admin@lobby.example","password":"Right#Passage-1","deviceInfo":{"deviceId":"d"}}"#
            #expect(try await portal.post("/v1/auth/login", right).status == 200)
            let seen = try await statuses(portal, "admin", from: [2, 2, 2, 2, 2, 2])
            #expect(seen == [401, 401, 401, 401, 401, 429])
            #expect(try await statuses(portal, "admin", from: [3]) == [423])
            #expect(try await portal.post("/v1/auth/login", right).status == 200)
        }
    }
}

@Suite struct `The steps of a sign-in over the wire` {
    @Test func `stop at a seed's limit before any work`() async throws {
        try await withLobbies { portal in
            let body = #"{"email":"jane@lobby.example","password":"Right#Passage-1"}"#
            for _ in 0..<10 { #expect(try await portal.post("/v1/portal/auth/login", body).status == 200) }
            let eleventh = try await portal.post("/v1/portal/auth/login", body)
            #expect(eleventh.status == 429 && eleventh.json["error"]?["code"] == "RATE_LIMIT_EXCEEDED")
            let other = body.replacing("jane", with: "nobody")
            #expect(try await portal.post("/v1/portal/auth/login", other).status == 401)
        }
    }

    @Test func `answer 503 with Retry-After while no password can be looked at`() async throws {
        try await withLobbies { portal in
            await portal.parts.pools[1].close()
            let answer = try await portal.post(
                "/admin/login", #"{"username":"admin","password":"Right#Passage-1"}"#)
            #expect(answer.status == 503 && answer.json["code"] == "SERVICE_UNAVAILABLE")
            #expect(Int(answer.field("retry-after") ?? "").map { $0 >= 1 } == true)
        }
    }

    @Test func `make a browser known by a cookie that is no credential`() async throws {
        try await withLobbies { portal in
            let right = #"{"username":"admin","password":"Right#Passage-1"}"#
            let wrong = right.replacing("Right", with: "Wrong")
            #expect(try await portal.post("/admin/login", wrong).field("set-cookie") == nil)
            let answer = try await portal.post("/admin/login", right)
            let cookie = try #require(answer.field("set-cookie"))
            #expect(cookie.hasPrefix("portico_device=") && cookie.contains("HttpOnly"))
            let known = "cookie: theme=dark; " + cookie.prefix { $0 != ";" }
            for _ in 0..<5 { #expect(try await portal.post("/admin/login", wrong).status == 401) }
            #expect(try await portal.post("/admin/login", right).status == 423)
            let again = try await portal.post("/admin/login", right, [known])
            #expect(again.status == 200 && again.field("set-cookie") == nil)
            #expect(try await portal.post("/admin/login", wrong, [known]).status == 401)
        }
    }

    @Test func `register by a mailed link, and only where the tenant allows it`() async throws {
        try await withLobbies { portal in
            let asked = try await portal.post(
                "/v1/portal/auth/register",
                #"{"email":"kim@lobby.example","firstName":"Kim","lastName":"Lee","language":"en"}"#)
            #expect(asked.status == 202 && asked.data["expiresIn"] == 86_400)
            let found = try await portal.linkToken("/accept-invitation", to: "kim@lobby.example")
            let token = try #require(found)
            let weak = try await portal.post(
                "/v1/portal/auth/accept-invitation", #"{"token":"\#(token)","password":"Password1!"}"#)
            #expect(weak.status == 400 && weak.text.contains(#""field":"password""#))
            let accept = #"{"token":"\#(token)","password":"Kims#Passage-1"}"#
            #expect(try await portal.post("/v1/portal/auth/accept-invitation", accept).status == 204)
            #expect(try await portal.post("/v1/portal/auth/accept-invitation", accept).status == 401)
            let login = #"{"email":"kim@lobby.example","password":"Kims#Passage-1"}"#
            #expect(try await portal.post("/v1/portal/auth/login", login).status == 200)
        }
        try await withLobbies(registration: "invited") { portal in
            let asked = try await portal.post(
                "/v1/portal/auth/register", #"{"email":"kim@lobby.example","firstName":"Kim","lastName":"Lee"}"#)
            #expect(asked.status == 403)
        }
    }

    @Test func `change and reset a password, in each dialect's words`() async throws {
        try await withLobbies { portal in
            let signedIn = try await portal.post("/api/token/", #"{"username":"jane","password":"Right#Passage-1"}"#)
            let bearer = "authorization: Bearer \(signedIn.json["access"]?.string ?? "")"
            let change = #"{"current_password":"Right#Passage-1","new_password":"Next#Passage-2"}"#
            #expect(try await portal.post("/api/token/change-password", change).status == 401)
            #expect(try await portal.post("/api/token/change-password", change, [bearer]).status == 204)
            let unknown = try await portal.post(
                "/api/token/change-password", change.replacing("new_password", with: "newPassword"), [bearer])
            #expect(unknown.status == 400)
            #expect(try await portal.post("/api/token/forgot-password", #"{"username":"jane"}"#).status == 202)
            let found = try await portal.linkToken("/reset-password", to: "jane@lobby.example")
            let token = try #require(found)
            let reset = #"{"token":"\#(token)","password":"Third#Passage-3"}"#
            #expect(
                try await portal.send("POST", "/api/token/reset-password", [], body: reset, tenant: "other").status
                    == 401)
            #expect(try await portal.post("/api/token/reset-password", reset).status == 204)
            let next = #"{"username":"jane","password":"Third#Passage-3"}"#
            #expect(try await portal.post("/api/token/", next).status == 200)
            let elsewhere = try await portal.send("POST", "/api/token/", [], body: next, tenant: "other")
            #expect(elsewhere.status == 401)
            let refresh = #"{"refresh":"\#(signedIn.json["refresh"]?.string ?? "")"}"#
            #expect(try await portal.post("/api/token/refresh/", refresh).status == 401)
        }
    }
}
