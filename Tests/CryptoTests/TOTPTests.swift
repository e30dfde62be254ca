import Crypto
import Testing

@Suite struct `A one-time code by time` {
    static let times: [Int64] = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000]

    @Test(arguments: [
        (TOTP.Algorithm.sha1, 20, ["94287082", "07081804", "14050471", "89005924", "69279037", "65353130"]),
        (.sha256, 32, ["46119246", "68084774", "67062674", "91819424", "90698825", "77737706"]),
        (.sha512, 64, ["90693936", "25091201", "99943326", "93441116", "38618901", "47863826"]),
    ])
    func `is the one of RFC 6238`(algorithm: TOTP.Algorithm, count: Int, codes: [String]) throws {
        let digits = utf8("1234567890")
        let secret = SecretBytes((0..<count).map { digits[$0 % 10] })
        let totp = try TOTP(secret: secret, algorithm: algorithm, digits: 8)
        #expect(Self.times.map { totp.code(at: $0) } == codes)
        for (time, code) in zip(Self.times, codes) {
            #expect(totp.matchedStep(of: code, at: time) == UInt64(time / 30))
        }
    }

    @Test func `is accepted one step early and late, and no further`() throws {
        let totp = try TOTP(secret: TOTP.newSecret())
        let now: Int64 = 1_700_000_010
        let step = totp.step(at: now)
        for offset: Int64 in -1...1 {
            let code = totp.code(at: now + offset * 30)
            #expect(totp.matchedStep(of: code, at: now) != nil)
        }
        // Codes have a million values, so by chance one of far steps may repeat; its own step must never be named.
        for offset: Int64 in [-20, -3, -2, 2, 3, 20] {
            let code = totp.code(at: now + offset * 30)
            let matched = totp.matchedStep(of: code, at: now)
            #expect(matched == nil || totp.code(forStep: matched ?? 0) == code)
            #expect(matched != UInt64(Int64(step) + offset))
        }
    }

    @Test func `tells its own step, so that the caller can refuse it a second time`() throws {
        let totp = try TOTP(secret: SecretBytes(utf8("12345678901234567890")), digits: 8)
        #expect(totp.matchedStep(of: "94287082", at: 59) == 1)
        #expect(totp.matchedStep(of: "94287082", at: 60) == 1)
        #expect(totp.matchedStep(of: "94287082", at: 89) == 1)
        #expect(totp.matchedStep(of: "94287082", at: 90) == nil)
        #expect(totp.matchedStep(of: "94287082", at: 29) == 1)
        #expect(totp.matchedStep(of: "94287082", at: -5) == 1)
    }

    @Test(arguments: ["", "9428708", "942870820", "94287083", "abcdefgh", "９４２８７０８２", " 94287082", "94287082\u{0}"])
    func `that is anything else is wrong`(code: String) throws {
        let totp = try TOTP(secret: SecretBytes(utf8("12345678901234567890")), digits: 8)
        #expect(totp.matchedStep(of: code, at: 59) == nil)
    }

    @Test func `has the digits and the period that were chosen`() throws {
        let secret = SecretBytes(utf8("12345678901234567890"))
        #expect(try TOTP(secret: secret).code(at: 59) == "287082")
        #expect(try TOTP(secret: secret, digits: 7).code(at: 59) == "4287082")
        #expect(try TOTP(secret: secret, digits: 8, period: 60).code(at: 119) == "94287082")
    }

    @Test func `is not made with unsafe parameters`() throws {
        let secret = try TOTP.newSecret()
        for digits in [-1, 0, 5, 9] {
            #expect(throws: CryptoError.outOfRange("digits")) { try TOTP(secret: secret, digits: digits) }
        }
        for period in [-30, 0, 14, 301] {
            #expect(throws: CryptoError.outOfRange("period")) { try TOTP(secret: secret, period: period) }
        }
        #expect(throws: CryptoError.wrongLength(of: "secret")) {
            try TOTP(secret: SecretBytes([UInt8](repeating: 1, count: 15)))
        }
    }

    @Test func `has a new secret as long as its digest`() throws {
        #expect(try TOTP.newSecret().count == 20)
        #expect(try TOTP.newSecret(for: .sha256).count == 32)
        #expect(try TOTP.newSecret(for: .sha512).count == 64)
        #expect(try TOTP.newSecret() != TOTP.newSecret())
    }

    @Test func `is enrolled by a Key URI`() throws {
        let totp = try TOTP(secret: SecretBytes(utf8("12345678901234567890")), algorithm: .sha256)
        #expect(
            totp.uri(issuer: "Åse & Søn: AS", account: "kari@example.com")
                == "otpauth://totp/%C3%85se%20%26%20S%C3%B8n%20AS:kari%40example.com"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%C3%85se%20%26%20S%C3%B8n%20AS"
                + "&algorithm=SHA256&digits=6&period=30")
        #expect(totp.secretText == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }
}
