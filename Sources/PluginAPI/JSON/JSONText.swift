/// Texts inside a document: what their escapes mean.
enum JSONText {
    /// How many bytes an escape takes, both halves of a surrogate pair together; nil when it is not one.
    static func escapeLength(in bytes: [UInt8], at: Int) -> Int? {
        guard at + 1 < bytes.count else { return nil }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = unit(in: bytes, at: at + 2) else { return nil }
            switch unit {
            case 0xD800...0xDBFF:
                guard at + 7 < bytes.count, bytes[at + 6] == UInt8(ascii: "\\"), bytes[at + 7] == UInt8(ascii: "u"),
                    let low = self.unit(in: bytes, at: at + 8), (0xDC00...0xDFFF).contains(low)
                else { return nil }
                return 12
            case 0xDC00...0xDFFF: return nil
            default: return 6
            }
        default: return nil
        }
    }

    /// The text of a token; plain texts are one copy.
    static func string(of token: JSONToken, in bytes: [UInt8]) -> String {
        let range = Int(token.offset)..<Int(token.offset) + Int(token.length)
        guard token.kind == .escapedText else { return String(decoding: bytes[range], as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            guard bytes[at] == UInt8(ascii: "\\"), let length = escapeLength(in: bytes, at: at) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            out.append(contentsOf: UTF8.encode(scalar(in: bytes, at: at)) ?? UTF8.encodedReplacementCharacter)
            at += length
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(in bytes: [UInt8], at: Int) -> Unicode.Scalar {
        switch bytes[at + 1] {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let high = unit(in: bytes, at: at + 2) ?? 0xFFFD
            guard (0xD800...0xDBFF).contains(high), let low = unit(in: bytes, at: at + 8) else {
                return Unicode.Scalar(high) ?? "\u{FFFD}"
            }
            return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
        default: return Unicode.Scalar(bytes[at + 1])
        }
    }

    private static func unit(in bytes: [UInt8], at: Int) -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
