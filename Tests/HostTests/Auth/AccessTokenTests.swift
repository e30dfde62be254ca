import Crypto
import Database
import FoundationEssentials
import Glibc
import PluginAPI
import Testing

@testable import Host

private struct NoKeys: Error {}

@Suite struct `Access tokens` {
    /// The two texts before a signature, from JSON.
    private func unsigned(_ header: String, _ payload: String) -> String {
        Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
    }

    private func parts(_ token: String) -> [String] { token.split(separator: ".").map(String.init) }

    private func text(_ part: String) throws -> String {
        String(decoding: try #require(Base64URL.decode(part)), as: UTF8.self)
    }

    @Test func `carry the claims of RFC 9068 and name their key`() async throws {
        try await withPortal { portal in
            let answer = try await portal.signIn()
            let parts = parts(answer.accessToken)
            let header = try JSONDocument(Array(try text(parts[0]).utf8)).root
            let claims = try JSONDocument(Array(try text(parts[1]).utf8)).root
            #expect(header.member("alg")?.string == "RS256" && header.member("typ")?.string == "at+jwt")
            let jwks = try JSONDocument(portal.auth.jwks(now: SignInDesk.start)).root.tree
            guard case .array(let keys)? = jwks["keys"] else { throw NoKeys() }
            #expect(keys.compactMap { $0["kid"]?.string } == [header.member("kid")?.string])
            #expect(keys.first?["d"] == nil && keys.first?["use"] == "sig")
            #expect(claims.member("iss")?.string == "http://lumen.localhost:8080")
            #expect(claims.member("aud")?.string == "http://lumen.localhost:8080")
            #expect(claims.member("sub")?.string == answer.person.rawValue)
            #expect(claims.member("role")?.string == "customer")
            #expect(claims.member("permissions")?.tree == ["read:visits"])
            #expect(claims.member("iat")?.integer == SignInDesk.start.seconds)
            #expect(claims.member("exp")?.integer == SignInDesk.start.seconds + 900)
            #expect(claims.member("jti")?.string?.count == 22)
            #expect(claims.member("sid")?.string?.hasPrefix("ses_") == true)
        }
    }

    @Test func `are refused when forged in any way`() async throws {
        try await withPortal { portal in
            let token = try await portal.signIn().accessToken
            let parts = parts(token)
            let (header, payload) = (try text(parts[0]), try text(parts[1]))
            let key = try SignInDesk.key.get()
            func signed(_ header: String, _ payload: String, by key: RSAKey) throws -> String {
                let input = unsigned(header, payload)
                return input + "." + Base64URL.encode(try key.sign(Array(input.utf8)))
            }
            func hs256(_ secret: [UInt8]) -> String {
                let input = unsigned(header.replacing("RS256", with: "HS256"), payload)
                return input + "." + Base64URL.encode(HMAC256Key(secret).tag(for: Array(input.utf8)).bytes)
            }
            let foreign = try RSAKey.generate()
            let kid = try #require(JSONDocument(Array(header.utf8)).root.member("kid")?.string)
            let none = unsigned(header.replacing("RS256", with: "none"), payload)
            let issuer = "http://lumen.localhost:8080"
            let forgeries: [(String, String)] = [
                ("alg none", none + "."), ("alg none with a signature", none + "." + parts[2]),
                ("HS256 with the modulus", hs256(key.publicKey.modulus)),
                ("HS256 with the key set", hs256(portal.auth.jwks(now: SignInDesk.start))),
                ("wrong kid", try signed(header.replacing(kid, with: "other"), payload, by: key)),
                ("no typ", try signed(header.replacing(#","typ":"at+jwt""#, with: ""), payload, by: key)),
                ("an id token", try signed(header.replacing("at+jwt", with: "JWT"), payload, by: key)),
                (
                    "own key in the header",
                    try signed(header.replacing("}", with: #","jwk":{}}"#), payload, by: foreign)
                ),
                ("another key", try signed(header, payload, by: foreign)),
                (
                    "wrong iss",
                    try signed(header, payload.replacing(#""iss":"\#(issuer)"#, with: #""iss":"http://x"#), by: key)
                ),
                (
                    "wrong aud",
                    try signed(header, payload.replacing(#""aud":"\#(issuer)"#, with: #""aud":"http://x"#), by: key)
                ),
                ("no iat", try signed(header, payload.replacing(#""iat""#, with: #""ia""#), by: key)),
                (
                    "from the future",
                    try signed(
                        header,
                        payload.replacing(
                            #""iat":\#(SignInDesk.start.seconds)"#, with: #""iat":\#(SignInDesk.start.seconds + 61)"#),
                        by: key)
                ),
                (
                    "not yet good",
                    try signed(
                        header, payload.replacing("{", with: #"{"nbf":\#(SignInDesk.start.seconds + 61),"#), by: key)
                ),
                ("no moment in nbf", try signed(header, payload.replacing("{", with: #"{"nbf":"now","#), by: key)),
                ("no exp", try signed(header, payload.replacing(#""exp""#, with: #""ex""#), by: key)),
                ("another session", try signed(header, payload.replacing("ses_", with: "sex_"), by: key)),
                ("another person", try signed(header, payload.replacing("usr_", with: "usx_"), by: key)),
                (
                    "other claims",
                    parts[0] + "." + Base64URL.encode(Array(payload.replacing("customer", with: "ADMIN").utf8)) + "."
                        + parts[2]
                ),
                ("truncated", String(token.dropLast())), ("cut in the claims", String(token.prefix(200))),
                ("empty", ""), ("dots", ".."), ("five parts", token + ".x.y"), ("no base64", token + "="),
            ]
            for (name, forged) in forgeries {
                #expect(try portal.caller(forged).refusal == .tokenInvalid, "\(name)")
            }
            #expect(try portal.caller(token).facts != nil)
            #expect(try signed(header, payload, by: key) == token, "the forging itself works")
            let early = try signed(
                header, payload.replacing("{", with: #"{"nbf":\#(SignInDesk.start.seconds + 60),"#), by: key)
            #expect(try portal.caller(early).facts != nil, "clocks may differ a little")
            let expired = try signed(
                header, payload.replacing("\(SignInDesk.start.seconds + 900)", with: "\(SignInDesk.start.seconds - 1)"),
                by: key
            )
            #expect(try portal.caller(expired).refusal == .tokenExpired)
            #expect(portal.caches.count(0) == 2, "nothing of the forgeries is kept")
        }
    }

    @Test func `of another tenant are refused, with the same key too`() async throws {
        let key = try RSAKey.generate()
        let other = try await SignInDesk("other", spares: [key])
        let same = try await SignInDesk("same")
        try await withPortal { portal in
            for stranger in [other, same] {
                let token = try await stranger.signIn().accessToken
                #expect(try stranger.caller(token).facts != nil)
                #expect(try portal.caller(token).refusal == .tokenInvalid)
            }
        }
        await other.close()
        await same.close()
    }

    @Test func `expire, first seen or seen before`() async throws {
        try await withPortal { portal in
            let token = try await portal.signIn().accessToken
            #expect(try portal.caller(token, after: .seconds(900)).refusal == .tokenExpired)
            #expect(try portal.caller(token, after: .seconds(899)).facts != nil)
            #expect(try portal.caller(token, after: .seconds(899)).facts != nil)
            #expect(try portal.caller(token, after: .seconds(900)).refusal == .tokenExpired)
            #expect(portal.caches.count(0) == 0)
        }
    }

    @Test func `lose a revoked role, and a suspended account, with the next request`() async throws {
        try await withPortal { portal in
            let answer = try await portal.signIn()
            let before = try #require(try portal.caller(answer.accessToken).facts)
            #expect(try portal.caller(answer.accessToken).facts === before, "nothing is read again")
            try await portal.host {
                try Roles.revoke("customer", of: "surgery", from: answer.person, SignInDesk.origin(), $0)
            }
            let after = try #require(try portal.caller(answer.accessToken).facts)
            #expect(after.principal(for: "surgery").reach(of: Surgery.read) == nil)
            #expect(after.principal(for: "surgery").person == answer.person)
            try await portal.host {
                try Roles.grant("companion", of: "surgery", to: answer.person, branch: nil, SignInDesk.origin(), $0)
            }
            let granted = try #require(try portal.caller(answer.accessToken).facts)
            #expect(granted.principal(for: "surgery").reach(of: Surgery.read) == .assigned(answer.person))
            try await portal.host { try People.setState(.suspended, of: answer.person, SignInDesk.origin(), $0) }
            #expect(try portal.caller(answer.accessToken).refusal == .tokenInvalid)
            try await portal.host { try People.setState(.active, of: answer.person, SignInDesk.origin(), $0) }
            #expect(try portal.caller(answer.accessToken).facts != nil)
        }
    }

    @Test func `leave what they knew alone when a change is undone`() async throws {
        try await withPortal { portal in
            let answer = try await portal.signIn()
            let before = try #require(try portal.caller(answer.accessToken).facts)
            let epoch = portal.epoch.current
            let undone = try await problem {
                try await portal.host { host in
                    try Roles.revoke("customer", of: "surgery", from: answer.person, SignInDesk.origin(), host)
                    throw Problem.notFound
                }
            }
            #expect(undone == .notFound && portal.epoch.current == epoch)
            #expect(try portal.caller(answer.accessToken).facts === before)
        }
    }

    @Test func `ask for the reader where a loop has none`() async throws {
        try await withPortal { portal in
            let token = try await portal.signIn().accessToken
            #expect(try portal.caller(token, slot: 1).needsReader)
            try await portal.database.openReader(slot: 1)
            #expect(try portal.caller(token, slot: 1).facts != nil)
        }
    }

    @Test func `take turns in a cache of fixed size`() async throws {
        try await withPortal(cached: 4) { portal in
            var tokens: [String] = []
            for number in 0..<8 {
                tokens.append(try await portal.signIn(after: .seconds(number * 31 + number / 10 * 3600)).accessToken)
            }
            for token in tokens + tokens { #expect(try portal.caller(token, after: .seconds(250)).facts != nil) }
            #expect(portal.caches.count(0) == 4)
        }
    }

    @Test func `are signed by a new key after a rotation, and the old ones stay good until they expire`() async throws {
        let portal = try await SignInDesk(spares: [try SignInDesk.key.get(), try RSAKey.generate()])
        let old = try await portal.signIn().accessToken
        #expect(try portal.caller(old).facts != nil)
        let epoch = portal.epoch.current
        try await portal.auth.rotateSigningKey(SignInDesk.origin(.seconds(10)))
        #expect(portal.epoch.current > epoch)
        let new = try await portal.signIn(after: .seconds(40)).accessToken
        #expect(parts(new)[0] != parts(old)[0])
        let restarted = try await portal.again()
        for (auth, token) in [(portal.auth, old), (portal.auth, new), (restarted, old), (restarted, new)] {
            let bytes = Array(token.utf8)
            let caller = try auth.authenticate(
                bytes, token: bytes.indices, slot: 0, now: SignInDesk.start + .seconds(41))
            #expect(caller.facts != nil)
        }
        guard
            case .array(let keys)? = try JSONDocument(restarted.jwks(now: SignInDesk.start + .seconds(41))).root.tree[
                "keys"]
        else { throw NoKeys() }
        #expect(keys.count == 2)
        try await portal.host { try Sessions.trim(now: SignInDesk.start + .seconds(3 * 86_400), $0) }
        #expect(try await portal.count("portico_signing_key") == 1)
        await portal.close()
    }

    @Test func `hold under OpenSSL's own command`() async throws {
        try await withPortal { portal in
            let token = try await portal.signIn().accessToken
            let parts = parts(token)
            let signature = try #require(Base64URL.decode(parts[2]))
            let pem = try pem(of: try SignInDesk.key.get().publicKey)
            try Data(Array((parts[0] + "." + parts[1]).utf8)).write(to: URL(filePath: portal.folder + "/signed"))
            try Data(Array((parts[0] + "." + parts[1] + "x").utf8)).write(to: URL(filePath: portal.folder + "/other"))
            try Data(signature).write(to: URL(filePath: portal.folder + "/signature"))
            try Data(Array(pem.utf8)).write(to: URL(filePath: portal.folder + "/key.pem"))
            func verify(_ file: String) -> Int32 {
                // Safe: system(3) reads a text that ends with a NUL, as a String is passed.
                unsafe system(
                    "cd \(portal.folder) && openssl dgst -sha256 -verify key.pem -signature signature \(file) >log 2>&1"
                )
            }
            #expect(verify("signed") == 0)
            #expect(verify("other") != 0)
        }
    }

    /// SubjectPublicKeyInfo (RFC 5280 §4.1) of a 2048-bit key with the exponent 65537, written out by hand.
    private func pem(of key: RSAKey.Public) throws -> String {
        try #require(key.modulus.count == 256 && key.exponent == [1, 0, 1])
        let numbers: [UInt8] = [0x02, 0x82, 0x01, 0x01, 0x00] + key.modulus + [0x02, 0x03, 1, 0, 1]
        let sequence: [UInt8] = [0x30, 0x82, 0x01, 0x0A] + numbers
        let algorithm = try #require(Hex.decode("300d06092a864886f70d0101010500"))
        let bits: [UInt8] = [0x03, 0x82, 0x01, 0x0F, 0x00] + sequence
        let whole: [UInt8] = [0x30, 0x82, 0x01, 0x22] + algorithm + bits
        return "-----BEGIN PUBLIC KEY-----\n\(Base64.encode(whole))\n-----END PUBLIC KEY-----\n"
    }
}
