import Crypto
import Testing

@Suite struct `A P-256 key` {
    @Test func `signs and verifies`() throws {
        let key = try P256Key.generate()
        let signature = try key.sign(utf8("message"))
        #expect(signature.bytes.count == 64)
        #expect(key.publicKey.verify(signature, of: utf8("message")))
        #expect(!key.publicKey.verify(signature, of: utf8("Message")))
        #expect(!(try P256Key.generate()).publicKey.verify(signature, of: utf8("message")))
    }

    @Test func `always makes signatures of 64 bytes`() throws {
        // One in about 128 has a number with a leading zero byte, which the ASN.1 form leaves out.
        let key = try P256Key.generate()
        for number in 0..<600 {
            let message = utf8("\(number)")
            let signature = try key.sign(message)
            #expect(key.publicKey.verify(signature, of: message))
        }
    }

    @Test func `verifies no changed signature and no zeros`() throws {
        let key = try P256Key.generate()
        let signature = try key.sign(utf8("message"))
        for index in 0..<64 {
            var bytes = signature.bytes
            bytes[index] ^= 1
            #expect(!key.publicKey.verify(try #require(P256Signature(bytes)), of: utf8("message")))
        }
        #expect(!key.publicKey.verify(P256Signature(), of: utf8("message")))
        let most = try #require(P256Signature([UInt8](repeating: 255, count: 64)))
        #expect(!key.publicKey.verify(most, of: utf8("message")))
        #expect(P256Signature([UInt8](repeating: 1, count: 63)) == nil)
    }

    @Test func `agrees on the secret of RFC 8291`() throws {
        let receiver = try #require(Base64URL.decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
        let sender = try #require(Base64URL.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
        let receiverKey = try P256Key(scalar: SecretBytes(receiver))
        let senderKey = try P256Key(scalar: SecretBytes(sender))
        #expect(
            Base64URL.encode(receiverKey.publicKey.point)
                == "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
        #expect(
            Base64URL.encode(senderKey.publicKey.point)
                == "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")
        let secret = try senderKey.sharedSecret(with: receiverKey.publicKey)
        #expect(Base64URL.encode(secret.exposed) == "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs")
        #expect(try receiverKey.sharedSecret(with: senderKey.publicKey) == secret)
    }

    @Test func `comes back from PKCS 8, its number, its point and its JWK`() throws {
        let key = try P256Key.generate()
        let signature = try key.sign(utf8("message"))
        #expect(try P256Key(pkcs8: key.pkcs8()).publicKey == key.publicKey)
        #expect(try P256Key(scalar: key.scalar).publicKey == key.publicKey)
        #expect(try P256Key.Public(point: key.publicKey.point).verify(signature, of: utf8("message")))
        let jwk = key.publicKey.jwk
        #expect(jwk.map(\.name) == ["crv", "kty", "x", "y"])
        #expect(jwk[0].value == "P-256")
        #expect(jwk[1].value == "EC")
        #expect(try P256Key.Public(x: jwk[2].value, y: jwk[3].value) == key.publicKey)
    }

    @Test func `has a thumbprint over its members in order`() throws {
        let key = try P256Key.Public(
            x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
        let text =
            #"{"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","#
            + #""y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#
        #expect(key.thumbprint == SHA256.hash(utf8(text)))
    }

    @Test func `takes no point that is not on the curve`() throws {
        let point = try P256Key.generate().publicKey.point
        for index in [1, 32, 33, 64] {
            var changed = point
            changed[index] ^= 1
            #expect(throws: CryptoError.malformedKey) { try P256Key.Public(point: changed) }
        }
        #expect(throws: CryptoError.malformedKey) { try P256Key.Public(point: [4] + [UInt8](repeating: 0, count: 64)) }
        #expect(throws: CryptoError.malformedKey) {
            try P256Key.Public(point: [4] + [UInt8](repeating: 255, count: 64))
        }
        for first: UInt8 in [0, 2, 3, 5, 6, 7] {
            #expect(throws: CryptoError.malformedKey) { try P256Key.Public(point: [first] + point.dropFirst()) }
        }
        for count in [0, 1, 33, 64] {
            #expect(throws: CryptoError.wrongLength(of: "point")) {
                try P256Key.Public(point: Array(point.prefix(count)))
            }
        }
    }

    @Test func `takes no number outside the curve's order`() throws {
        let order = try hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        for bad in [[UInt8](repeating: 0, count: 32), order, [UInt8](repeating: 255, count: 32)] {
            #expect(throws: CryptoError.malformedKey) { try P256Key(scalar: SecretBytes(bad)) }
        }
        for count in [0, 31, 33] {
            #expect(throws: CryptoError.wrongLength(of: "scalar")) {
                try P256Key(scalar: SecretBytes([UInt8](repeating: 1, count: count)))
            }
        }
        var largest = order
        largest[31] -= 1
        let key = try P256Key(scalar: SecretBytes(largest))
        #expect(key.publicKey.verify(try key.sign(utf8("message")), of: utf8("message")))
    }

    @Test func `takes no JWK of wrong sizes or text`() throws {
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        #expect(throws: CryptoError.wrongLength(of: "coordinate")) { try P256Key.Public(x: String(x.dropLast()), y: y) }
        #expect(throws: CryptoError.wrongLength(of: "coordinate")) { try P256Key.Public(x: x, y: "") }
        #expect(throws: CryptoError.malformedKey) { try P256Key.Public(x: x, y: "!" + y.dropFirst()) }
        #expect(throws: CryptoError.malformedKey) { try P256Key.Public(x: y, y: x) }
    }

    @Test func `is not read from a truncated or mixed PKCS 8`() throws {
        let der = try P256Key.generate().pkcs8().exposed
        for count in 0..<der.count {
            #expect(throws: CryptoError.malformedKey) { try P256Key(pkcs8: SecretBytes(Array(der.prefix(count)))) }
        }
        #expect(throws: CryptoError.malformedKey) { try P256Key(pkcs8: SecretBytes(der + [0])) }
        let other = try P256Key.generate().pkcs8().exposed
        #expect(der.count == other.count)
        #expect(throws: CryptoError.malformedKey) {
            try P256Key(pkcs8: SecretBytes(der.dropLast(64) + other.suffix(64)))
        }
    }

    @Test func `of another kind or curve is refused`() throws {
        #expect(throws: CryptoError.refusedKey) { try P256Key(pkcs8: Keys.rsa.get().pkcs8()) }
        let folder = try Folder()
        for curve in ["P-384", "secp256k1"] {
            try folder.run(
                "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:\(curve)"
                    + " | openssl pkcs8 -topk8 -nocrypt -outform DER -out key.der")
            let der = try SecretBytes(folder.read("key.der"))
            #expect(throws: CryptoError.refusedKey) { try P256Key(pkcs8: der) }
        }
    }

    @Test func `with the curve spelled out becomes the same key on the named curve`() throws {
        let folder = try Folder()
        try folder.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out named.pem")
        try folder.run("openssl ec -in named.pem -param_enc explicit -out explicit.pem")
        for name in ["named", "explicit"] {
            try folder.run("openssl pkcs8 -topk8 -nocrypt -in \(name).pem -outform DER -out \(name).der")
        }
        let named = try P256Key(pkcs8: SecretBytes(folder.read("named.der")))
        let explicit = try P256Key(pkcs8: SecretBytes(folder.read("explicit.der")))
        #expect(try folder.read("explicit.der").count > folder.read("named.der").count)
        #expect(explicit.publicKey == named.publicKey)
        #expect(try explicit.pkcs8() == named.pkcs8())
    }
}
