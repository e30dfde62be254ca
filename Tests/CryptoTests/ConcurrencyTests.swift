import Testing

@testable import Crypto

@Suite struct `Keys shared by many threads` {
    @Test func `give right answers all at once`() async throws {
        let hmac = HMAC256Key(utf8("shared"))
        let p256 = try P256Key.generate()
        let rsa = try Keys.rsa.get()
        let cipher = try AESGCM(key: SecretBytes.random(count: 32))
        let signature = try rsa.sign(utf8("message"))
        let expected = hmac.tag(for: utf8("message"))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    var wrong = 0
                    for round in 0..<40 {
                        let text = utf8("task \(task) round \(round)")
                        if hmac.tag(for: utf8("message")) != expected { wrong += 1 }
                        if try cipher.open(cipher.seal(text)) != text { wrong += 1 }
                        if !rsa.publicKey.verify(signature, of: utf8("message")) { wrong += 1 }
                        if rsa.publicKey.verify(signature, of: text) { wrong += 1 }
                        if !p256.publicKey.verify(try p256.sign(text), of: text) { wrong += 1 }
                        if SHA256.hash(text) == SHA256.hash(utf8("message")) { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test func `leave no error behind for others to find`() throws {
        let rsa = try Keys.rsa.get()
        let p256 = try P256Key.generate()
        let cipher = try AESGCM(key: SecretBytes.random(count: 32))
        #expect(!rsa.publicKey.verify([UInt8](repeating: 7, count: 256), of: utf8("message")))
        #expect(OpenSSL.errorsAreClear)
        #expect(!p256.publicKey.verify(P256Signature(), of: utf8("message")))
        #expect(OpenSSL.errorsAreClear)
        #expect(throws: CryptoError.self) { try cipher.open([UInt8](repeating: 0, count: 40)) }
        #expect(OpenSSL.errorsAreClear)
        #expect(throws: CryptoError.self) { try RSAKey(pkcs8: SecretBytes(utf8("not DER"))) }
        #expect(OpenSSL.errorsAreClear)
        #expect(throws: CryptoError.self) { try P256Key.Public(point: [4] + [UInt8](repeating: 9, count: 64)) }
        #expect(OpenSSL.errorsAreClear)
        #expect(throws: CryptoError.self) { try P256Key(pkcs8: rsa.pkcs8()) }
        #expect(OpenSSL.errorsAreClear)
        #expect(throws: CryptoError.self) {
            try RSAKey.Public(modulus: [UInt8](repeating: 255, count: 100), exponent: [1, 0, 1])
        }
        #expect(OpenSSL.errorsAreClear)
    }
}
