import HTTPServer
import PluginAPI
import Testing

@testable import Host

@Suite struct `An entity tag` {
    private static let abc = EntityTag(opaque: "\"abc\"", isWeak: false)

    @Test func `is short and follows the data`() {
        func tag(_ data: [UInt8]) -> EntityTag { .weak(of: data.span) }
        let weak = tag([1, 2, 3])
        #expect(weak.text.hasPrefix("W/\"") && weak.text.hasSuffix("\""))
        #expect(weak.text.utf8.count == 20)
        let whole: [UInt8] = [0, 1, 2, 3]
        #expect(weak == .weak(of: whole.span.extracting(1..<4)))
        #expect(weak != tag([1, 2, 4]))
        #expect(EntityTag.strong(of: [1, 2, 3]).text == String(weak.text.dropFirst(2)))
    }

    @Test func `is compared as RFC 9110 §8.8.3.2 has it`() {
        let weak = EntityTag(opaque: "\"abc\"", isWeak: true)
        #expect(Self.abc.matchesStrongly(Self.abc) && Self.abc.matchesWeakly(weak) && weak.matchesWeakly(weak))
        #expect(!Self.abc.matchesStrongly(weak) && !weak.matchesStrongly(weak) && !weak.matchesStrongly(Self.abc))
    }

    @Test(arguments: [
        ("\"abc\"", ["\"abc\""]), ("W/\"abc\"", ["W/\"abc\""]), ("\"x\", W/\"abc\"", ["\"x\"", "W/\"abc\""]),
        ("W/\"x\" ,\t\"abc\" ", ["W/\"x\"", "\"abc\""]), ("\"abc\",\"y\"", ["\"abc\"", "\"y\""]),
        ("\"a,b\"", ["\"a,b\""]), ("\"\"", ["\"\""]), ("\"!#é\"", ["\"!#é\""]), (", \"a\",", ["\"a\""]), ("", []),
        ("\"*\"", ["\"*\""]),
    ])
    func `is read from a list`(_ field: String, _ expected: [String]) {
        #expect(EntityTagList.read(Array(field.utf8)[...])?.map(\.text) == expected)
    }

    @Test(arguments: [
        "abc", "W/abc", "\"abc", "\"abc\"x", "w/\"abc\"", "\"a b\"", "*", "\"a\" \"b\"", "W/ \"a\"", "\"a\"b\"",
    ])
    func `is nothing else`(_ field: String) { #expect(EntityTagList.read(Array(field.utf8)[...]) == nil) }
}
