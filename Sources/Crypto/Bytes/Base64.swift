/// Base64 with the standard alphabet and padding (RFC 4648 §4), as configured keys use it.
///
/// Reading is strict: missing padding, white space and non-zero unused bits are refused.
public enum Base64 {
    /// The text of `bytes`.
    public static func encode(_ bytes: RawSpan) -> String {
        let count = Base64Alphabet.standard.encodedCount(bytes.byteCount)
        return String(unsafeUninitializedCapacity: count) { text in
            if let start = text.baseAddress { Base64Alphabet.standard.encode(bytes, to: start) }
            return count
        }
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span.bytes) }

    /// The bytes that `text` (ASCII) stands for; nil if it is not strict base64.
    public static func decode(_ text: RawSpan) -> [UInt8]? { Base64Alphabet.standard.decode(text) }

    /// The bytes that `text` stands for; nil if it is not strict base64.
    public static func decode(_ text: String) -> [UInt8]? { Base64Alphabet.standard.decode(text.utf8.span.bytes) }
}
