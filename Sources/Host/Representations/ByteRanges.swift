/// Which bytes a `Range` field asks for (RFC 9110 §14.1.2, §14.2).
enum ByteRanges: Sendable, Equatable {
    /// Not in bytes, malformed, too many, or overlapping too often: as if the field were not there.
    case ignored
    /// None of what is asked for exists.
    case unsatisfiable
    /// What exists of it, in the order asked for; at least one.
    case ranges([Range<Int>])

    /// Ranges of one request that are served; more only make work (RFC 9110 §17.15).
    static let countLimit = 16
    /// Times that ranges of one request may overlap.
    static let overlapLimit = 2

    /// - Parameters:
    ///   - field: the field's value, e.g. `bytes=0-499, -500`.
    ///   - length: of the whole content, in bytes.
    init(_ field: ArraySlice<UInt8>, length: Int) {
        let unit = field.prefix { $0 != UInt8(ascii: "=") }
        guard unit.count == 5, unit.elementsEqual("bytes".utf8, by: { $0 | 0x20 == $1 }), unit.endIndex < field.endIndex
        else {
            self = .ignored
            return
        }
        var found: [Range<Int>] = []
        var count = 0
        for part in field[(unit.endIndex + 1)...].split(separator: UInt8(ascii: ",")) {
            let spec = part.drop(while: Self.isBlank)
            if spec.isEmpty { continue }
            count += 1
            guard count <= Self.countLimit, let range = Self.range(spec, length) else {
                self = .ignored
                return
            }
            if !range.isEmpty { found.append(range) }
        }
        guard count > 0, Self.overlaps(found) <= Self.overlapLimit else {
            self = .ignored
            return
        }
        self = found.isEmpty ? .unsatisfiable : .ranges(found)
    }

    /// `first-`, `first-last` or `-suffix`, as far as it exists; nil when it is none of these.
    private static func range(_ spec: ArraySlice<UInt8>, _ length: Int) -> Range<Int>? {
        guard let dash = spec.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let (first, last) = (spec[..<dash], spec[(dash + 1)...].reversed().drop(while: isBlank).reversed())
        if first.isEmpty {
            guard let suffix = number(last) else { return nil }
            return max(length - suffix, 0)..<length
        }
        guard let start = number(first) else { return nil }
        if last.isEmpty { return min(start, length)..<length }
        guard let end = number(last), end >= start else { return nil }
        return min(start, length)..<min(end == .max ? end : end + 1, length)
    }

    /// A decimal number; one that is too large for this machine is past the end of any content.
    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int(digit) - 0x30)
            value = overflow || more ? .max : sum
        }
        return value
    }

    private static func overlaps(_ ranges: [Range<Int>]) -> Int {
        var (count, reached) = (0, 0)
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound < reached { count += 1 }
            reached = max(reached, range.upperBound)
        }
        return count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
