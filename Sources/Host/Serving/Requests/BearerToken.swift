/// `Authorization: Bearer …` (RFC 6750 §2.1).
enum BearerToken {
    /// The token's place in the bytes; nil when the value is of another scheme or empty.
    static func range(in bytes: [UInt8], _ value: Range<Int>) -> Range<Int>? {
        let scheme = "bearer "
        let letters = scheme.utf8.span
        guard value.count > letters.count else { return nil }
        for offset in letters.indices where bytes[value.lowerBound + offset] | 0x20 != letters[offset] { return nil }
        var at = value.lowerBound + letters.count
        while at < value.upperBound, bytes[at] == 0x20 { at += 1 }
        return at < value.upperBound ? at..<value.upperBound : nil
    }
}
