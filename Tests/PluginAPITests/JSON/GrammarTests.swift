import PluginAPI
import Testing

/// Each rule of RFC 8259's grammar from both sides, and what a reader may decide for itself.
@Suite struct `The grammar of JSON` {
    private static func isJSON(_ text: String) -> Bool { isJSON(Array(text.utf8)) }
    private static func isJSON(_ bytes: [UInt8]) -> Bool { (try? JSONDocument(bytes)) != nil }

    @Test(arguments: [
        // §2: structure and white space.
        "[]", "{}", " [ ] ", "\t\n\r {\t\"a\"\n:\r1 , \"b\" : [ 2 ] } \n", "[[]]", "[[],[[]],{}]", "[{\"a\":[{}]}]",
        "true",
        "false", "null", "1", "\"\"", "\"a\"", "[true,false,null]", "[1,[2,[3]]]", "{\"\":0}",
        "{\"a\":{\"a\":{\"a\":0}}}",
        "{\"a b\":1,\"a\\tb\":2}", "[\"]\",\"}\",\",\",\":\",\"//\"]",
        // §6: numbers.
        "0", "-0", "-1", "10", "1234567890", "0.0", "-0.0", "0.10", "1.5", "-12.25", "1e1", "1E1", "1e+1", "1e-1",
        "0e0",
        "0E+00", "1.5e10", "-1.5E-10", "1e00", "123e-10000000", "1e-400", "9223372036854775808", "-9223372036854775809",
        "1.7976931348623157e308", "5e-324", "0.00000000000000000000000000000000000000000000000001",
        // §7: strings.
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\u001f\"", "\"\\u00E9\\u00e9\"", "\"\\uFFFF\"",
        "\"\\ufffe\"",
        "\"\\uD834\\uDD1E\"", "\"\\ud83d\\uDE00\"", "\"\\u0022\\u005c\"", "\"\u{7F}\"", "\"\u{80}\u{FF}\"",
        "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"é中😀\"", "\"\u{FFFD}\u{FFFF}\u{10FFFF}\"", "\"'\"", "\"/\"",
        "\"\\\\u0041\"",
    ])
    func `has`(_ text: String) { #expect(Self.isJSON(text)) }

    @Test(arguments: [
        // §2: structure and white space.
        "", " ", "\n", "[", "]", "{", "}", "[}", "{]", "[[]", "[]]", "{}}", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]",
        "[1;2]", "[1 2]", "[1:2]", "[\"a\":1]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}",
        "{\"a\":1,,\"b\":2}", "{\"a\",1}", "{\"a\"=1}", "{\"a\"::1}", "{\"a\" \"b\"}", "{1:1}", "{a:1}", "{'a':1}",
        "{null:1}", "{[]:1}", "{\"a\":1 \"b\":2}", "{\"a\":}", "{:1}", "{\"a\":1}{}", "[1][2]", "1 2", "1,", ",1",
        "\"a\"b",
        "[]\0", "\0", "[\u{0B}]", "[\u{0C}]", "[\u{A0}]", "[\u{2060}]", "[1]#", "// 1\n1", "/* */1", "1//", "[1]/",
        // §3: words.
        "True", "TRUE", "tru", "truee", "nul", "nullx", "none", "nil", "undefined", "fals", "falsey", "tr ue",
        "n\\u0075ll",
        // §6: numbers.
        "+1", "+", "-", "--1", "-+1", "01", "-01", "00", "1.", "-1.", ".1", "-.1", ".", "1.e1", "1.5.5", "1e", "1e+",
        "1e-",
        "1E", "e1", "1e1.5", "1e1e1", "1ee1", "0x10", "0b1", "0o7", "1_000", "1,000", "1 000", "1f", "1L", "1n", "NaN",
        "-NaN",
        "Infinity", "-Infinity", "Inf", "∞", "１", "٣", "1٣", "2²", "1e999", "-1e999", "1e9999999999999999999", "- 1",
        "1 .5",
        // §7: strings.
        "\"", "\"a", "a\"", "'a'", "\"\\\"", "\"\\\\\\\"", "\"\\a\"", "\"\\x41\"", "\"\\0\"", "\"\\'\"", "\"\\v\"",
        "\"\\U0041\"",
        "\"\\\n\"", "\"\\ \"", "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u12G4\"", "\"\\u 123\"",
        "\"\\u+123\"",
        "\"\\u00é\"", "\"\n\"", "\"\t\"", "\"\r\"", "\"\0\"", "\"\u{1F}\"", "\"\\uD800\"", "\"\\uD800a\"",
        "\"\\uD800\\n\"",
        "\"\\uD800\\u0041\"", "\"\\uD800\\uD800\"", "\"\\uDC00\"", "\"\\uDC00\\uD800\"", "\"\\uD83D\\\"",
        "\"\\uD83D\\uDE0\"",
        "\"\\uD834\\\\uDD1E\"",
        // §8.1: no byte order mark.
        "\u{FEFF}{}", "\u{FEFF}", "{}\u{FEFF}",
        // §4 lets a reader decide: names are unique here.
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}", "[{\"x\":{\"b\":1,\"c\":2,\"b\":3}}]",
        "{\"é\":1,\"e\u{301}\":2}",
    ])
    func `has no`(_ text: String) { #expect(!Self.isJSON(text)) }

    /// RFC 8259 §8.1: UTF-8 and nothing else, and of that only what RFC 3629 allows.
    @Test(
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0xAF], [0xE0, 0x80, 0xAF],
            [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `has no other bytes than UTF-8`(_ bytes: [UInt8]) {
        #expect(!Self.isJSON([0x22] + bytes + [0x22]))
        #expect(!Self.isJSON(bytes))
        #expect(!Self.isJSON(Array("[1]".utf8) + bytes))
    }

    @Test func `is not UTF-16`() {
        #expect(!Self.isJSON([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]))
        #expect(!Self.isJSON([0, 0x5B, 0, 0x5D]))
    }

    @Test func `may begin with a mark in files, which editors write`() throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("{\"a\":1}".utf8)
        #expect(try JSONDocument(bytes, dialect: .commented).root.tree == ["a": 1])
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("1.0", 1),
            ("1e3", 1000),
            ("-2.50e1", -25), ("9007199254740991.0", 9_007_199_254_740_991), ("9223372036854775808", nil), ("1.5", nil),
            // Read as doubles these would silently be their neighbours.
            ("9007199254740993.0", nil), ("9.223372036854775807e18", nil), ("1e300", nil), ("\"1\"", nil),
            ("true", nil),
        ] as [(String, Int64?)])
    func `has whole numbers that are exact or none`(_ text: String, _ expected: Int64?) throws {
        #expect(try JSONDocument(Array(text.utf8)).root.integer == expected)
    }

    @Test(arguments: ["2", "2.0", "2e0", "20E-1", "0.2e1"])
    func `has one number whatever it is written as`(_ text: String) throws {
        let tree = try JSONDocument(Array(text.utf8)).root.tree
        #expect(tree == 2)
        #expect(try JSONDocument(Array(tree.text.utf8)).root.tree == tree)
    }

    @Test func `finds members by their code units`() throws {
        let document = try JSONDocument(Array(#"{"\u212A":1,"e\u0301":2}"#.utf8))
        #expect(document.root.member("K") == nil && document.root.member("é") == nil)
        #expect(document.root.member("\u{212A}")?.integer == 1)
    }

    @Test func `takes long numbers and texts in little time`() throws {
        let digits = String(repeating: "9", count: 100_000)
        #expect(!Self.isJSON(digits))
        #expect(Self.isJSON("0." + digits))
        #expect(Self.isJSON(digits + "e-100000"))
        #expect(Self.isJSON("\"" + String(repeating: "\\u0041", count: 100_000) + "\""))
        #expect(Self.isJSON("[" + String(repeating: "0,", count: 100_000) + "0]"))
        let members = (0..<20_000).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(Self.isJSON("{\(members)}"))
    }
}
