public import Time

/// Ids of objects: a short prefix that says the kind, then 26 characters of Crockford's base 32, 48 bits of time in
/// milliseconds and 80 random bits, as in a ULID; so new rows land at the end of an index.
public enum Identifier {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// `apt_01jd3q…`, different at every call.
    public static func make(_ prefix: StaticString, at now: Instant) -> String {
        var generator = SystemRandomNumberGenerator()
        let time = UInt64(max(0, now.microseconds / 1000)) & 0xFFFF_FFFF_FFFF
        let random = (UInt64(truncatingIfNeeded: generator.next() as UInt64), generator.next() as UInt64)
        let value = UInt128(time) << 80 | UInt128(random.0 & 0xFFFF) << 64 | UInt128(random.1)
        var text = Array("\(prefix)_".utf8)
        text.reserveCapacity(text.count + 26)
        for position in stride(from: 125, through: 0, by: -5) {
            text.append(alphabet[Int(truncatingIfNeeded: value >> UInt128(position)) & 31])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
