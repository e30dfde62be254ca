import Crypto
import PluginAPI
import Testing

@testable import Host

@Suite struct `A sign-in at an identity provider` {
    private func with(
        proven: Bool = true, _ body: (SignInDesk, TenantAuth, Issuer) async throws -> Void
    ) async throws {
        try await withPortal { portal in
            let issuer = try Issuer()
            try await portal.giveSamAPassword(proven: proven)
            let auth = try await portal.again(
                settings: AuthSettings(oidc: [Issuer.provider]), secondFactor: AuthenticatorFactor(),
                issuers: issuer.keys)
            try await body(portal, auth, issuer)
        }
    }

    private func signIn(
        _ auth: TenantAuth, _ token: String, nonce: String? = nil, roles: [String] = ["STAFF"],
        registers: String? = nil,
        after: Duration = .zero, enrolled: @escaping @Sendable (PersonID) -> Void = { _ in }
    ) async throws -> SignInOutcome {
        try await auth.signIn(
            .init(provider: "example", idToken: token, nonce: nonce, isRemembered: true), at: "surgery", roles: roles,
            registers: registers, origin: SignInDesk.origin(after)
        ) { person, _ in enrolled(person) }
    }

    private func person(_ outcome: SignInOutcome) -> PersonID? {
        if case .tokens(let answer) = outcome { answer.person } else { nil }
    }

    @Test func `is linked to the account whose address both have proven, and found again by its subject`() async throws
    {
        try await with { portal, auth, issuer in
            let sam = try await portal.sam()
            #expect(person(try await signIn(auth, issuer.token())) == sam)
            let other = try issuer.token(["email": "other@lumen.example"])
            #expect(person(try await signIn(auth, other)) == sam)
            #expect(try await portal.actions().filter { $0 == "identity.linked" }.count == 1)
            guard case .tokens(let answer) = try await signIn(auth, issuer.token()) else { return }
            let facts = try #require(
                try auth.authenticate(
                    Array(answer.accessToken.utf8), token: 0..<answer.accessToken.utf8.count, slot: 0,
                    now: SignInDesk.start
                ).facts)
            #expect(facts.methods == ["fed"])
            #expect(facts.principal(for: "surgery").reach(of: Surgery.run) == .branches(["east"]))
        }
    }

    @Test func `is not linked to an address that the account has not proven`() async throws {
        try await with(proven: false) { _, auth, issuer in
            let refused = try await problem { _ = try await signIn(auth, issuer.token()) }
            #expect(refused?.status == 409)
        }
    }

    @Test func `is not linked on the word of a provider that has not proven the address`() async throws {
        try await with { _, auth, issuer in
            for claims: [String: JSON?] in [["email_verified": false], ["email_verified": nil], ["email": nil]] {
                let refused = try await problem { _ = try await signIn(auth, issuer.token(claims)) }
                #expect(refused == .tokenInvalid)
            }
            #expect(person(try await signIn(auth, issuer.token(["email_verified": "true"]))) != nil)
        }
    }

    @Test func `raises no role`() async throws {
        try await with { _, auth, issuer in
            let refused = try await problem { _ = try await signIn(auth, issuer.token(), roles: ["ADMIN"]) }
            #expect(refused == .tokenInvalid)
        }
    }

    @Test func `makes an account where registration is open`() async throws {
        try await with { portal, auth, issuer in
            let token = try issuer.token(["sub": "s-2", "email": "new@lumen.example"])
            let closed = try await problem { _ = try await signIn(auth, token, roles: ["customer"]) }
            #expect(closed == .tokenInvalid)
            let made = person(try await signIn(auth, token, roles: ["customer"], registers: "customer"))
            let id = try #require(made)
            let isProven = try await portal.host { try People.isVerified(.email, of: id, $0) }
            #expect(isProven)
            #expect(person(try await signIn(auth, token, roles: ["customer"])) == id)
        }
    }

    @Test func `asks for the account's second factor`() async throws {
        try await with { portal, auth, issuer in
            let sam = try await portal.sam()
            let enrolment = try await auth.enrolFactor(of: sam, origin: SignInDesk.origin())
            let totp = try TOTP(secret: SecretBytes(try #require(Base32.decode(enrolment.secret))))
            _ = try await auth.proveFactor(
                of: sam, session: "none", code: totp.code(at: SignInDesk.start.seconds), origin: SignInDesk.origin())
            guard case .secondFactorDue(let challenge) = try await signIn(auth, issuer.token()) else {
                Issue.record("no second factor was asked for")
                return
            }
            let later = Duration.seconds(30)
            let answer = try await auth.answerChallenge(
                challenge.token, code: totp.code(at: (SignInDesk.start + later).seconds), at: "surgery",
                SignInDeclaration(method: .password, roles: ["STAFF"], registers: nil, paths: [], account: .none),
                origin: SignInDesk.origin(later))
            #expect(answer.person == sam)
        }
    }

    @Test func `refuses what is not a good token for this tenant and moment`() async throws {
        try await with { _, auth, issuer in
            let now = SignInDesk.start.seconds
            let stranger = try RSAKey.generate()
            var bad: [(String, String)] = [
                ("no token", "x"), ("another's key", try issuer.token(by: stranger)),
                ("another algorithm", try issuer.token(algorithm: "HS256")),
                ("none", try issuer.token(algorithm: "none")),
                (
                    "unsigned",
                    try issuer.token().split(separator: ".")
                        .dropLast().joined(separator: ".") + "."
                ),
            ]
            let claims: [(String, [String: JSON?])] = [
                ("issuer", ["iss": "https://evil.example.com"]), ("audience", ["aud": "other"]),
                ("no audience", ["aud": nil]), ("of many", ["aud": ["portico-1", "other"]]),
                ("party", ["azp": "other"]), ("expired", ["exp": .integer(now - 61)]), ("no end", ["exp": nil]),
                ("future", ["iat": .integer(now + 61)]), ("old", ["iat": .integer(now - 90_000)]),
                ("not yet", ["nbf": .integer(now + 61)]), ("nobody", ["sub": nil]), ("empty", ["sub": ""]),
                ("huge", ["exp": .integer(Int64.max)]),
            ]
            for (name, changes) in claims { bad.append((name, try issuer.token(changes))) }
            for (name, token) in bad {
                let refused = try await problem { _ = try await signIn(auth, token) }
                #expect(refused == .tokenInvalid, "\(name)")
            }
            let noNonce = try await problem { _ = try await signIn(auth, issuer.token(), nonce: "n") }
            #expect(noNonce == .tokenInvalid)
            let good: [[String: JSON?]] = [
                ["aud": ["portico-1"]], ["aud": ["portico-1", "other"], "azp": "portico-1"], ["nonce": "n"],
                ["exp": .integer(now - 59)],
            ]
            for claims in good {
                #expect(
                    person(try await signIn(auth, issuer.token(claims), nonce: claims["nonce"] == nil ? nil : "n"))
                        != nil)
            }
        }
    }

    @Test func `names a provider of the tenant`() async throws {
        try await with { _, auth, issuer in
            let token = try issuer.token()
            let refused = try await problem {
                _ = try await auth.signIn(
                    .init(provider: "google", idToken: token, nonce: nil, isRemembered: true), at: "surgery",
                    roles: ["STAFF"], registers: nil, origin: SignInDesk.origin()
                ) { _, _ in }
            }
            #expect(refused?.status == 400 && refused?.mistakes.first?.field == "provider")
        }
    }

    @Test func `fetches keys once, again for an unknown one, and that once a minute`() async throws {
        try await with { _, auth, issuer in
            for _ in 0..<3 { _ = try await signIn(auth, issuer.token()) }
            #expect(issuer.asked == [Issuer.address + "/.well-known/openid-configuration", Issuer.address + "/keys"])
            for name in ["k2", "k3", "k4"] {
                let token = try issuer.token(kid: name)
                #expect(try await problem { _ = try await signIn(auth, token) } == .tokenInvalid)
            }
            #expect(issuer.asked.count == 2, "the set was fetched a moment ago")
            issuer.publish(["k1", "k2"])
            let minute = Duration.seconds(60)
            let later = SignInDesk.start + minute
            _ = try await signIn(auth, issuer.token(kid: "k2", at: later), after: minute)
            #expect(issuer.asked.count == 4)
            issuer.goDown()
            let hours = Duration.seconds(7200)
            _ = try await signIn(auth, issuer.token(kid: "k2", at: SignInDesk.start + hours), after: hours)
            #expect(issuer.asked.count == 5, "its known keys are good while it is away")
        }
    }

    @Test func `is unavailable while the provider's keys cannot be had`() async throws {
        try await with { _, auth, issuer in
            issuer.goDown()
            let refused = try await problem { _ = try await signIn(auth, issuer.token()) }
            #expect(refused?.status == 503 && refused?.retryAfter == 30)
        }
    }
}
