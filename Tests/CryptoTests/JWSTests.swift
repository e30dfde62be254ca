import Crypto
import Testing

@Suite struct `A compact token` {
    static let es256 =
        "eyJhbGciOiJFUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    @Test func `with RS256 is the one of RFC 7515 A.2`() throws {
        let key = try RFC7515.rsaKey()
        let payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
        let token = try JWS.sign(header: utf8(#"{"alg":"RS256"}"#), payload: utf8(payload), key: key)
        #expect(String(decoding: token, as: UTF8.self) == RFC7515.token)
        let parts = try #require(JWS.Compact(token))
        #expect(parts.verify(token, key: try RSAKey.Public(n: RFC7515.n, e: "AQAB")))
        #expect(Base64URL.decode(token.span.bytes.extracting(parts.header)) == utf8(#"{"alg":"RS256"}"#))
        #expect(Base64URL.decode(token.span.bytes.extracting(parts.payload)) == utf8(payload))
    }

    @Test func `with ES256 is verified as in RFC 7515 A.3`() throws {
        let key = try P256Key.Public(
            x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
        let token = utf8(Self.es256)
        let parts = try #require(JWS.Compact(token))
        #expect(parts.verify(token, key: key))
        #expect(!parts.verify(token, key: try P256Key.generate().publicKey))
    }

    @Test func `with HS256 is verified as in RFC 7515 A.1`() throws {
        let secret = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let token = utf8(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        let parts = try #require(JWS.Compact(token))
        #expect(parts.verify(token, key: HMAC256Key(secret)))
        #expect(!parts.verify(token, key: HMAC512Key(secret)))
    }

    @Test func `is verified by the key that signed it, whichever kind`() throws {
        let header = utf8("{}")
        let payload = Random.bytes(300)
        let rsa = try Keys.rsa.get()
        let p256 = try P256Key.generate()
        let hmac = HMAC384Key(utf8("secret"))
        let byRSA = try JWS.sign(header: header, payload: payload, key: rsa)
        let byP256 = try JWS.sign(header: header, payload: payload, key: p256)
        let byHMAC = try JWS.sign(header: header, payload: payload, key: hmac)
        #expect(try #require(JWS.Compact(byRSA)).verify(byRSA, key: rsa.publicKey))
        #expect(try #require(JWS.Compact(byP256)).verify(byP256, key: p256.publicKey))
        #expect(try #require(JWS.Compact(byHMAC)).verify(byHMAC, key: hmac))
        #expect(!(try #require(JWS.Compact(byRSA)).verify(byRSA, key: p256.publicKey)))
        #expect(!(try #require(JWS.Compact(byP256)).verify(byP256, key: rsa.publicKey)))
        #expect(!(try #require(JWS.Compact(byHMAC)).verify(byHMAC, key: HMAC384Key(utf8("Secret")))))
        #expect(rsa.algorithm == "RS256")
        #expect(p256.publicKey.algorithm == "ES256")
        #expect(hmac.algorithm == "HS384")
    }

    @Test func `with any character changed is not verified`() throws {
        let key = HMAC256Key(utf8("secret"))
        let token = try JWS.sign(header: utf8(#"{"alg":"HS256"}"#), payload: utf8(#"{"sub":"1"}"#), key: key)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(JWS.Compact(changed)?.verify(changed, key: key) != true)
        }
    }

    @Test func `has one spelling of its signature only`() throws {
        // 32 bytes leave two unused bits in the last character; a lax reader takes four spellings for one signature.
        let key = HMAC256Key(utf8("secret"))
        let token = try JWS.sign(header: utf8("{}"), payload: utf8("{}"), key: key)
        var accepted = 0
        for last in utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
            let spelled = token.dropLast() + [last]
            if try #require(JWS.Compact(Array(spelled))).verify(Array(spelled), key: key) { accepted += 1 }
        }
        #expect(accepted == 1)
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.", ".b.c", "a.b.c.d", "a..", "..c", "abc", "a.b.c.", ".a.b.c"])
    func `with another shape is none`(text: String) {
        #expect(JWS.Compact(utf8(text)) == nil)
    }

    @Test func `is taken apart where its dots are`() throws {
        let parts = try #require(JWS.Compact(utf8("abc.de.f")))
        #expect(parts.header == 0..<3)
        #expect(parts.payload == 4..<6)
        #expect(parts.signature == 7..<8)
        #expect(parts.signingInput == 0..<6)
        #expect(try #require(JWS.Compact(utf8("a..c"))).payload == 2..<2)
    }

    @Test func `that is too long is none`() {
        let token = [UInt8](repeating: UInt8(ascii: "a"), count: JWS.Compact.usualLimit - 4) + utf8(".b.c")
        #expect(JWS.Compact(token) != nil)
        #expect(JWS.Compact(utf8("a") + token) == nil)
        #expect(JWS.Compact(utf8("a.b.c"), limit: 4) == nil)
    }

    @Test func `is not verified in another text of another length`() throws {
        let key = HMAC256Key(utf8("secret"))
        let token = try JWS.sign(header: utf8("{}"), payload: utf8("{}"), key: key)
        let parts = try #require(JWS.Compact(token))
        #expect(!parts.verify(Array(token.dropLast()), key: key))
        #expect(!parts.verify([], key: key))
    }
}
