import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `The second factor of an account` {
    /// Jane's token and authenticator, at the sign-in of seed 000.
    private struct Jane {
        let portal: Portal
        let token: String
        let totp: TOTP
        let recoveryCodes: [String]

        var field: String { "authorization: Bearer \(token)" }

        /// The code the app shows, so many steps from now.
        func code(_ steps: Int64 = 0) -> String { totp.code(at: portal.clock.now.seconds + 30 * steps) }
    }

    private static let base = "/v1/portal/auth"

    private func login(_ portal: Portal, _ more: String = "") async throws -> WebAnswer {
        try await portal.post(
            Self.base + "/login", #"{"email":"jane@lobby.example","password":"Right#Passage-1"\#(more)}"#)
    }

    private func token(_ answer: WebAnswer) throws -> String { try #require(answer.data["accessToken"]?.string) }

    private func challenge(_ portal: Portal) async throws -> String {
        try #require(try await login(portal).data["challengeToken"]?.string)
    }

    private func answer(_ portal: Portal, _ challenge: String, _ code: String) async throws -> WebAnswer {
        try await portal.post(Self.base + "/2fa/verify", #"{"challengeToken":"\#(challenge)","code":"\#(code)"}"#)
    }

    /// Sets Jane's authenticator up.
    private func withJane(_ body: (Jane) async throws -> Void) async throws {
        try await withLobbies { portal in
            let token = try token(await login(portal))
            let field = "authorization: Bearer \(token)"
            let enrolment = try await portal.post(Self.base + "/2fa/enable", "{}", [field])
            #expect(enrolment.status == 200 && enrolment.field("cache-control") == "no-store")
            let secret = try #require(enrolment.data["secret"]?.string)
            let uri = try #require(enrolment.data["otpauthUri"]?.string)
            #expect(
                uri == "otpauth://totp/The%20Lobby:jane%40lobby.example?secret=\(secret)&issuer=The%20Lobby"
                    + "&algorithm=SHA1&digits=6&period=30")
            #expect(enrolment.data["qrCode"]?.string?.hasPrefix("<svg ") == true)
            let totp = try TOTP(secret: SecretBytes(try #require(Base32.decode(secret))))
            let code = totp.code(at: portal.clock.now.seconds)
            // Nothing has been proven yet.
            #expect(try await login(portal).data["accessToken"] != nil)
            let proof = try await portal.post(Self.base + "/2fa/verify", #"{"code":"\#(code)"}"#, [field])
            #expect(proof.status == 200)
            guard case .array(let codes)? = proof.data["recoveryCodes"] else {
                Issue.record("no recovery codes: \(proof.text)")
                return
            }
            #expect(codes.count == 10)
            portal.clock.advance(by: .seconds(60))
            try await body(
                Jane(portal: portal, token: token, totp: totp, recoveryCodes: codes.compactMap(\.string)))
        }
    }

    @Test func `is asked for in a second step, and each code is good once`() async throws {
        try await withJane { jane in
            let due = try await login(jane.portal)
            #expect(due.status == 200 && due.data["twoFactorRequired"] == true && due.data["expiresIn"] == 300)
            #expect(due.data["methods"] == ["totp", "recovery_code"] && due.data["accessToken"] == nil)
            let code = jane.code()
            let challenge = try #require(due.data["challengeToken"]?.string)
            let right = try await answer(jane.portal, challenge, code)
            #expect(right.status == 200 && right.data["customer"] != nil)
            let me = try await jane.portal.get(
                "/_portico/v1/me", ["authorization: Bearer \(try token(right))"])
            #expect(me.json["methods"] == ["mfa", "otp", "pwd"])
            #expect(try await answer(jane.portal, challenge, code).status == 401, "the challenge is spent")
            let again = try await self.challenge(jane.portal)
            #expect(try await answer(jane.portal, again, code).status == 401, "the code is spent")
            #expect(try await answer(jane.portal, again, jane.code(-1)).status == 401, "so are those before it")
            #expect(try await answer(jane.portal, again, jane.code(1)).status == 200, "one step of drift")
        }
    }

    @Test func `may be sent along with the password`() async throws {
        try await withJane { jane in
            let right = try await login(jane.portal, #","mfaToken":"\#(jane.code())""#)
            #expect(right.data["accessToken"] != nil)
            let replayed = try await login(jane.portal, #","mfaToken":"\#(jane.code())""#)
            #expect(replayed.status == 401 && replayed.json["error"]?["code"] == "AUTH_TOKEN_INVALID")
            let recovery = try await login(jane.portal, #","mfaToken":"\#(jane.recoveryCodes[0])""#)
            #expect(recovery.data["accessToken"] != nil)
        }
    }

    @Test func `is replaced by a recovery code, each good once`() async throws {
        try await withJane { jane in
            let code = jane.recoveryCodes[3]
            for (typed, status) in [
                (code.uppercased(), 200), (code, 401), (jane.recoveryCodes[4].filter { $0 != "-" }, 200),
            ] {
                let challenge = try await challenge(jane.portal)
                let answer = try await jane.portal.post(
                    Self.base + "/2fa/verify", #"{"challengeToken":"\#(challenge)","recoveryCode":"\#(typed)"}"#)
                #expect(answer.status == status)
            }
            let state = try await jane.portal.get("/_portico/v1/me/2fa", [jane.field])
            #expect(state.json["enabled"] == true && state.json["recoveryCodesLeft"] == 8)
        }
    }

    @Test func `locks after five wrong codes in a row, over all challenges`() async throws {
        try await withJane { jane in
            for _ in 0..<2 {
                let challenge = try await challenge(jane.portal)
                for _ in 0..<2 { #expect(try await answer(jane.portal, challenge, "000000").status == 401) }
            }
            let challenge = try await challenge(jane.portal)
            #expect(try await answer(jane.portal, challenge, "nonsense").status == 401)
            let locked = try await answer(jane.portal, challenge, jane.code())
            #expect(locked.status == 423 && locked.field("retry-after") == "60")
        }
    }

    @Test func `waits five minutes and five tries`() async throws {
        try await withJane { jane in
            let challenge = try await challenge(jane.portal)
            jane.portal.clock.advance(by: .seconds(300))
            #expect(try await answer(jane.portal, challenge, jane.code()).status == 401)
            #expect(try await answer(jane.portal, "made-up", jane.code()).status == 401)
        }
    }

    @Test func `is worth nothing at another sign-in or tenant`() async throws {
        try await withJane { jane in
            let challenge = try await challenge(jane.portal)
            let body = #"{"challengeToken":"\#(challenge)","code":"\#(jane.code())"}"#
            #expect(try await jane.portal.post("/v1/auth/2fa/verify", body).status == 401)
            let elsewhere = try await jane.portal.send(
                "POST", Self.base + "/2fa/verify", [], body: body, tenant: "other")
            #expect(elsewhere.status == 401)
        }
    }

    @Test func `once proven, ends all sessions but the one that proved it`() async throws {
        try await withLobbies { portal in
            let other = try token(await login(portal))
            let own = "authorization: Bearer \(try token(await login(portal)))"
            let secret = try #require(
                try await portal.post("/_portico/v1/me/2fa/enable", "{}", [own]).json["secret"]?.string)
            let totp = try TOTP(secret: SecretBytes(try #require(Base32.decode(secret))))
            let wrong = try await portal.post("/_portico/v1/me/2fa/verify", #"{"code":"000000"}"#, [own])
            #expect(wrong.status == 401)
            let proof = try await portal.post(
                "/_portico/v1/me/2fa/verify", #"{"code":"\#(totp.code(at: portal.clock.now.seconds))"}"#, [own])
            #expect(proof.status == 200)
            #expect(try await portal.get("/_portico/v1/me", ["authorization: Bearer \(other)"]).status == 401)
            #expect(try await portal.get("/_portico/v1/me", [own]).json["methods"] == ["mfa", "otp", "pwd"])
        }
    }

    @Test func `ends, and its recovery codes are renewed, for a code`() async throws {
        try await withJane { jane in
            for (path, body, status) in [
                ("/recovery-codes", "{}", 400), ("/recovery-codes", #"{"code":"000000"}"#, 401),
                ("/recovery-codes", #"{"code":"\#(jane.code())"}"#, 200), ("/enable", "{}", 409),
                ("/disable", #"{"recoveryCode":"\#(jane.recoveryCodes[0])"}"#, 401),
                ("/disable", #"{"code":"\#(jane.code(1))"}"#, 204), ("/disable", #"{"code":"\#(jane.code(1))"}"#, 409),
            ] {
                let answer = try await jane.portal.post(Self.base + "/2fa" + path, body, [jane.field])
                #expect(answer.status == status, "\(path) \(answer.text)")
            }
            #expect(try await login(jane.portal).data["accessToken"] != nil)
            let strangers = try await jane.portal.post(Self.base + "/2fa/disable", #"{"code":"000000"}"#)
            #expect(strangers.status == 401)
        }
    }

    @Test func `stays when the password is set anew by a link`() async throws {
        try await withJane { jane in
            let asked = try await jane.portal.post(
                Self.base + "/forgot-password", #"{"email":"jane@lobby.example"}"#)
            #expect(asked.status == 202)
            let found = try await jane.portal.linkToken("/reset-password", to: "jane@lobby.example")
            let reset = #"{"token":"\#(try #require(found))","password":"Next#Passage-2"}"#
            #expect(try await jane.portal.post(Self.base + "/reset-password", reset).status == 204)
            let login = try await jane.portal.post(
                Self.base + "/login", #"{"email":"jane@lobby.example","password":"Next#Passage-2"}"#)
            #expect(login.data["accessToken"] == nil && login.data["twoFactorRequired"] == true)
            let challenge = try #require(login.data["challengeToken"]?.string)
            #expect(try await answer(jane.portal, challenge, "000000").status == 401)
            #expect(try await answer(jane.portal, challenge, jane.code()).status == 200)
        }
    }

    @Test func `opens nothing while it is waited for`() async throws {
        try await withJane { jane in
            let challenge = try await challenge(jane.portal)
            let me = try await jane.portal.get("/_portico/v1/me", ["authorization: Bearer \(challenge)"])
            #expect(me.status == 401)
            for (path, field) in [
                ("/refresh", "refreshToken"), ("/logout", "refreshToken"), ("/verify-email", "token"),
            ] {
                let answer = try await jane.portal.post(Self.base + path, "{\"\(field)\":\"\(challenge)\"}")
                #expect(answer.status == 401, "\(path)")
            }
            let reset = #"{"token":"\#(challenge)","password":"Next#Passage-2"}"#
            #expect(try await jane.portal.post(Self.base + "/reset-password", reset).status == 401)
            #expect(try await answer(jane.portal, challenge, jane.code()).status == 200, "and it is not used up")
        }
    }

    @Test func `is sealed in the file, and its codes are hashes`() async throws {
        try await withJane { jane in
            let runtime = try await jane.portal.parts.tenants.open(named: "desk")
            let secret = try #require(Base32.decode(jane.totp.secretText))
            let rows = try await runtime.database.write(as: .host) { session in
                let host = HostWriter(session)
                return try host.values("SELECT secret FROM portico_totp", as: [UInt8].self)
                    + host.values("SELECT hash FROM portico_recovery_code", as: [UInt8].self)
            }
            #expect(rows.count == 11)
            for row in rows {
                #expect(!row.contains(subsequence: secret))
                for code in jane.recoveryCodes { #expect(!row.contains(subsequence: Array(code.utf8))) }
            }
        }
    }
}

extension [UInt8] {
    fileprivate func contains(subsequence: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: subsequence) }
    }
}
