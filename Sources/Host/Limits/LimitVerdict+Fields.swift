extension LimitVerdict {
    /// Hands out the response's fields one by one; a value is valid only during the call. Allocates one small buffer.
    ///
    /// - `X-RateLimit-Limit`, `-Remaining`, `-Reset` (seconds since 1970), and `X-RateLimit-Tier` where there is a tier;
    /// - `RateLimit-Policy: "person-hour";q=100;w=3600, …` and `RateLimit: "person-hour";r=85;t=1200`
    ///   (draft-ietf-httpapi-ratelimit-headers-10);
    /// - of a refusal also `Retry-After` and `X-RateLimit-Retry-After`, in seconds.
    func writeFields(_ write: (_ name: LimitField, _ value: Span<UInt8>) -> Void) {
        let text = policy.texts[window]
        write(.limit, text.limit.span)
        var value: [UInt8] = []
        value.reserveCapacity(text.item.count + 24)
        Self.append(Int64(remaining), to: &value)
        write(.remaining, value.span)
        value.removeAll(keepingCapacity: true)
        Self.append(resetSeconds, to: &value)
        write(.reset, value.span)
        if let tier { write(.tier, tier.span) }
        write(.policy, text.policy.span)
        value.removeAll(keepingCapacity: true)
        value.append(contentsOf: text.item)
        Self.append(Int64(remaining), to: &value)
        value.append(UInt8(ascii: ";"))
        value.append(UInt8(ascii: "t"))
        value.append(UInt8(ascii: "="))
        Self.append(Int64(resetAfterSeconds), to: &value)
        write(.state, value.span)
        guard let retryAfterSeconds else { return }
        value.removeAll(keepingCapacity: true)
        Self.append(Int64(retryAfterSeconds), to: &value)
        write(.retryAfter, value.span)
        write(.limitRetryAfter, value.span)
    }

    /// Decimal digits without a String between.
    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var count = 0
        var rest = number.magnitude
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            count += 1
            rest /= 10
        } while rest > 0
        while count > 0 {
            count -= 1
            bytes.append(digits[count])
        }
    }
}
