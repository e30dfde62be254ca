import Crypto
import Testing

@Suite struct `Random values` {
    @Test(arguments: [-1, 0, 1, 16, 255, 256, 257, 4096, 5000]) func `have the length asked for`(count: Int) {
        #expect(Random.bytes(count).count == max(0, count))
    }

    @Test func `do not repeat, also across blocks`() {
        var seen: Set<[UInt8]> = []
        for _ in 0..<2000 { seen.insert(Random.bytes(16)) }
        #expect(seen.count == 2000)
    }

    @Test func `do not repeat across threads`() async {
        let all = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { _ in Random.uint64() } } }
            return await group.reduce(into: Set<UInt64>()) { $0.formUnion($1) }
        }
        #expect(all.count == 4000)
    }

    @Test func `below a bound are evenly spread`() {
        #expect(Random.below(0) == 0)
        #expect(Random.below(1) == 0)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(Random.below(10))] += 1 }
        // Ten thousand each; more than 600 away happens once in about 10^9 runs.
        for count in counts { #expect(abs(count - 10_000) < 600) }
    }

    @Test func `below a large bound use the whole range`() {
        let bound = UInt64.max / 3 * 2
        var upper = 0
        for _ in 0..<2000 {
            let value = Random.below(bound)
            #expect(value < bound)
            if value >= bound / 2 { upper += 1 }
        }
        // A biased generator (remainder) would give a quarter, not half.
        #expect((800...1200).contains(upper))
    }

    @Test func `as digits keep their leading zeros`() {
        var zeros = 0
        for _ in 0..<500 {
            let code = Random.digits(6)
            #expect(code.utf8.count == 6)
            #expect(code.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            if code.hasPrefix("0") { zeros += 1 }
        }
        #expect(zeros > 5)
        #expect(Random.digits(0) == "")
    }

    @Test func `as tokens are base64url`() {
        #expect(Random.token().utf8.count == 43)
        #expect(Base64URL.decode(Random.token(bytes: 20))?.count == 20)
        #expect(Random.token() != Random.token())
    }
}

@Suite struct `A UUID` {
    @Test func `of version 7 is the one of RFC 9562`() throws {
        let uuid = try #require(UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
        #expect(uuid.version == 7)
        #expect(uuid.unixMilliseconds == 1_645_557_742_000)
        #expect(uuid.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(uuid.hex == "017f22e279b07cc398c4dc0c0c07398f")
    }

    @Test func `of version 7 carries its time and sorts by it`() {
        let times: [Int64] = [0, 1, 1_645_557_742_000, 1_645_557_742_001, (1 << 48) - 1]
        let uuids = times.map { UUID.v7(unixMilliseconds: $0) }
        #expect(uuids.map(\.unixMilliseconds) == times)
        #expect(uuids.sorted() == uuids)
        #expect(uuids.map(\.description).sorted() == uuids.map(\.description))
        #expect(!(uuids[0] < uuids[0]))
        #expect(UUID.v7(unixMilliseconds: 5) != UUID.v7(unixMilliseconds: 5))
    }

    @Test func `has the right version and variant`() {
        for _ in 0..<200 {
            let four = UUID.v4()
            let seven = UUID.v7(unixMilliseconds: 1_700_000_000_000)
            #expect(four.version == 4)
            #expect(seven.version == 7)
            #expect(four.bytes[8] >> 6 == 2)
            #expect(seven.bytes[8] >> 6 == 2)
            #expect(four.unixMilliseconds == nil)
        }
    }

    @Test func `comes back from its text`() {
        for _ in 0..<100 {
            let uuid = UUID.v4()
            #expect(UUID(uuid.description) == uuid)
            #expect(UUID(uuid.description.uppercased()) == uuid)
        }
        #expect(UUID("00000000-0000-0000-0000-000000000000") == UUID())
        #expect(Set((0..<500).map { _ in UUID.v4() }).count == 500)
    }

    @Test(arguments: [
        "", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
        "017f22e-279b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
        " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "+17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
    ])
    func `is not read from another text`(text: String) {
        #expect(UUID(text) == nil)
    }
}

@Suite struct `Secret bytes` {
    @Test func `are never printed`() {
        let secret = SecretBytes(utf8("hunter2"))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
            #expect(text.contains("<secret>"))
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"))
        }
    }

    @Test func `are equal when their bytes are`() {
        #expect(SecretBytes(utf8("one")) == SecretBytes(utf8("one")))
        #expect(SecretBytes(utf8("one")) != SecretBytes(utf8("two")))
        #expect(SecretBytes(utf8("one")) != SecretBytes(utf8("ones")))
        #expect(SecretBytes([UInt8]()) == SecretBytes([UInt8]()))
    }

    @Test func `are random when asked`() throws {
        #expect(try SecretBytes.random(count: 32).count == 32)
        #expect(try SecretBytes.random(count: 32) != SecretBytes.random(count: 32))
        #expect(try SecretBytes.random(count: 0).count == 0)
        #expect(throws: CryptoError.self) { try SecretBytes.random(count: -1) }
    }

    @Test func `are compared in constant time as arrays too`() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2]))
    }
}
