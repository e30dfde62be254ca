import Crypto
import Testing

@Suite struct `AES-GCM` {
    struct Vector: Sendable {
        let key: String
        let nonce: String
        let plain: String
        var context = ""
        let cipher: String
        let tag: String
    }

    static let key = "feffe9928665731c6d6a8f9467308308"
    static let nonce = "cafebabefacedbaddecaf888"
    static let plain =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
    static let zeros = String(repeating: "00", count: 16)

    /// Test cases 1 to 4 and 13 to 16 of the specification NIST SP 800-38D was made from.
    static let vectors = [
        Vector(
            key: zeros, nonce: String(zeros.prefix(24)), plain: "", cipher: "", tag: "58e2fccefa7e3061367f1d57a4e7455a"),
        Vector(
            key: zeros, nonce: String(zeros.prefix(24)), plain: zeros, cipher: "0388dace60b6a392f328c2b971b2fe78",
            tag: "ab6e47d42cec13bdf53a67b21257bddf"),
        Vector(
            key: key, nonce: nonce, plain: plain,
            cipher:
                "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985",
            tag: "4d5c2af327cd64a62cf35abd2ba6fab4"),
        Vector(
            key: key, nonce: nonce, plain: String(plain.prefix(120)),
            context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            cipher:
                "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
            tag: "5bc94fbc3221a5db94fae95ae7121a47"),
        Vector(
            key: zeros + zeros, nonce: String(zeros.prefix(24)), plain: "", cipher: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            key: zeros + zeros, nonce: String(zeros.prefix(24)), plain: zeros,
            cipher: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            key: key + key, nonce: nonce, plain: plain,
            cipher:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
            tag: "b094dac5d93471bdec1a502270e3cc6c"),
        Vector(
            key: key + key, nonce: nonce, plain: String(plain.prefix(120)),
            context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            cipher:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test(arguments: vectors) func `gives the published ciphertexts and reads them`(vector: Vector) throws {
        let key = try AESGCM(key: SecretBytes(hex(vector.key)))
        let nonce = try #require(AESGCM.Nonce(hex(vector.nonce)))
        let context = try hex(vector.context)
        let sealed = try key.seal(hex(vector.plain), nonce: nonce, authenticating: context)
        #expect(Hex.encode(sealed) == vector.cipher + vector.tag)
        #expect(try key.open(sealed, nonce: nonce, authenticating: context) == hex(vector.plain))
        #expect(try key.open(nonce.bytes + sealed, authenticating: context) == hex(vector.plain))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 4096, 100_000])
    func `reads back what it sealed, of any length`(count: Int) throws {
        let key = try AESGCM(key: SecretBytes.random(count: 32))
        let plain = Random.bytes(count)
        let sealed = try key.seal(plain, authenticating: utf8("tenant 7"))
        #expect(sealed.count == count + 28)
        #expect(try key.open(sealed, authenticating: utf8("tenant 7")) == plain)
        #expect(try key.openSecret(sealed, authenticating: utf8("tenant 7")).exposed == plain)
    }

    @Test func `never seals twice alike`() throws {
        let key = try AESGCM(key: SecretBytes.random(count: 16))
        var nonces: Set<AESGCM.Nonce> = []
        for _ in 0..<100 {
            let sealed = try key.seal(utf8("same"))
            nonces.insert(try #require(AESGCM.Nonce(Array(sealed.prefix(12)))))
        }
        #expect(nonces.count == 100)
    }

    @Test func `refuses a change of any bit`() throws {
        let key = try AESGCM(key: SecretBytes.random(count: 32))
        let sealed = try key.seal(utf8("attack at dawn"), authenticating: utf8("context"))
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << UInt8(bit)
                #expect(throws: CryptoError.authenticationFailed) {
                    try key.open(changed, authenticating: utf8("context"))
                }
            }
        }
    }

    @Test func `refuses another key, another context and every shorter text`() throws {
        let key = try AESGCM(key: SecretBytes.random(count: 32))
        let other = try AESGCM(key: SecretBytes.random(count: 32))
        let sealed = try key.seal(utf8("attack at dawn"), authenticating: utf8("context"))
        #expect(throws: CryptoError.authenticationFailed) { try other.open(sealed, authenticating: utf8("context")) }
        #expect(throws: CryptoError.authenticationFailed) { try key.open(sealed, authenticating: utf8("Context")) }
        #expect(throws: CryptoError.authenticationFailed) { try key.open(sealed) }
        for count in 0..<sealed.count {
            #expect(throws: CryptoError.authenticationFailed) {
                try key.open(Array(sealed.prefix(count)), authenticating: utf8("context"))
            }
            #expect(throws: CryptoError.authenticationFailed) {
                try key.openSecret(Array(sealed.prefix(count)), authenticating: utf8("context"))
            }
        }
        #expect(throws: CryptoError.authenticationFailed) { try key.open([], nonce: .random()) }
    }

    @Test(arguments: [0, 15, 17, 24, 31, 33]) func `takes no key of another length`(count: Int) throws {
        let secret = try SecretBytes.random(count: count)
        #expect(throws: CryptoError.wrongLength(of: "key")) { try AESGCM(key: secret) }
    }

    @Test func `wraps a key under another`() throws {
        let master = try AESGCM(key: SecretBytes.random(count: 32))
        let dataKey = try SecretBytes.random(count: 32)
        let wrapped = try master.seal(dataKey, authenticating: utf8("tenant acme"))
        #expect(try master.openSecret(wrapped, authenticating: utf8("tenant acme")) == dataKey)
    }
}
