import FoundationEssentials
import Testing

@Suite struct `Credentials over the wire` {
    /// The value of a hidden field in a page.
    private func hidden(_ name: String, _ page: HTTPAnswer) throws -> String {
        let rest = try #require(
            page.text.split(separator: "name=\"\(name)\" value=\"").dropFirst().first, "\(page.text)")
        return String(rest.prefix { $0 != "\"" })
    }

    private func form(_ path: String, _ body: String, _ cookies: [String: String]) -> HTTPRequest {
        HTTPRequest(
            method: "POST", path: path, fields: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.utf8)
        ).with("Cookie", cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
    }

    private func keep(_ answer: HTTPAnswer, _ cookies: inout [String: String]) {
        for field in answer.fields where field.name.lowercased() == "set-cookie" {
            let pair = field.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
    }

    @Test func `a browser signs in, sees where, and signs the others out`() async throws {
        let demo = try await PorticoProcess.start()
        var cookies: [String: String] = [:]
        let phone = "+15550100004"
        let before = Set(try await demo.messages(to: phone).map { $0["id"] })
        let page = try await demo.send(.get("/sign-in?next=/me/sessions"))
        keep(page, &cookies)
        let asked = try await demo.send(
            form("/sign-in/code", "phone=%2B\(phone.dropFirst())&csrf=\(try hidden("csrf", page))", cookies))
        #expect(asked.status == 200, "\(asked.text)")
        let code = try await eventually("a code") {
            try await demo.messages(to: phone).first { !before.contains($0["id"]) }?["body"].string?
                .split { !$0.isNumber }.first { $0.count == 6 }
        }
        let body = "phone=%2B\(phone.dropFirst())&code=\(String(code))&csrf=\(try hidden("csrf", asked))"
        let done = try await demo.send(form("/sign-in/phone", body, cookies))
        #expect(done.status == 303, "\(done.text)")
        keep(done, &cookies)
        let session = try #require(cookies["portico_session-lumen"])
        let cookie = "portico_session-lumen=\(session)"
        let list = try await demo.send(.get("/_portico/v1/me/sessions").with("Cookie", cookie)).json(if: 200)
        #expect(list["data"].elements.count == 1 && list["data"][0]["current"] == .bool(true))
        let sessions = try await demo.send(.get("/me/sessions").with("Cookie", cookie))
        #expect(sessions.status == 200 && sessions.text.contains("this device"))
        let unmeant = HTTPRequest(method: "DELETE", path: "/_portico/v1/me/sessions").with("Cookie", cookie)
        #expect(try await demo.send(unmeant).status == 403)
        #expect(try await demo.send(unmeant.with("Sec-Fetch-Site", "cross-site")).status == 403)
        #expect(try await demo.send(.get("/me/sessions").with("Cookie", cookie), to: "northgate").status == 303)
        #expect(try await demo.send(unmeant.with("Sec-Fetch-Site", "same-origin")).status == 204)
        #expect(try await demo.send(.get("/_portico/v1/me").with("Cookie", cookie)).status == 401)
    }

    @Test func `a program uses an API key until it is revoked, over a restart too`() async throws {
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn("+15550100003")
        let me = try await demo.send(.get("/_portico/v1/me").by(person)).json(if: 200)
        let scopes = me["permissions"]["appointments"].elements.compactMap(\.string)
        let scope = try #require(scopes.first { $0.hasPrefix("read:") }, "\(me)")
        let made = try await demo.send(
            .post("/_portico/v1/api-keys", #"{"name":"Robot","scopes":["\#(scope)"]}"#).by(person)
        ).json(if: 201)
        let (id, key) = (try #require(made["id"].string), try #require(made["key"].string))
        let read = HTTPRequest.get("/api/customer/appointments").with("X-API-Key", key)
        #expect(try await demo.send(read).status == 200)
        #expect(try await demo.send(read, to: "northgate").status == 401)
        #expect(try await demo.send(.get("/api/customer/appointments").with("X-API-Key", key + "x")).status == 401)
        try await demo.kill()
        let again = try await PorticoProcess.start(demo.place)
        #expect(try await again.send(read).status == 200, "it was acknowledged, so it is there")
        let owner = try await again.signIn("+15550100003")
        let revoked = HTTPRequest(method: "DELETE", path: "/_portico/v1/api-keys/\(id)").by(owner)
        #expect(try await again.send(revoked).status == 204)
        #expect(try await again.send(read).status == 401)
    }

    @Test func `an access token holds under PyJWT, and altered it does not`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100002")
        let set = try await demo.send(.get("/.well-known/jwks.json"))
        let folder = try TemporaryFolder()
        try folder.write(set.text, to: "jwks.json")
        let payload = try #require(person.accessToken.split(separator: ".").dropFirst().first)
        let padded = payload.replacing("-", with: "+").replacing("_", with: "/")
        let claims = try JSON(
            Array(try #require(Data(base64Encoded: padded + String(repeating: "=", count: (4 - padded.count % 4) % 4))))
        )
        let issuer = try #require(claims["iss"].string)
        let run = try await Command.run([
            Repository.path + "/.ci/python", "PyJWT==2.10.1", "cryptography==43.0.3", "--",
            Repository.path + "/Tests/Support/jwt_oracle.py", folder.path + "/jwks.json", person.accessToken, issuer,
        ])
        #expect(run.ending == .exit(0), "\(run.output)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "good RS256 at+jwt", try #require(claims["sub"].string), "InvalidSignatureError", "InvalidIssuerError",
                "InvalidAudienceError",
            ], "\(run.output)")
    }
}
