import Crypto
import Testing

@Suite struct `The openssl command` {
    private let message = utf8("What both sides sign.")

    @Test func `verifies our RS256 signatures and reads our keys`() throws {
        let folder = try Folder()
        let key = try Keys.rsa.get()
        try folder.write(key.pkcs8().exposed, to: "key.der")
        try folder.write(message, to: "message")
        try folder.write(key.sign(message), to: "signature")
        try folder.run("openssl pkey -inform DER -in key.der -check -noout")
        try folder.run("openssl pkey -inform DER -in key.der -pubout -out public.pem")
        let answer = try folder.run("openssl dgst -sha256 -verify public.pem -signature signature message")
        #expect(answer == "Verified OK\n")
    }

    @Test func `signs with RSA what we verify`() throws {
        let folder = try Folder()
        try folder.write(message, to: "message")
        try folder.run("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem")
        try folder.run("openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der")
        try folder.run("openssl dgst -sha256 -sign key.pem -out signature message")
        let key = try RSAKey(pkcs8: SecretBytes(folder.read("key.der")))
        #expect(key.publicKey.verify(try folder.read("signature"), of: message))
    }

    @Test func `verifies our ES256 signatures and reads our keys`() throws {
        let folder = try Folder()
        let key = try P256Key.generate()
        try folder.write(key.pkcs8().exposed, to: "key.der")
        try folder.write(message, to: "message")
        let signature = try key.sign(message).bytes
        try folder.write(asn1(signature), to: "signature")
        try folder.run("openssl pkey -inform DER -in key.der -check -noout")
        try folder.run("openssl pkey -inform DER -in key.der -pubout -out public.pem")
        let answer = try folder.run("openssl dgst -sha256 -verify public.pem -signature signature message")
        #expect(answer == "Verified OK\n")
    }

    @Test func `signs with P-256 what we verify`() throws {
        let folder = try Folder()
        try folder.write(message, to: "message")
        try folder.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")
        try folder.run("openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der")
        let key = try P256Key(pkcs8: SecretBytes(folder.read("key.der")))
        for _ in 0..<5 {
            try folder.run("openssl dgst -sha256 -sign key.pem -out signature message")
            let signature = try #require(P256Signature(raw(folder.read("signature"))))
            #expect(key.publicKey.verify(signature, of: message))
        }
    }

    @Test func `agrees with us on a shared secret`() throws {
        let folder = try Folder()
        let key = try P256Key.generate()
        try folder.write(key.pkcs8().exposed, to: "ours.der")
        try folder.run("openssl pkey -inform DER -in ours.der -pubout -out ours.pem")
        try folder.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out theirs.pem")
        try folder.run("openssl pkcs8 -topk8 -nocrypt -in theirs.pem -outform DER -out theirs.der")
        try folder.run("openssl pkeyutl -derive -inkey theirs.pem -peerkey ours.pem -out secret")
        let theirs = try P256Key(pkcs8: SecretBytes(folder.read("theirs.der")))
        #expect(try key.sharedSecret(with: theirs.publicKey).exposed == folder.read("secret"))
    }

    @Test func `computes the same digests and tags`() throws {
        let folder = try Folder()
        let data = Random.bytes(10_000)
        try folder.write(data, to: "data")
        #expect(try folder.run("openssl dgst -sha384 -r data").hasPrefix(SHA384.hash(data).hex))
        let tag = HMAC512Key(utf8("key")).tag(for: data).hex
        #expect(try folder.run("openssl dgst -sha512 -hmac key -r data").hasPrefix(tag))
    }

    /// r ‖ s as an ASN.1 sequence of two numbers.
    private func asn1(_ signature: [UInt8]) -> [UInt8] {
        func number(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
            return [2, UInt8(digits.count)] + digits
        }
        let body = number(signature[0..<32]) + number(signature[32..<64])
        return [0x30, UInt8(body.count)] + body
    }

    /// The reverse.
    private func raw(_ asn1: [UInt8]) -> [UInt8] {
        func number(at start: Int) -> (digits: [UInt8], end: Int) {
            let end = start + 2 + Int(asn1[start + 1])
            let digits = asn1[start + 2..<end].drop { $0 == 0 }
            return ([UInt8](repeating: 0, count: 32 - digits.count) + digits, end)
        }
        let r = number(at: 2)
        return r.digits + number(at: r.end).digits
    }
}
