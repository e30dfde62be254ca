/// Base32 (RFC 4648 §6), as authenticator apps write their secrets.
public enum Base32 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    private static let padding = UInt8(ascii: "=")

    /// The text of `bytes`, in capitals.
    /// - Parameter padded: Whether to fill up to a multiple of eight with `=`; authenticator apps want none.
    public static func encode(_ bytes: RawSpan, padded: Bool = false) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.byteCount + 4) / 5 * 8)
        var bits = 0
        var held = 0
        bytes.withUnsafeBytes { bytes in
            for byte in bytes {
                held = (held << 8 | Int(byte)) & 0xFFFF
                bits += 8
                while bits >= 5 {
                    bits -= 5
                    text.append(alphabet.utf8Start[held >> bits & 31])
                }
            }
        }
        if bits > 0 { text.append(alphabet.utf8Start[held << (5 - bits) & 31]) }
        if padded { while text.count % 8 != 0 { text.append(padding) } }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of `bytes`, in capitals.
    /// - Parameter padded: Whether to fill up to a multiple of eight with `=`; authenticator apps want none.
    public static func encode(_ bytes: [UInt8], padded: Bool = false) -> String {
        encode(bytes.span.bytes, padded: padded)
    }

    /// The bytes that `text` stands for, with full padding or none, capitals only; nil for anything else, also for
    /// impossible lengths and non-zero unused bits.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        let total = digits.count
        while digits.last == padding { digits.removeLast() }
        guard digits.count == total || (total % 8 == 0 && total - digits.count < 8) else { return nil }
        guard [0, 2, 4, 5, 7].contains(digits.count % 8) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 5 / 8)
        var bits = 0
        var held = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
            case UInt8(ascii: "2")...UInt8(ascii: "7"): value = digit - UInt8(ascii: "2") + 26
            default: return nil
            }
            held = (held << 5 | Int(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
            }
        }
        return held & ((1 << bits) - 1) == 0 ? bytes : nil
    }
}
