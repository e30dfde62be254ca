/// Base64 with the URL-safe alphabet and without padding (RFC 4648 §5, RFC 7515 §2), as tokens and JWKs use it.
///
/// Reading is strict: padding, white space, other characters and non-zero unused bits are refused, so that one value has
/// one text only.
public enum Base64URL {
    /// The text of `bytes`.
    public static func encode(_ bytes: RawSpan) -> String {
        let count = Base64Alphabet.url.encodedCount(bytes.byteCount)
        return String(unsafeUninitializedCapacity: count) { text in
            if let start = text.baseAddress { Base64Alphabet.url.encode(bytes, to: start) }
            return count
        }
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span.bytes) }

    /// Adds the text of `bytes` at the end of `text`, in ASCII.
    public static func append(_ bytes: RawSpan, to text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: repeatElement(0, count: Base64Alphabet.url.encodedCount(bytes.byteCount)))
        text.withUnsafeMutableBufferPointer { text in
            if let base = text.baseAddress { Base64Alphabet.url.encode(bytes, to: base + start) }
        }
    }

    /// The bytes that `text` (ASCII) stands for; nil if it is not strict base64url.
    public static func decode(_ text: RawSpan) -> [UInt8]? { Base64Alphabet.url.decode(text) }

    /// The bytes that `text` stands for; nil if it is not strict base64url.
    public static func decode(_ text: String) -> [UInt8]? { Base64Alphabet.url.decode(text.utf8.span.bytes) }
}
