import Crypto
import Testing

@Suite struct `HMAC` {
    struct Vector: Sendable {
        let key: String
        let data: String
        let tag256: String
        let tag384: String
        let tag512: String
    }

    /// RFC 4231, cases 1, 2, 3 and 6.
    static let vectors = [
        Vector(
            key: String(repeating: "0b", count: 20), data: "4869205468657265",
            tag256: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            tag384: "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
            tag512:
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
        ),
        Vector(
            key: "4a656665", data: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            tag256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            tag384: "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
            tag512:
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
        Vector(
            key: String(repeating: "aa", count: 20), data: String(repeating: "dd", count: 50),
            tag256: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            tag384: "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
            tag512:
                "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"
        ),
        Vector(
            key: String(repeating: "aa", count: 131),
            data:
                "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
            tag256: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            tag384: "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
            tag512:
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
        ),
    ]

    @Test(arguments: vectors) func `gives the tags of RFC 4231`(vector: Vector) throws {
        let key = try hex(vector.key)
        let data = try hex(vector.data)
        #expect(HMAC256Key(key).tag(for: data).hex == vector.tag256)
        #expect(HMAC384Key(key).tag(for: data).hex == vector.tag384)
        #expect(HMAC512Key(key).tag(for: data).hex == vector.tag512)
        #expect(HMAC256Key(SecretBytes(key)).tag(for: data).hex == vector.tag256)
    }

    @Test func `accepts the right tag and no other`() {
        let key = HMAC256Key(utf8("key"))
        let data = utf8("The quick brown fox jumps over the lazy dog")
        let tag = key.tag(for: data).bytes
        #expect(key.verify(tag, for: data))
        #expect(!key.verify(Array(tag.dropLast()), for: data))
        #expect(!key.verify(tag + [0], for: data))
        #expect(!key.verify([], for: data))
        #expect(!key.verify(tag, for: data + [0]))
        #expect(!HMAC256Key(utf8("kez")).verify(tag, for: data))
        for index in tag.indices {
            var wrong = tag
            wrong[index] ^= 0x80
            #expect(!key.verify(wrong, for: data))
        }
    }

    @Test func `works with an empty key and empty data`() {
        let tag = HMAC256Key([UInt8]()).tag(for: [UInt8]())
        #expect(tag.hex == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }
}

@Suite struct `HKDF with SHA-256` {
    @Test(arguments: [
        (
            String(repeating: "0b", count: 22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        (
            (0x00...0x4f).map { Hex.encode([$0]) }.joined(), (0x60...0xaf).map { Hex.encode([$0]) }.joined(),
            (0xb0...0xff).map { Hex.encode([$0]) }.joined(),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
        (
            String(repeating: "0b", count: 22), "", "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ])
    func `derives the keys of RFC 5869`(secret: String, salt: String, info: String, key: String) throws {
        let derived = try HKDF256.derive(
            from: SecretBytes(hex(secret)), salt: hex(salt), info: hex(info), count: key.utf8.count / 2)
        #expect(Hex.encode(derived.exposed) == key)
    }

    @Test func `refuses what it cannot derive`() {
        let secret = SecretBytes(utf8("secret"))
        #expect(throws: CryptoError.outOfRange("count")) {
            try HKDF256.derive(from: secret, salt: [], info: [], count: 0)
        }
        #expect(throws: CryptoError.outOfRange("count")) {
            try HKDF256.derive(from: secret, salt: [], info: [], count: 8161)
        }
        #expect(throws: CryptoError.wrongLength(of: "secret")) {
            try HKDF256.derive(from: SecretBytes([UInt8]()), salt: [], info: [], count: 32)
        }
    }

    @Test func `derives up to its limit`() throws {
        let long = try HKDF256.derive(from: SecretBytes(utf8("secret")), salt: [], info: [], count: 8160)
        let short = try HKDF256.derive(from: SecretBytes(utf8("secret")), salt: [], info: [], count: 32)
        #expect(Array(long.exposed.prefix(32)) == short.exposed)
    }
}
