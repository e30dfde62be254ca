/// Unpredictable bytes and numbers from OpenSSL's generator, drawn in blocks for each thread: cheap enough for request
/// ids, good enough for tokens. Keys come from ``SecretBytes/random(count:)``, which skips the blocks.
public enum Random {
    /// `count` random bytes; none if `count` is not positive.
    public static func bytes(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress { ThreadScratch.current.random.fill(start, count: count) }
            initialized = count
        }
    }

    /// 64 random bits.
    public static func uint64() -> UInt64 {
        var number: UInt64 = 0
        withUnsafeMutableBytes(of: &number) { buffer in
            if let start = buffer.baseAddress { ThreadScratch.current.random.fill(start, count: 8) }
        }
        return number
    }

    /// A whole number from 0 up to but not including `bound`, each equally likely. 0 if `bound` is 0.
    public static func below(_ bound: UInt64) -> UInt64 {
        guard bound > 1 else { return 0 }
        // Numbers under 2^64 mod bound would make small results likelier; they are drawn again.
        let threshold = (0 &- bound) % bound
        while true {
            let (high, low) = uint64().multipliedFullWidth(by: bound)
            if low >= threshold { return high }
        }
    }

    /// `count` decimal digits, each string equally likely, leading zeros included: a one-time code.
    public static func digits(_ count: Int) -> String {
        String(decoding: (0..<max(0, count)).map { _ in UInt8(ascii: "0") + UInt8(below(10)) }, as: UTF8.self)
    }

    /// A token of `count` random bytes as base64url text; 32 bytes make 43 characters.
    public static func token(bytes count: Int = 32) -> String { Base64URL.encode(bytes(count)) }

    /// An id that cannot be guessed: the prefix, in ASCII, and 15 random bytes as 20 characters of base64url. Makes one
    /// text and nothing else, since every request has one.
    public static func id(_ prefix: StaticString) -> String {
        let (letters, count) = (prefix.utf8Start, prefix.utf8CodeUnitCount)
        var bytes = InlineArray<15, UInt8>(repeating: 0)
        withUnsafeMutableBytes(of: &bytes) { buffer in
            if let start = buffer.baseAddress { ThreadScratch.current.random.fill(start, count: 15) }
        }
        return String(unsafeUninitializedCapacity: count + 20) { text in
            guard let start = text.baseAddress else { return 0 }
            start.update(from: letters, count: count)
            Base64Alphabet.url.encode(bytes.span.bytes, to: start + count)
            return count + 20
        }
    }

    /// A value of a fixed size, all of it random.
    static func value<Value: FixedBytes>() -> Value {
        Value { ThreadScratch.current.random.fill($0, count: Value.byteCount) }
    }
}
