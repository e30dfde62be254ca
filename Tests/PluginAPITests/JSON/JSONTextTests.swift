import Testing

@testable import PluginAPI

@Suite struct `Text in JSON` {
    /// As RFC 8259 §7 says, a character at a time.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..."\u{1f}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(result)\""
    }

    @Test(arguments: ["\"", "\\", "\n", "\r", "\t", "\0", "\u{1f}", "\u{7f}", " ", "!", "#", "[", "]", "é", "😀"])
    func `is escaped wherever it has to be`(_ special: String) {
        for before in 0..<24 {
            for after in 0..<12 {
                let text = String(repeating: "a", count: before) + special + String(repeating: "z", count: after)
                var writer = JSONWriter()
                writer.value(text)
                #expect(String(decoding: writer.bytes, as: UTF8.self) == escaped(text))
            }
        }
    }

    @Test(arguments: [Int64.min, -10, -1, 0, 7, 10, 12_345, .max]) func `has the digits of a number`(_ number: Int64) {
        var writer = JSONWriter()
        writer.beginArray()
        writer.value(number)
        writer.value(Int(number))
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[\(number),\(number)]")
    }
}
