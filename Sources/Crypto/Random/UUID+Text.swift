extension UUID {
    /// Where the hyphens stand in the 36 characters.
    private static func isHyphen(_ index: Int) -> Bool { index == 8 || index == 13 || index == 18 || index == 23 }

    /// The 36 characters in ASCII, lower case, without a heap allocation.
    public var text: InlineArray<36, UInt8> {
        withUnsafeBytes(of: self) { bytes in
            var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
            var place = 0
            for byte in bytes {
                if UUID.isHyphen(place) { place += 1 }
                text[place] = Hex.digit(byte >> 4)
                text[place + 1] = Hex.digit(byte & 15)
                place += 2
            }
            return text
        }
    }

    /// The 36 characters, lower case.
    public var description: String {
        let text = text
        return String(unsafeUninitializedCapacity: 36) { buffer in
            for index in 0..<36 { buffer[index] = text[index] }
            return 36
        }
    }

    /// Reads the 36 characters of RFC 9562 §4, in either case, of any version; nil for anything else (no braces, no URN).
    public init?(text: RawSpan) {
        guard text.byteCount == 36 else { return nil }
        self.init()
        let valid = text.withUnsafeBytes { text in
            withUnsafeMutableBytes(of: &self) { bytes in
                var place = 0
                for index in bytes.indices {
                    if UUID.isHyphen(place) {
                        guard text[place] == UInt8(ascii: "-") else { return false }
                        place += 1
                    }
                    guard let high = Hex.value(of: text[place]), let low = Hex.value(of: text[place + 1]) else {
                        return false
                    }
                    bytes[index] = high << 4 | low
                    place += 2
                }
                return true
            }
        }
        if !valid { return nil }
    }

    /// Reads the 36 characters of RFC 9562 §4, in either case, of any version; nil for anything else (no braces, no URN).
    public init?(_ text: String) { self.init(text: text.utf8.span.bytes) }
}
