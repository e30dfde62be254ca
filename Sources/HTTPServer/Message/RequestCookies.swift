/// The cookies of a request (RFC 6265 §4.2.1): pairs of a name and an opaque value, found in the bytes of its `Cookie`
/// fields.
///
/// Reading is total: any bytes have an answer. A pair that is none (no `=`, a name that is no token, a value with an octet
/// that no cookie may have, more than ``pairLimit`` bytes) is passed over; with more than ``countLimit`` pairs there are no
/// cookies at all. A quote never hides a semicolon, so that nobody can smuggle one pair inside another.
public struct RequestCookies: Sendable {
    /// The most bytes of name and value together (RFC 6265 §6.1 asks clients for no more).
    public static let pairLimit = 4096
    /// The most pairs.
    public static let countLimit = 128

    /// Where a cookie's name and value lie. A value in double quotes is what stands between them.
    public struct Pair: Sendable, Hashable {
        /// The name; compared byte by byte, since names tell upper from lower case.
        public let name: Range<Int>
        /// The value.
        public let value: Range<Int>
    }

    /// What is known of a name.
    public enum Found: Sendable, Hashable {
        /// No pair has the name.
        case none
        /// Where its value lies; every pair with the name has the same.
        case one(Range<Int>)
        /// Two pairs with the name have different values: one of them may be somebody else's, and nothing says which.
        case ambiguous
    }

    private let bytes: [UInt8]
    private let fields: [Range<Int>]

    /// - Parameters:
    ///   - bytes: those of the request's head, or any.
    ///   - fields: where the values of its `Cookie` fields lie; what lies outside of `bytes` is cut off.
    public init(_ bytes: [UInt8], _ fields: [Range<Int>]) {
        self.bytes = bytes
        self.fields = fields.map { $0.clamped(to: 0..<bytes.count) }
    }

    /// Every pair, in order; none when there are too many.
    public var pairs: [Pair] {
        var pairs: [Pair] = []
        for field in fields {
            var start = field.lowerBound
            while start < field.upperBound {
                let end = bytes[start..<field.upperBound].firstIndex(of: UInt8(ascii: ";")) ?? field.upperBound
                if let pair = pair(in: start..<end) {
                    guard pairs.count < Self.countLimit else { return [] }
                    pairs.append(pair)
                }
                start = end + 1
            }
        }
        return pairs
    }

    /// The value of a name.
    public func find(_ name: String) -> Found {
        var found: Range<Int>?
        for pair in pairs where bytes[pair.name].elementsEqual(name.utf8) {
            if let found, !bytes[found].elementsEqual(bytes[pair.value]) { return .ambiguous }
            found = pair.value
        }
        return found.map { .one($0) } ?? .none
    }

    private func pair(in range: Range<Int>) -> Pair? {
        let range = trimmed(range)
        guard let equals = bytes[range].firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = trimmed(range.lowerBound..<equals)
        var value = trimmed(equals + 1..<range.upperBound)
        guard !name.isEmpty, name.count + value.count <= Self.pairLimit, bytes[name].allSatisfy(ByteClass.isToken)
        else { return nil }
        let quote = UInt8(ascii: "\"")
        if value.count >= 2, bytes[value.lowerBound] == quote, bytes[value.upperBound - 1] == quote {
            value = value.lowerBound + 1..<value.upperBound - 1
        }
        guard bytes[value].allSatisfy(Self.isOctet) else { return nil }
        return Pair(name: name, value: value)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }

    /// cookie-octet: visible ASCII without the double quote, comma, semicolon and backslash.
    static func isOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}

extension Request {
    /// The request's cookies.
    public var cookies: RequestCookies { RequestCookies(bytes, headers(.cookie)) }
}
