/// `Authorization: Bearer …` (RFC 6750 §2.1).
enum BearerToken {
    /// The token's place in the bytes; nil when the value is of another scheme or empty.
    static func range(in bytes: [UInt8], _ value: Range<Int>) -> Range<Int>? {
        let scheme: StaticString = "bearer "
        guard value.count > scheme.utf8CodeUnitCount else { return nil }
        var at = value.lowerBound
        for letter in "\(scheme)".utf8 {
            guard bytes[at] | 0x20 == letter | 0x20 else { return nil }
            at += 1
        }
        while at < value.upperBound, bytes[at] == 0x20 { at += 1 }
        return at < value.upperBound ? at..<value.upperBound : nil
    }
}
