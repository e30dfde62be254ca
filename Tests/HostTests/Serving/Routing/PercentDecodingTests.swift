import Testing

@testable import Host

@Suite struct `Percent-decoding` {
    private static func text(_ text: String, plus: Bool = false) -> String? {
        let bytes = Array(text.utf8)
        return PercentDecoding.text(bytes, bytes.indices, plusIsSpace: plus)
    }

    private static func query(_ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        return PercentDecoding.query(bytes, bytes.indices)?.map { "\($0.name)→\($0.value)" }
    }

    @Test(arguments: [
        ("a%2Fb", "a/b"), ("%C3%A4", "ä"), ("%c3%a4", "ä"), ("", ""), ("a+b", "a+b"), ("%25%32%46", "%2F"),
        ("100%25", "100%"),
    ]) func `decodes once`(_ encoded: String, _ decoded: String) {
        #expect(Self.text(encoded) == decoded)
    }

    @Test(arguments: ["%", "%2", "a%2", "%GG", "%2G", "%-1", "%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%C0%AF"])
    func `refuses broken escapes, NUL and what is not UTF-8`(_ encoded: String) {
        #expect(Self.text(encoded) == nil)
        #expect(Self.query("a=\(encoded)") == nil)
        #expect(Self.query("\(encoded)=a") == nil)
    }

    @Test func `looks only at its range`() {
        let bytes = Array("/%41/%4".utf8)
        #expect(PercentDecoding.text(bytes, 1..<4) == "A")
        #expect(PercentDecoding.text(bytes, 1..<3) == nil)
        #expect(PercentDecoding.text(bytes, 5..<7) == nil)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a→1", "b→2"]), ("", []), ("&&a&", ["a→"]), ("a=b=c", ["a→b=c"]), ("a=", ["a→"]), ("=x", ["→x"]),
        ("q=a+b%2Bc", ["q→a b+c"]), ("a=1&a=2", ["a→1", "a→2"]), ("a%26b=c%3Dd", ["a&b→c=d"]),
    ]) func `reads queries as forms write them`(_ query: String, _ pairs: [String]) {
        #expect(Self.query(query) == pairs)
    }

    @Test func `reads 256 parameters and no more`() {
        let most = Array(repeating: "a=1", count: 256).joined(separator: "&")
        #expect(Self.query(most)?.count == 256)
        #expect(Self.query(most + "&") != nil)
        #expect(Self.query(most + "&b") == nil)
    }
}
