import Crypto
import Testing

/// The key of RFC 7515, appendix A.2, as PKCS #8.
enum RFC7515 {
    static let rsaPKCS8 = """
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCh+BYK4uPJtGXOjS1lYmM2K5J9vinh8CR3/BYlzJChNuOL2TSXxbbq
        Y913EeZ8dCn5VrD7io8ImtxLaYk8wTM/U+3QGbh3hCUv7JFP5IV3aVlL6kKA0ywPVb9ilE8TA5a8bpvfbr3SvaNnjuygxmj3AbONv/s4
        yDQs4v5tJ/reSlpIdJed1LnPmt7Ex1sFhSwsD174pcF1A5L5ROjtZMEQxrZHYJqkeDrrnGya11UxMFBji4NmXG9veoKjlnAqH2QbgtPr
        8jkiGUkftoaHLFcW9Qr4NY2ai50Xw0Byj3+H2JoY2PyrZ62EWQwuz3WTOTY8BwNNb2BvniHgVFbK5emhAgMBAAECggEAEq5xpGnNCivD
        flJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7/GQ5sLKMgvfTeXZx9SE+7YwVol2NXOoAJe46sui395IW/GO+pWJ1O0
        BkTGoVEn2bKVRUCgu+GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M/V51gfpRLI9JYanrC4D4qAdGcopV/0ZHHzQlBjud
        U2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl/x/jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR/RQyGWSeWjnczT0
        QU91p1DhOVRuOopznQKBgQDgHMQQ60imZV1URk0KpLttoLhyt3SmqdEf/kgHePDdtzEafpAu+cS191R2JiuoF2yzWXnwFDcqGigp5BNr
        0AHQfD8/Lk8l1Mk09jxxCfui5nYooNyac8YFjm3vItzVCVDnEd3BbVWG8qf6deqElMGAg+C2V0L4oNXnP7LZcPAZRwKBgQC5A8R+CZW2
        MvRTLLHzwZkUXV866cff7tx6kqa0finGG0KgeqlaZPxgCZnFp7AeAcCMtiynVlJ7vMVgePsLq6XtON4tB5kP9jAPrq3rbAOal78eUH5O
        cED6eNuCV8ixEu1eWcPNCS/l1OW1EnXUEoEHKl54Xrrz2uNwkgMTP1FZ1wKBgAcCn1dwJKufzBWQxWQp1vsM5fggqPN1qGb5y0MAk3g7
        /Ls5bkUp5u9SN0Ai3Ya6hNnvWJMb7sXQX6U/zyO2M/hTip7tUeh7CXgwo59dkpN75gJLVds29+DAncu3KXU4f2Fa+7bLNrur53k8KwPO
        q2bbuTG69QtV7Jr5MR0AHWKNAoGBAIf/evpitUf+4JYbLpvNXWcY052Mpz22aR84mY3nh3F2LF2mjMJDpTg7FmuyPcVw6EcGyoAe9fa6
        5iNqCq+jdw6PVNGo2hxfjSiZ8IIzHdsPXI89//pMjZcQK9r+CCoRjaZjOYiIDktVWZzmevJuv6WywUqd57LE3Zar3dLSIkx1AoGAIYd7
        DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd+DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd/QJQ3ydy5cY7YIBi87w93IKLEdfnb
        JtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp/gh6A5603k2+ZQwVK0JKSHuLFkuQ3U=
        """

    static let token =
        "eyJhbGciOiJSUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
        + "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO-"
        + "-xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_I"
        + "oypGlUPQGe77Rw"

    static let n =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
        + "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
        + "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"

    /// The same key made from its text.
    static func rsaKey() throws -> RSAKey {
        guard let der = Base64.decode(rsaPKCS8.filter { $0 != "\n" }) else { throw BadVector() }
        return try RSAKey(pkcs8: SecretBytes(der))
    }
}

@Suite struct `An RSA key` {
    @Test func `signs as RFC 7515 A.2 does`() throws {
        let key = try RFC7515.rsaKey()
        let parts = RFC7515.token.split(separator: ".")
        let signature = try key.sign(utf8(parts[0] + "." + parts[1]))
        #expect(Base64URL.encode(signature) == parts[2])
    }

    @Test func `is made new with 2048 bits and signs`() throws {
        let key = try Keys.rsa.get()
        #expect(key.publicKey.modulus.count == 256)
        #expect(key.publicKey.exponent == [1, 0, 1])
        let signature = try key.sign(utf8("message"))
        #expect(signature.count == 256)
        #expect(key.publicKey.verify(signature, of: utf8("message")))
        #expect(try key.sign([]).count == 256)
    }

    @Test func `verifies no changed signature, no other message and no other key`() throws {
        let key = try Keys.rsa.get()
        let signature = try key.sign(utf8("message"))
        #expect(!key.publicKey.verify(signature, of: utf8("Message")))
        #expect(!(try Keys.otherRSA.get()).publicKey.verify(signature, of: utf8("message")))
        for index in stride(from: 0, to: 256, by: 17) {
            var changed = signature
            changed[index] ^= 4
            #expect(!key.publicKey.verify(changed, of: utf8("message")))
        }
        #expect(!key.publicKey.verify([], of: utf8("message")))
        #expect(!key.publicKey.verify(Array(signature.dropLast()), of: utf8("message")))
        #expect(!key.publicKey.verify(signature + [0], of: utf8("message")))
        #expect(!key.publicKey.verify([UInt8](repeating: 255, count: 256), of: utf8("message")))
        #expect(key.publicKey.verify(signature, of: utf8("message")))
    }

    @Test func `comes back from PKCS 8`() throws {
        let key = try Keys.rsa.get()
        let again = try RSAKey(pkcs8: key.pkcs8())
        #expect(again.publicKey == key.publicKey)
        #expect(try again.sign(utf8("message")) == key.sign(utf8("message")))
    }

    @Test func `comes back from its JWK`() throws {
        let key = try Keys.rsa.get()
        let jwk = key.publicKey.jwk
        #expect(jwk.map(\.name) == ["e", "kty", "n"])
        #expect(jwk[1].value == "RSA")
        let again = try RSAKey.Public(n: jwk[2].value, e: jwk[0].value)
        #expect(again == key.publicKey)
        #expect(again.verify(try key.sign(utf8("message")), of: utf8("message")))
    }

    @Test func `has the thumbprint of RFC 7638`() throws {
        let n =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj"
            + "hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ"
            + "vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK"
            + "nqDKgw"
        let thumbprint = try RSAKey.Public(n: n, e: "AQAB").thumbprint
        #expect(Base64URL.encode(thumbprint.bytes) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test func `is not read from a truncated or changed PKCS 8`() throws {
        let der = try Keys.rsa.get().pkcs8().exposed
        for count in stride(from: 0, to: der.count, by: 13) {
            #expect(throws: CryptoError.malformedKey) { try RSAKey(pkcs8: SecretBytes(Array(der.prefix(count)))) }
        }
        #expect(throws: CryptoError.malformedKey) { try RSAKey(pkcs8: SecretBytes(der + [0])) }
        for index in stride(from: 0, to: der.count, by: 29) {
            var changed = der
            changed[index] ^= 0x10
            // A change may hit a number that signing does not need; then the key is still the same one.
            guard let key = try? RSAKey(pkcs8: SecretBytes(changed)) else { continue }
            #expect(key.publicKey.verify(try key.sign(utf8("message")), of: utf8("message")))
        }
    }

    @Test(arguments: [0, 1024, 2047, 2049, 8200, -1]) func `is not made with other sizes`(bits: Int) {
        #expect(throws: CryptoError.outOfRange("bits")) { try RSAKey.generate(bits: bits) }
    }

    @Test func `with 3 as exponent or 1024 bits or of another kind is refused`() throws {
        let folder = try Folder()
        try folder.run("openssl genrsa -3 2048 | openssl pkcs8 -topk8 -nocrypt -outform DER -out three.der")
        try folder.run("openssl genrsa 1024 | openssl pkcs8 -topk8 -nocrypt -outform DER -out small.der")
        try folder.run("openssl genpkey -algorithm ED25519 -outform DER -out other.der")
        for name in ["three.der", "small.der", "other.der"] {
            let der = try SecretBytes(folder.read(name))
            #expect(throws: CryptoError.refusedKey) { try RSAKey(pkcs8: der) }
        }
    }

    @Test func `is refused with a bad modulus or exponent`() throws {
        let good = try Keys.rsa.get().publicKey
        let e: [UInt8] = [1, 0, 1]
        #expect(throws: CryptoError.malformedKey) { try RSAKey.Public(modulus: [], exponent: e) }
        #expect(throws: CryptoError.malformedKey) { try RSAKey.Public(modulus: [0] + good.modulus, exponent: e) }
        #expect(throws: CryptoError.malformedKey) {
            try RSAKey.Public(modulus: Array(good.modulus.dropLast()) + [2], exponent: e)
        }
        #expect(throws: CryptoError.refusedKey) {
            try RSAKey.Public(modulus: Array(good.modulus.prefix(128).dropLast()) + [1], exponent: e)
        }
        #expect(throws: CryptoError.refusedKey) {
            try RSAKey.Public(modulus: [UInt8](repeating: 255, count: 1025), exponent: e)
        }
        #expect(throws: CryptoError.malformedKey) { try RSAKey.Public(modulus: good.modulus, exponent: []) }
        #expect(throws: CryptoError.malformedKey) { try RSAKey.Public(modulus: good.modulus, exponent: [0, 1, 0, 1]) }
        for exponent: [UInt8] in [[1], [3], [17], [1, 0, 0], [1, 0, 2], [1, 0, 0, 0, 1]] {
            #expect(throws: CryptoError.refusedKey) { try RSAKey.Public(modulus: good.modulus, exponent: exponent) }
        }
        #expect(throws: CryptoError.malformedKey) { try RSAKey.Public(n: "not base64url!", e: "AQAB") }
        #expect(throws: CryptoError.refusedKey) {
            try RSAKey.Public(n: String(repeating: "A", count: 100_000), e: "AQAB")
        }
    }
}
