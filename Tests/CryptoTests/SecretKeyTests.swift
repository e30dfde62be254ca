import Crypto
import Testing

@Suite struct `A secret key` {
    @Test func `finds what was kept under the same bytes and nothing else`() {
        let bytes = (0..<700).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for hashed in [16, .max] {
            let found = Set([SecretKey(bytes.span, hashing: hashed)])
            #expect(found.contains(SecretKey(bytes.span, hashing: hashed)))
            for index in [0, 1, 7, 8, 350, 683, 690, 698, 699] {
                var other = bytes
                other[index] ^= 1
                #expect(!found.contains(SecretKey(other.span, hashing: hashed)), "\(index)")
            }
            for count in [0, 1, 8, 699] {
                #expect(!found.contains(SecretKey(bytes.span.extracting(first: count), hashing: hashed)))
                #expect(!found.contains(SecretKey(bytes.span.extracting(last: count), hashing: hashed)))
            }
        }
        #expect(SecretKey([UInt8]().span) == SecretKey([UInt8]().span))
    }

    @Test func `is not shown`() {
        let key = SecretKey(Array("swordfish".utf8).span)
        #expect(!"\(key) \(String(reflecting: key))".contains("sword"))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("115"))
    }
}
