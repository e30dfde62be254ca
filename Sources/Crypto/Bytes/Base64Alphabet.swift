/// One of the two base64 alphabets of RFC 4648 with its table for reading. Reading is strict: every text has exactly one
/// value and every value exactly one text.
struct Base64Alphabet: Sendable {
    private let characters: StaticString
    private let padded: Bool
    /// The value of each character; 255 for those outside the alphabet.
    private let values: InlineArray<256, UInt8>

    static let url = Base64Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", padded: false)
    static let standard = Base64Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", padded: true)

    private init(_ characters: StaticString, padded: Bool) {
        self.characters = characters
        self.padded = padded
        var values = InlineArray<256, UInt8>(repeating: 255)
        characters.withUTF8Buffer { buffer in
            for (value, character) in buffer.enumerated() { values[Int(character)] = UInt8(value) }
        }
        self.values = values
    }

    func encodedCount(_ count: Int) -> Int {
        padded ? (count + 2) / 3 * 4 : count / 3 * 4 + [0, 2, 3][count % 3]
    }

    /// Writes the text of `bytes` to `text`, which has room for it.
    func encode(_ bytes: RawSpan, to text: UnsafeMutablePointer<UInt8>) {
        let letters = characters.utf8Start
        bytes.withUnsafeBytes { bytes in
            var text = text
            var index = 0
            while index + 3 <= bytes.count {
                let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
                text[0] = letters[group >> 18]
                text[1] = letters[group >> 12 & 63]
                text[2] = letters[group >> 6 & 63]
                text[3] = letters[group & 63]
                text += 4
                index += 3
            }
            let rest = bytes.count - index
            guard rest > 0 else { return }
            let group = Int(bytes[index]) << 16 | (rest == 2 ? Int(bytes[index + 1]) << 8 : 0)
            text[0] = letters[group >> 18]
            text[1] = letters[group >> 12 & 63]
            if rest == 2 { text[2] = letters[group >> 6 & 63] }
            if padded {
                if rest == 1 { text[2] = UInt8(ascii: "=") }
                text[3] = UInt8(ascii: "=")
            }
        }
    }

    /// Reads all of `text`; nil if any of it is wrong.
    func decode(_ text: RawSpan) -> [UInt8]? {
        text.withUnsafeBytes { text in
            guard let count = contentCount(text) else { return nil }
            let tail = count % 4
            guard tail != 1 else { return nil }
            let size = count / 4 * 3 + max(0, tail - 1)
            guard let start = text.baseAddress else { return [] }
            var valid = false
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, initialized in
                guard let target = output.baseAddress else { return valid = size == 0 }
                valid = withUnsafeBytes(of: values) { table in
                    Base64Alphabet.decode(start.assumingMemoryBound(to: UInt8.self), count, table, to: target)
                }
                initialized = size
            }
            return valid ? bytes : nil
        }
    }

    /// Reads `count` characters, whose number is possible, and writes their bytes to `output`.
    /// - Returns: Whether all characters are of the alphabet and no unused bit is set.
    private static func decode(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ table: UnsafeRawBufferPointer,
        to output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        var (text, output) = (text, output)
        // All values are collected here; one of a character outside the alphabet sets the top bits.
        var seen: UInt8 = 0
        for _ in 0..<count / 4 {
            let (a, b) = (table[Int(text[0])], table[Int(text[1])])
            let (c, d) = (table[Int(text[2])], table[Int(text[3])])
            seen |= a | b | c | d
            output[0] = a << 2 | b >> 4
            output[1] = b << 4 | c >> 2
            output[2] = c << 6 | d
            text += 4
            output += 3
        }
        let tail = count % 4
        guard tail > 0 else { return seen < 64 }
        let (a, b, c) = (table[Int(text[0])], table[Int(text[1])], tail == 3 ? table[Int(text[2])] : 0)
        seen |= a | b | c
        output[0] = a << 2 | b >> 4
        if tail == 3 { output[1] = b << 4 | c >> 2 }
        return seen < 64 && (tail == 3 ? c & 3 : b & 15) == 0
    }

    /// How many characters come before the padding; nil if the padding is not as the alphabet demands.
    private func contentCount(_ text: UnsafeRawBufferPointer) -> Int? {
        guard padded else { return text.count }
        guard text.count % 4 == 0 else { return nil }
        let equals = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return text.count - equals
    }
}
