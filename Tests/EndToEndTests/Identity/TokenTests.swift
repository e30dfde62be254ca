import Testing

@Suite struct `What is no access token` {
    private static let profile = "/api/customer/profile"

    private func status(_ demo: PorticoProcess, bearer token: String) async throws -> HTTPAnswer {
        try await demo.send(.get(Self.profile).with("Authorization", "Bearer \(token)"))
    }

    @Test func `is whatever can be forged with the public keys and a good token`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100009")
        let folder = try TemporaryFolder()
        try folder.write(try await demo.send(.get("/.well-known/jwks.json")).text, to: "jwks.json")
        let run = try await Command.run([
            Repository.path + "/.ci/python", "PyJWT==2.10.1", "cryptography==43.0.3", "--",
            Repository.path + "/Tests/Support/jwt_forger.py", folder.path + "/jwks.json", person.accessToken,
        ])
        #expect(run.ending == .exit(0), "\(run.output)")
        let forged = run.output.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        #expect(forged.count > 40)
        #expect(try await status(demo, bearer: person.accessToken).status == 200)
        for line in forged {
            guard let name = line.first, let token = line.dropFirst().first else { throw Failure("\(line)") }
            let answer = try await status(demo, bearer: String(token))
            #expect(answer.status == 401 || answer.status == 431, "\(name): \(answer.status)")
        }
        #expect(try await status(demo, bearer: person.accessToken).status == 200)
    }

    @Test func `is any other credential, each good for what it is for`() async throws {
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn("+15550100001")
        let code = try await demo.requestCode("+15550100002", at: "lumen")
        let key = try await demo.send(
            .post("/_portico/v1/api-keys", #"{"name":"Robot","scopes":["read:profile"]}"#).by(person)
        ).json(if: 201)["key"].string
        let kid = try await demo.send(.get("/.well-known/jwks.json")).json(if: 200)["keys"][0]["kid"].string
        let others = [
            "refresh token": person.refreshToken, "API key": try #require(key), "texted code": code,
            "name of a signing key": try #require(kid), "id": try #require(person.customer["id"].string),
            "nothing": "", "two tokens": person.accessToken + " " + person.accessToken,
        ]
        for (name, credential) in others {
            #expect(try await status(demo, bearer: credential).status == 401, "\(name) as a bearer")
        }
        let profile = HTTPRequest.get(Self.profile)
        for (name, credential) in ["access token": person.accessToken, "refresh token": person.refreshToken] {
            #expect(
                try await demo.send(profile.with("X-API-Key", credential)).status == 401, "\(name) as an API key")
            for cookie in ["portico_session-lumen", "__Host-portico_session"] {
                let request = profile.with("Cookie", "\(cookie)=\(credential)")
                #expect(try await demo.send(request).status == 401, "\(name) as a cookie")
            }
        }
        #expect(try await demo.send(profile.with("Authorization", "Basic \(person.accessToken)")).status == 401)
        #expect(try await demo.send(.get(Self.profile + "?access_token=\(person.accessToken)")).status != 200)
        for token in [person.accessToken, try #require(key), code] {
            let body = #"{"refreshToken":"\#(token)"}"#
            let refused = try await demo.send(.post("/customer/auth/refresh", body))
            // An access token is longer than any refresh token.
            #expect(refused.status == (token.utf8.count > 512 ? 400 : 401), "as a refresh token: \(refused.text)")
        }
        // None of it used anything up.
        #expect(try await demo.send(profile.by(person)).status == 200)
        #expect(try await demo.send(profile.with("X-API-Key", try #require(key))).status == 200)
        let refresh = #"{"refreshToken":"\#(person.refreshToken)"}"#
        #expect(try await demo.send(.post("/customer/auth/refresh", refresh)).status == 200)
    }
}
