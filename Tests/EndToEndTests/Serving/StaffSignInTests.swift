import Testing

@Suite struct `The clinic's staff at the demo` {
    @Test(arguments: [
        ("admin", "ADMIN"), ("manager", "MANAGER"), ("practitioner", "PRACTITIONER"), ("staff", "STAFF"),
    ])
    func `sign in by password, refresh and sign out`(name: String, role: String) async throws {
        let demo = try await PorticoProcess.start()
        let login = #"{"email":"\#(name)@lumen.example","password":"Portal#2025demo"}"#
        let tokens = try await demo.send(.post("/v1/auth/login", login)).json(if: 200)
        #expect(tokens["user"]["role"].string == role)
        #expect(tokens["user"]["email"].string == "\(name)@lumen.example")
        #expect(tokens["expiresIn"] == .number(900))
        let refresh = #"{"refreshToken":"\#(tokens["refreshToken"].string ?? "")"}"#
        let next = try await demo.send(.post("/v1/auth/refresh", refresh)).json(if: 200)
        let out = #"{"refreshToken":"\#(next["refreshToken"].string ?? "")"}"#
        #expect(try await demo.send(.post("/v1/auth/logout", out)).status == 204)
        #expect(try await demo.send(.post("/v1/auth/refresh", out)).status == 401)
        // Another tenant with people of other names: the same words are worth nothing there.
        #expect(try await demo.send(.post("/v1/auth/login", login), to: "northgate").status == 401)
    }

    @Test func `are mailed a link when they forgot their password`() async throws {
        let demo = try await PorticoProcess.start()
        let known = try await demo.send(.post("/v1/auth/forgot-password", #"{"email":"staff@lumen.example"}"#))
        let unknown = try await demo.send(.post("/v1/auth/forgot-password", #"{"email":"nobody@lumen.example"}"#))
        #expect(known.status == 202 && known.status == unknown.status && known.body == unknown.body)
        let letter = try await eventually("a letter to staff@lumen.example") {
            try await demo.send(.get("/_dev/outbox?channel=email&to=staff@lumen.example")).json(if: 200)
                .elements.first?["body"].string
        }
        let token = letter.split(separator: "\n").lazy.compactMap { line in
            line.contains("/reset-password?token=") ? line.split(separator: "token=").last : nil
        }.first
        let reset = #"{"token":"\#(try #require(token))","password":"Fresh#Start-2026"}"#
        #expect(try await demo.send(.post("/v1/auth/reset-password", reset)).status == 204)
        #expect(try await demo.send(.post("/v1/auth/reset-password", reset)).status == 401)
        let login = #"{"email":"staff@lumen.example","password":"Fresh#Start-2026"}"#
        #expect(try await demo.send(.post("/v1/auth/login", login)).status == 200)
    }
}
