import Testing

@Suite struct `A portal as it is set up` {
    @Test func `has nobody in it and no door of the demo, whatever its folder holds`() async throws {
        // The repository's tenants come with the demo's people; without --demo nobody of them is made.
        let folder = try TemporaryFolder()
        for name in ["lumen/tenant.json", "lumen/demo.json"] {
            try folder.write(try Repository.text(of: "tenants/" + name), to: name)
        }
        let portico = try await PorticoProcess.start(DemoPlace(tenants: folder.path), isDemo: false)
        for name in ["admin@lumen.example", "staff@lumen.example"] {
            let login = #"{"email":"\#(name)","password":"Portal#2025demo"}"#
            #expect(try await portico.send(.post("/v1/auth/login", login)).status == 401)
        }
        #expect(try await portico.send(.post("/customer/auth", #"{"phone":"+15550100001"}"#)).status == 202)
        for path in ["/_dev/", "/_dev/outbox"] { #expect(try await portico.send(.get(path)).status == 404) }
    }
}

@Suite struct `What a person may not write of themselves` {
    @Test func `is refused by the field's name, or not looked at, and changes nothing`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100008")
        for (method, path) in [
            ("PATCH", "/_portico/v1/me"), ("PUT", "/api/customer/profile"), ("PUT", "/portal/profile"),
        ] {
            let shown = path.contains("me") ? "/_portico/v1/me" : path
            let before = try await demo.send(.get(shown).by(person)).json(if: 200)
            for (field, value) in [
                ("id", #""usr_x""#), ("roles", #"[{"plugin":"appointments","role":"ADMIN"}]"#), ("plan", #""premium""#),
                ("permissions", #"["*"]"#), ("state", #""active""#), ("createdAt", #""2020-01-01T00:00:00Z""#),
                ("methods", #"["mfa"]"#), ("practiceId", #""brn_berlin""#), ("status", #""VIP""#),
            ] {
                let request = HTTPRequest(method: method, path: path, json: "{\"\(field)\":\(value)}").by(person)
                let answer = try await demo.send(request.with("Accept", "application/problem+json"))
                // A profile is sent back as it was read, with what is not to be changed in it.
                if path != "/_portico/v1/me", ["id", "status", "createdAt"].contains(field), answer.status == 200 {
                    continue
                }
                #expect(answer.status == 400, "\(path) \(field): \(answer.text)")
                #expect(answer.json["errors"][0]["field"] == .string(field), "\(path) \(field): \(answer.text)")
            }
            let after = try await demo.send(.get(shown).by(person)).json(if: 200)
            let changed = after.members.filter { $0.value != before[$0.key] }.keys
            #expect(changed.filter { $0 != "updatedAt" }.isEmpty, "\(path): \(changed)")
        }
    }
}
