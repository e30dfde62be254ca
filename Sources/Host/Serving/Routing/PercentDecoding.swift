/// Percent-decoding of paths and queries (RFC 3986 §2.1), done once.
enum PercentDecoding {
    /// The text of a range; nil for a broken escape, a NUL, or bytes that are not UTF-8.
    ///
    /// - Parameter plusIsSpace: as in queries written by forms.
    static func text(_ bytes: [UInt8], _ range: Range<Int>, plusIsSpace: Bool = false) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            switch bytes[at] {
            case UInt8(ascii: "%"):
                guard at + 2 < range.upperBound, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) else {
                    return nil
                }
                out.append(high << 4 | low)
                at += 3
            case UInt8(ascii: "+") where plusIsSpace:
                out.append(UInt8(ascii: " "))
                at += 1
            case let byte:
                out.append(byte)
                at += 1
            }
        }
        guard !out.contains(0) else { return nil }
        return String(validating: out, as: UTF8.self)
    }

    /// The parameters of a query in order; nil when one of them cannot be decoded or there are more than 256.
    static func query(_ bytes: [UInt8], _ range: Range<Int>) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "&")) ?? range.upperBound
            if end > start {
                let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
                guard let name = text(bytes, start..<equals, plusIsSpace: true),
                    let value = text(bytes, min(equals + 1, end)..<end, plusIsSpace: true), pairs.count < 256
                else { return nil }
                pairs.append((name, value))
            }
            start = end + 1
        }
        return pairs
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
