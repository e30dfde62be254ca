/// Hexadecimal text (base16, RFC 4648 §8).
public enum Hex {
    /// Two lower case digits for each byte.
    public static func encode(_ bytes: RawSpan) -> String {
        String(unsafeUninitializedCapacity: bytes.byteCount * 2) { text in
            bytes.withUnsafeBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    text[2 * index] = digit(byte >> 4)
                    text[2 * index + 1] = digit(byte & 15)
                }
            }
            return bytes.byteCount * 2
        }
    }

    /// Two lower case digits for each byte.
    public static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span.bytes) }

    /// The bytes that `text` stands for, in either case; nil for an odd length or anything but hexadecimal digits.
    public static func decode(_ text: String) -> [UInt8]? {
        let digits = text.utf8
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
