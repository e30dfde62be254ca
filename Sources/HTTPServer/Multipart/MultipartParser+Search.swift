internal import Glibc

extension MultipartParser {
    /// Reads up to the next delimiter, which is told as `partEnd`.
    ///
    /// A delimiter begins with CR and has no other, so what matched in part and then not holds no second start.
    mutating func search(_ input: Span<UInt8>, _ position: inout Int) -> Step {
        let delimiter = boundary.delimiter
        while matched > 0, position < input.count {
            if input[position] != delimiter[matched] {
                let held = Array(delimiter[matchedFrom..<matched])
                matched = 0
                if !held.isEmpty { return .held(held) }
            } else {
                matched += 1
                position += 1
                guard matched == delimiter.count else { continue }
                matched = 0
                return .partEnd
            }
        }
        guard position < input.count else { return .needsMore }
        let start = position
        var at = start
        while true {
            at = Self.nextReturn(input, from: at)
            guard at < input.count else {
                position = at
                return .data(start..<at)
            }
            var length = 1
            while length < delimiter.count, at + length < input.count, input[at + length] == delimiter[length] {
                length += 1
            }
            let isWhole = length == delimiter.count
            guard isWhole || at + length == input.count else {
                at += length
                continue
            }
            // What stands before is told first; a whole delimiter is then found again, at once.
            position = at
            if isWhole, at > start { return .data(start..<at) }
            position = at + length
            if isWhole { return .partEnd }
            (matched, matchedFrom) = (length, 0)
            return at > start ? .data(start..<at) : .needsMore
        }
    }

    /// The index of the next CR, or the count.
    private static func nextReturn(_ input: Span<UInt8>, from: Int) -> Int {
        input.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let hit = memchr(base + from, 13, buffer.count - from) else {
                return buffer.count
            }
            return base.distance(to: UnsafeRawPointer(hit))
        }
    }
}
