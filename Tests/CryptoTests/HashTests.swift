import Crypto
import Testing

@Suite struct `SHA-2` {
    static let twoBlocks =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (twoBlocks, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
    ])
    func `with 256 bits gives NIST's digests`(text: String, digest: String) {
        #expect(SHA256.hash(utf8(text)).hex == digest)
    }

    @Test(arguments: [
        (
            "abc",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            twoBlocks,
            "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"
        ),
    ])
    func `with 384 bits gives NIST's digests`(text: String, digest: String) {
        #expect(SHA384.hash(utf8(text)).hex == digest)
    }

    @Test(arguments: [
        (
            "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            twoBlocks,
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
        ),
    ])
    func `with 512 bits gives NIST's digests`(text: String, digest: String) {
        #expect(SHA512.hash(utf8(text)).hex == digest)
    }

    @Test func `of a million letters a is NIST's, taken in pieces of any size`() {
        var sha256 = SHA256()
        var sha384 = SHA384()
        var sha512 = SHA512()
        var left = 1_000_000
        var size = 1
        while left > 0 {
            let piece = [UInt8](repeating: UInt8(ascii: "a"), count: min(size, left))
            sha256.update(piece)
            sha384.update(piece)
            sha512.update(piece)
            left -= piece.count
            size = size * 3 % 4099
        }
        #expect(sha256.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(
            sha384.finish().hex
                == "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985")
        #expect(
            sha512.finish().hex
                == "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"
        )
    }

    @Test func `goes on from a copy without touching the original`() {
        var first = SHA256()
        first.update(utf8("a"))
        var second = first.copy()
        second.update(utf8("x"))
        first.update(utf8("bc"))
        #expect(first.finish() == SHA256.hash(utf8("abc")))
        #expect(second.finish() == SHA256.hash(utf8("ax")))
    }
}

@Suite struct `A digest` {
    @Test func `is equal only to the same bytes`() throws {
        let digest = SHA256.hash(utf8("abc"))
        for index in 0..<32 {
            var bytes = digest.bytes
            bytes[index] ^= 1
            let changed = try #require(Digest256(bytes))
            #expect(changed != digest)
        }
        #expect(Digest256(digest.bytes) == digest)
    }

    @Test func `has a fixed size`() {
        #expect(Digest256.byteCount == 32)
        #expect(Digest384.byteCount == 48)
        #expect(Digest512.byteCount == 64)
        #expect(Digest256([UInt8](repeating: 0, count: 31)) == nil)
        #expect(Digest256([UInt8](repeating: 0, count: 33)) == nil)
        #expect(Digest256([UInt8](repeating: 0, count: 32)) == Digest256())
    }

    @Test func `is a key of dictionaries`() {
        var found: [Digest256: Int] = [:]
        for number in 0..<100 { found[SHA256.hash(utf8("\(number)"))] = number }
        #expect(found.count == 100)
        #expect(found[SHA256.hash(utf8("77"))] == 77)
    }

    @Test func `does not print its bytes`() {
        #expect("\(SHA256.hash(utf8("abc")))" == "<32 bytes>")
    }
}
