import PluginAPI
import Testing

private func tree(_ text: String, _ dialect: JSONDocument.Dialect = .strict) throws -> JSON {
    try JSONDocument(Array(text.utf8), dialect: dialect).root.tree
}

@Suite struct `JSON text` {
    @Test func `is read into the values it says`() throws {
        let value = try tree(#" {"a":[1,-2.5e1,true,false,null,"x\n\u00e9\ud83d\ude00"],"b":{},"c":[]} "#)
        #expect(value == ["a": [1, -25, true, false, nil, "x\né😀"], "b": [:], "c": []])
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "01", "-", "1.", ".5", "1e", "+1", "tru",
        "nul",
        "\"", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "1 2", "[1]]",
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "// x\n1", "1e999", "NaN", "\u{FEFF}1", "{\"a\":}", "[,1]",
        "{,}",
    ])
    func `is refused when it is not RFC 8259`(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try tree(text) }
    }

    @Test func `is refused when it is not UTF-8`() {
        #expect(throws: JSONSyntaxError.self) { try JSONDocument([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONSyntaxError.self) { try JSONDocument([0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test func `a mebibyte of brackets is refused, not recursed into`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
        #expect(throws: JSONSyntaxError.self) { try JSONDocument(bytes) }
    }

    @Test func `nests 64 deep and no deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try tree(nested(64))
        #expect(throws: JSONSyntaxError.self) { try tree(nested(65)) }
    }

    @Test func `in files may have comments and trailing commas`() throws {
        let text = "// who\n{ /* name */ \"a\": [1, 2,], \"b\": \"// no\", }\n"
        #expect(try tree(text, .commented) == ["a": [1, 2], "b": "// no"])
        #expect(throws: JSONSyntaxError.self) { try tree("{} /* open", .commented) }
    }

    @Test func `says line and column of a mistake`() {
        do throws(JSONSyntaxError) {
            _ = try JSONDocument(Array("{\n  \"a\": tru\n}".utf8))
            #expect(Bool(false), "the text was accepted")
        } catch {
            #expect(error.line == 2)
            #expect(error.column == 11)
        }
    }

    @Test func `is written compactly, escaped, with commas in place`() {
        let value: JSON = ["a": [1, "q\"\\\n\u{1}é", nil], "b": ["c": 1.5, "d": 3.0], "e": []]
        #expect(value.text == #"{"a":[1,"q\"\\\n\u0001é",null],"b":{"c":1.5,"d":3},"e":[]}"#)
    }

    @Test func `survives being written and read again`() throws {
        let values: [JSON] = [
            .integer(.max), .integer(.min), .number(0.1), .number(-1e-300), "", "\u{7F}\u{2028}", [[], [:], [nil]],
            ["": "", "a.b": ["~/": 1]],
        ]
        for value in values { #expect(try tree(value.text) == value) }
    }

    @Test func `merges as RFC 7396 says`() throws {
        let cases: [(JSON, JSON, JSON)] = [
            (["a": "b"], ["a": "c"], ["a": "c"]), (["a": "b"], ["b": "c"], ["a": "b", "b": "c"]),
            (["a": "b"], ["a": nil], [:]), (["a": ["b"]], ["a": "c"], ["a": "c"]),
            (["a": "c"], ["a": ["b"]], ["a": ["b"]]),
            (["a": ["b": "c"]], ["a": ["b": "d", "c": nil]], ["a": ["b": "d"]]), (["a": "foo"], nil, nil),
            (["e": nil], ["a": 1], ["e": nil, "a": 1]), ([1, 2], ["a": "b", "c": nil], ["a": "b"]),
            ([:], ["a": ["bb": ["ccc": nil]]], ["a": ["bb": [:]]]),
        ]
        for (target, patch, result) in cases { #expect(target.merged(with: patch) == result) }
    }
}
