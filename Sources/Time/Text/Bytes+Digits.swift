/// Decimal writing without strings: the writers of this module are on the path of every response.
extension [UInt8] {
    /// Appends two digits of `value`, which is within 0...99.
    @inline(__always)
    mutating func appendTwoDigits(_ value: Int) {
        append(UInt8(truncatingIfNeeded: 48 &+ value / 10))
        append(UInt8(truncatingIfNeeded: 48 &+ value % 10))
    }

    /// Appends four digits of `value`, which is within 0...9999.
    @inline(__always)
    mutating func appendFourDigits(_ value: Int) {
        appendTwoDigits(value / 100)
        appendTwoDigits(value % 100)
    }

    /// Appends `value` in as many digits as it needs.
    mutating func appendDecimal(_ value: UInt64) {
        var divisor: UInt64 = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(truncatingIfNeeded: 48 + value / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends nothing for zero, else a point and three digits where they are enough, or six.
    mutating func appendFraction(microseconds: Int) {
        guard microseconds != 0 else { return }
        append(UInt8(ascii: "."))
        let thousands = microseconds / 1000
        append(UInt8(truncatingIfNeeded: 48 &+ thousands / 100))
        appendTwoDigits(thousands % 100)
        let rest = microseconds % 1000
        guard rest != 0 else { return }
        append(UInt8(truncatingIfNeeded: 48 &+ rest / 100))
        appendTwoDigits(rest % 100)
    }
}
