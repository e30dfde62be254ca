/// Text of a header field beyond ASCII: `=?utf-8?B?…?=` (RFC 2047).
enum EncodedWord {
    /// The text as words of at most 75 bytes, none of which ends inside a character.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in text.unicodeScalars {
            let encoded = UTF8.encode(scalar).map { Array($0) } ?? Array("\u{FFFD}".utf8)
            // 45 bytes are 60 of base64; 12 are the wrapping.
            if chunk.count + encoded.count > 45 {
                words.append(word(chunk))
                chunk = []
            }
            chunk += encoded
        }
        if !chunk.isEmpty || words.isEmpty { words.append(word(chunk)) }
        return words
    }

    private static func word(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        MailBase64.encode(bytes, into: &encoded, lineLength: .max)
        return "=?utf-8?B?" + String(decoding: encoded, as: UTF8.self) + "?="
    }
}
