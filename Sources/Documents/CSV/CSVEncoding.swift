/// Turns the bytes of a text file into UTF-8 as they arrive: UTF-8 with or without a byte order mark, or UTF-16 with one.
///
/// What is no text comes out as bytes that are no UTF-8, so that the row they stand in is refused and not another.
struct CSVEncoding: Sendable {
    private enum Form: Sendable { case utf8, utf16(bigEndian: Bool) }

    private var form: Form?
    /// Bytes that await their neighbours.
    private var held: [UInt8] = []
    /// The first half of a surrogate pair.
    private var high: UInt16?

    /// Never part of UTF-8.
    private static let broken: UInt8 = 0xFF

    mutating func utf8(_ bytes: [UInt8]) -> [UInt8] {
        held += bytes
        if form == nil {
            guard held.count >= 3 else { return [] }
            begin()
        }
        return drain()
    }

    mutating func finish() -> [UInt8] {
        if form == nil { begin() }
        var result = drain()
        if !held.isEmpty || high != nil { result.append(Self.broken) }
        (held, high) = ([], nil)
        return result
    }

    private mutating func begin() {
        if held.starts(with: [0xEF, 0xBB, 0xBF]) {
            form = .utf8
            held.removeFirst(3)
        } else if held.starts(with: [0xFE, 0xFF]) || held.starts(with: [0xFF, 0xFE]) {
            form = .utf16(bigEndian: held[0] == 0xFE)
            held.removeFirst(2)
        } else {
            form = .utf8
        }
    }

    private mutating func drain() -> [UInt8] {
        guard case .utf16(let isBig)? = form else {
            defer { held = [] }
            return held
        }
        var result: [UInt8] = []
        result.reserveCapacity(held.count)
        var at = 0
        while at + 1 < held.count {
            let (first, second) = (UInt16(held[at]), UInt16(held[at + 1]))
            take(isBig ? first << 8 | second : second << 8 | first, &result)
            at += 2
        }
        held.removeFirst(at)
        return result
    }

    private mutating func take(_ unit: UInt16, _ result: inout [UInt8]) {
        if let first = high {
            high = nil
            if UTF16.isTrailSurrogate(unit) {
                let scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
                append(scalar, &result)
                return
            }
            result.append(Self.broken)
        }
        if UTF16.isLeadSurrogate(unit) { high = unit } else { append(UInt32(unit), &result) }
    }

    private func append(_ value: UInt32, _ result: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
            result.append(Self.broken)
            return
        }
        result += encoded
    }
}
