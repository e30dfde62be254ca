import FoundationEssentials
import Testing

@Suite struct `Sign-in at a live identity provider` {
    /// Lumen, with the provider under several names.
    private static func tenants(_ issuer: LiveIssuer) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let text = try Repository.text(of: "tenants/lumen/tenant.json")
        let auth = """
            "auth": { "oidc": [
                { "provider": "live", "issuer": "\(issuer.address)", "clientId": "portico-tests" },
                { "provider": "pinned", "issuer": "\(issuer.address)", "clientId": "portico-tests",
                  "jwksUri": "\(issuer.address)/keys" },
                { "provider": "plain", "issuer": "\(issuer.plainAddress)", "clientId": "portico-tests" }
            ] },
            "channels":
            """
        let parts = text.split(separator: "\"channels\":", maxSplits: 1)
        guard parts.count == 2 else { throw Failure("lumen names no channels") }
        try folder.write(parts[0] + auth + parts[1], to: "lumen/tenant.json")
        try folder.write(try Repository.text(of: "tenants/lumen/demo.json"), to: "lumen/demo.json")
        return folder
    }

    private static let reaching = ["--allow-private-targets", "--outbound-ca"]

    private func signIn(
        _ demo: PorticoProcess, _ token: String, at provider: String = "live", nonce: String? = nil
    ) async throws -> HTTPAnswer {
        let nonce = nonce.map { #","nonce":"\#($0)""# } ?? ""
        let body = #"{"provider":"\#(provider)","idToken":"\#(token)"\#(nonce)}"#
        return try await demo.send(.post("/v1/auth/social", body))
    }

    @Test func `is good for the account whose address both have proven, and for no other`() async throws {
        let certificates = try await Certificates()
        let issuer = try await LiveIssuer.start(certificates)
        let tenants = try Self.tenants(issuer)
        let demo = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path), Self.reaching + [certificates.folder.path + "/ca.pem"])

        let tokens = try await signIn(demo, issuer.token(of: "manager@lumen.example", subject: "m-1")).json(if: 200)
        #expect(tokens["user"]["email"] == "manager@lumen.example" && tokens["user"]["role"] == "MANAGER")
        let access = try #require(tokens["accessToken"].string)
        let me = HTTPRequest.get("/_portico/v1/me").with("Authorization", "Bearer \(access)")
        #expect(try await demo.send(me).json(if: 200)["email"] == "manager@lumen.example")
        // From now on the subject is the name: another address changes nothing, and is not linked by it.
        let renamed = try await signIn(demo, issuer.token(of: "staff@lumen.example", subject: "m-1")).json(if: 200)
        #expect(renamed["user"]["email"] == "manager@lumen.example")
        #expect(try await issuer.fetches() == (discovery: 1, keys: 1))

        // The same issuer with an address of keys of its own is asked at that address alone.
        let pinned = try await signIn(
            demo, issuer.token(of: "staff@lumen.example", subject: "s-1"), at: "pinned")
        #expect(pinned.status == 200, "\(pinned.text)")
        #expect(try await issuer.fetches() == (discovery: 1, keys: 2))
        let plain = try await signIn(
            demo, issuer.token(#"{"plain": true, "claims": {"email": "practitioner@lumen.example"}}"#), at: "plain")
        #expect(plain.status == 200, "the operator allowed private targets: \(plain.text)")

        // An account that has its address from staff and has never shown that it is theirs.
        let admin = try await demo.signIn(email: "admin@lumen.example")
        let made = try await demo.send(
            .post(
                "/_portico/v1/users",
                #"{"givenName":"New","email":"new@lumen.example","roles":[{"plugin":"appointments","name":"STAFF"}]}"#,
                ("Authorization", "Bearer \(admin)")))
        #expect(made.status == 201, "\(made.text)")
        let unproven = try await signIn(demo, issuer.token(of: "new@lumen.example", subject: "n-1"))
        #expect(unproven.status == 409, "\(unproven.text)")
        let again = try await signIn(demo, issuer.token(of: "new@lumen.example", subject: "n-1"))
        #expect(again.status == 409, "and the first try has linked nothing")
    }

    @Test func `is refused for every token that is not meant for this portal and moment`() async throws {
        let certificates = try await Certificates()
        let issuer = try await LiveIssuer.start(certificates)
        let tenants = try Self.tenants(issuer)
        let demo = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path), Self.reaching + [certificates.folder.path + "/ca.pem"])
        let start = ContinuousClock.now
        func claims(_ text: String) -> String { #"{"claims": {"email": "staff@lumen.example", \#(text)}}"# }
        func header(_ text: String) -> String { #"{"claims": {"email": "staff@lumen.example"}, \#(text)}"# }
        let bad = [
            "iss": claims(#""iss": "https://elsewhere.example""#), "aud": claims(#""aud": "another-client""#),
            "aud of many": claims(#""aud": ["portico-tests", "another-client"]"#), "no aud": claims(#""aud": null"#),
            "azp": claims(#""azp": "another-client""#), "expired": claims(#""exp": -61"#),
            "no exp": claims(#""exp": null"#), "not yet": claims(#""nbf": 90"#), "future": claims(#""iat": 90"#),
            "no subject": claims(#""sub": null"#), "unproven": claims(#""email_verified": false"#),
            "nothing said of the address": claims(#""email_verified": null"#),
            "none": header(#""alg": "none""#), "HMAC by the public key": header(#""alg": "HS256""#),
            "another key by this name": header(#""key": "stranger", "kid": "k1""#),
            "a key that is not published": header(#""key": "stranger""#),
            "nobody here": #"{"claims": {"email": "nobody@lumen.example"}}"#,
        ]
        for (name, otherwise) in bad {
            let answer = try await signIn(demo, issuer.token(otherwise))
            #expect(answer.status == 401, "\(name): \(answer.text)")
            #expect(answer.json["error"]["code"] == "AUTH_TOKEN_INVALID", "\(name)")
        }
        for nonce in ["mine", nil] as [String?] {
            let other = try await issuer.token(of: "staff@lumen.example", subject: "s-1", nonce: nonce.map { $0 + "x" })
            #expect(try await signIn(demo, other, nonce: "mine").status == 401, "nonce \(nonce ?? "missing")")
        }
        let good = try await issuer.token(of: "staff@lumen.example", subject: "s-1", nonce: "mine")
        #expect(try await signIn(demo, String(good.dropLast(4)) + "AAAA", nonce: "mine").status == 401)
        let elsewhere = try await signIn(demo, good, at: "google", nonce: "mine")
        #expect(elsewhere.status == 400 && elsewhere.text.contains("provider"))
        #expect(try await signIn(demo, good, nonce: "mine").status == 200, "the refusing is not of everything")
        let asBearer = HTTPRequest.get("/_portico/v1/me").with("Authorization", "Bearer \(good)")
        #expect(try await demo.send(asBearer).status == 401, "an ID token opens nothing by itself")
        // Bad tokens make the keys be fetched again once a minute at most, however many they are.
        let minutes = Int((ContinuousClock.now - start) / .seconds(60))
        #expect(try await issuer.fetches().keys <= 1 + minutes)
    }

    @Test func `goes on when the provider changes its keys, after one fetch, and drops those it withdrew`() async throws
    {
        let certificates = try await Certificates()
        let issuer = try await LiveIssuer.start(certificates)
        let tenants = try Self.tenants(issuer)
        let demo = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path), Self.reaching + [certificates.folder.path + "/ca.pem"])
        let old = try await issuer.token(of: "staff@lumen.example", subject: "s-1")
        let start = ContinuousClock.now
        // Many at once, before anything is known of the provider, make one fetch.
        let crowd = try await together(20) { _ in
            try demo.connect()
        } act: { _, connection in
            let body = #"{"provider":"live","idToken":"\#(old)"}"#
            return try connection.sendNow(.post("/v1/auth/social", body)).status
        }
        #expect(Set(crowd) == [200])
        #expect(try await issuer.fetches() == (discovery: 1, keys: 1))

        try await issuer.publish("k2")
        let new = try await issuer.token(of: "staff@lumen.example", subject: "s-1")
        // Not before a minute after the fetch is the next allowed, and one is enough for everybody.
        _ = try await eventually("a sign-in by the new key", tries: 1200) {
            if try await signIn(demo, new).status == 200 { return true }
            try await Task.sleep(for: .milliseconds(250))
            return nil
        }
        #expect(ContinuousClock.now - start > .seconds(55), "the keys had been fetched a moment ago")
        #expect(try await issuer.fetches() == (discovery: 2, keys: 2))
        #expect(try await signIn(demo, new).status == 200)
        #expect(try await signIn(demo, old).status == 401, "its key is withdrawn")
        #expect(try await issuer.fetches() == (discovery: 2, keys: 2))
    }

    @Test func `asks no private address and no stranger's certificate unless the operator said so`() async throws {
        let certificates = try await Certificates()
        let issuer = try await LiveIssuer.start(certificates)
        let tenants = try Self.tenants(issuer)
        let token = try await issuer.token(of: "staff@lumen.example", subject: "s-1")
        let plain = try await issuer.token(#"{"plain": true, "claims": {"email": "staff@lumen.example"}}"#)
        for arguments in [["--outbound-ca", certificates.folder.path + "/ca.pem"], ["--allow-private-targets"]] {
            let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path), arguments)
            let answer = try await signIn(demo, token)
            #expect(answer.status == 503, "\(arguments.first ?? ""): \(answer.text)")
            #expect(answer.field("Retry-After").flatMap { Int($0) }.map { $0 >= 1 } == true)
            if arguments.first == "--outbound-ca" {
                #expect(try await signIn(demo, plain, at: "plain").status == 503)
            }
        }
        #expect(try await issuer.fetches() == (discovery: 0, keys: 0))
    }
}
